import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'

import { templateQuery } from '../../api/queries.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { RadioCards } from '../../ui/RadioCards.tsx'
import { AskDialog, Consequences } from './AskDialog.tsx'
import type { DialogProps } from './dialog-props.ts'
import { PlanCard } from './PlanCard.tsx'
import { useChange } from './use-change.ts'
import { useStillAsked } from './use-dialog.ts'

type Profile = 'netboot' | 'netboot-efi'

const profiles: Record<string, Profile | undefined> = {
  uefi: 'netboot-efi',
  legacy: 'netboot',
}

export function RescueDialog({ row, name, onClose }: DialogProps) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const { zone, id } = row
  const { data: template } = useQuery({
    ...templateQuery(zone, row.template?.id ?? ''),
    enabled: Boolean(row.template),
  })
  // What nobody tells is chosen by nobody but the person.
  const fitting = profiles[template?.['boot-mode'] ?? '']
  const [chosen, setChosen] = useState<Profile>()
  const profile = chosen ?? fitting
  const [open, setOpen] = useState(true)
  const isStillAsked = useStillAsked()
  const change = useChange(
    row,
    profile && { endpoint: 'start-instance', body: { 'rescue-profile': profile } },
    () => {
      if (!open) onClose()
      else if (isStillAsked())
        void navigate(`/instances/${zone}/${id}/console`, { replace: true })
    },
  )
  const advised = t`Recommended`
  return (
    <AskDialog
      row={row}
      mutation={change.mutation}
      onClose={onClose}
      verb={t`Start ${name} in rescue mode`}
      disabledReason={profile ? change.missing : t`Choose the firmware.`}
    >
      <Consequences
        lines={[
          t`The instance starts a minimal recovery system from the network instead of its disk.`,
          t`The disk isn’t changed. To leave rescue mode, use the banner on the instance’s page.`,
        ]}
      />
      <RadioCards<Profile>
        legend={t`Firmware`}
        columns={2}
        value={profile ?? null}
        onChange={setChosen}
        options={[
          {
            value: 'netboot-efi',
            label: 'UEFI',
            aside: fitting === 'netboot-efi' ? advised : undefined,
          },
          {
            value: 'netboot',
            label: t`Legacy BIOS`,
            aside: fitting === 'netboot' ? advised : undefined,
          },
        ]}
      />
      <Checkbox
        label={t`Open the console when it starts`}
        checked={open}
        onChange={({ target }) => setOpen(target.checked)}
      />
      {profile && <PlanCard row={row} change={change} />}
    </AskDialog>
  )
}

export function LeaveRescueDialog({ row, name, onClose }: DialogProps) {
  const { t } = useLingui()
  const change = useChange(
    row,
    { endpoint: 'start-instance', body: {}, leavesRescue: true },
    onClose,
  )
  return (
    <AskDialog
      row={row}
      mutation={change.mutation}
      onClose={onClose}
      verb={t`Restart ${name} normally`}
      disabledReason={change.missing}
    >
      <Consequences
        lines={[
          t`Files that rescue mode keeps only in memory are permanently deleted.`,
          t`The instance starts from its own disk again.`,
        ]}
      />
      <PlanCard row={row} change={change} />
    </AskDialog>
  )
}
