import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'

import { isRunning } from '#contract/lifecycle.ts'
import { isInRescue } from '#contract/timeline.ts'

import { useInstanceOperations, type Row } from '../../api/inventory.ts'
import { timelineQuery } from '../../api/queries.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { useBlock } from './actions.tsx'
import { useOpenDialog } from './dialogs/use-dialog.ts'

/** By what was asked here lately, and by what is kept of longer ago. */
function useRescue(row: Row, wanted: boolean): boolean {
  const fresh = useInstanceOperations(row.zone, row.id)
  const { data } = useQuery({ ...timelineQuery(row.zone, row.id), enabled: wanted })
  if (!wanted) return false
  const known = new Set(fresh.map(({ id }) => id))
  const older = (data?.operations ?? []).filter(({ id }) => !known.has(id))
  return isInRescue([...fresh, ...older], data?.events ?? [])
}

/** That a machine runs the rescue system and not its own, and the way back. */
export function RescueNotice({
  row,
  name,
  wanted = true,
  className = '',
}: {
  row: Row
  name: string
  /** False while something more urgent is loaded. */
  wanted?: boolean
  className?: string
}) {
  const { t } = useLingui()
  const open = useOpenDialog()
  const block = useBlock(row)
  const inRescue = useRescue(row, wanted && isRunning(row.state))
  if (!inRescue) return null
  return (
    <Banner
      kind="warning"
      className={className}
      title={t`${name} runs in rescue mode.`}
      action={
        <Button size="sm" disabledReason={block} onClick={() => open('leave-rescue', row)}>
          <Trans>Restart normally…</Trans>
        </Button>
      }
    >
      <Trans>
        A recovery system from the network is on, and its own disk is not used. When you are
        done, restart it from its disk.
      </Trans>
    </Banner>
  )
}
