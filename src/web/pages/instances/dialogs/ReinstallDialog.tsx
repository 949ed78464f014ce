import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueries, useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { templateMinGib } from '#contract/limits.ts'
import type { Template } from '#contract/types.ts'

import { resetInstance } from '../../../api/mutations.ts'
import { instanceQuery, snapshotsQuery, templatesQuery } from '../../../api/queries.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Field } from '../../../ui/Field.tsx'
import { NumberInput } from '../../../ui/NumberInput.tsx'
import { Select } from '../../../ui/Select.tsx'
import {
  newestFirst,
  templateFamilies,
  templateFamily,
  templateFamilyName,
} from '../template-families.ts'
import { AskDialog, Consequences } from './AskDialog.tsx'
import type { DialogProps } from './InstanceDialogs.tsx'
import { useStopFirst } from './StopFirst.tsx'
import { useTypedName } from './TypedName.tsx'

function TemplateOptions({ open, own }: { open: Template[]; own: Template[] }) {
  const { t } = useLingui()
  const options = (templates: Template[]) =>
    newestFirst(templates).map(({ id, name }) => (
      <option key={id} value={id}>
        {name ?? id}
      </option>
    ))
  return (
    <>
      {own.length > 0 && <optgroup label={t`Your own`}>{options(own)}</optgroup>}
      {templateFamilies(open).map((family) => (
        <optgroup key={family} label={templateFamilyName(family)}>
          {options(open.filter((one) => templateFamily(one) === family))}
        </optgroup>
      ))}
    </>
  )
}

/** Erases the disk and begins again from a template: the API's word is reset. */
export function ReinstallDialog({ row, name, onClose }: DialogProps) {
  const { t } = useLingui()
  const { zone, id } = row
  const { data: detail } = useQuery(instanceQuery(zone, id))
  const { data: snapshots = [] } = useQuery(snapshotsQuery(zone))
  const [open, own] = useQueries({
    queries: [templatesQuery(zone, 'public'), templatesQuery(zone, 'private')],
  })
  const [chosen, setChosen] = useState<string>()
  const [typedGib, setTypedGib] = useState<number>()
  const stopFirst = useStopFirst(row, 'reset')
  const { field, missing } = useTypedName(name)

  const templateId = chosen ?? row.template?.id ?? ''
  const template = [...(open.data ?? []), ...(own.data ?? [])].find(
    (one) => one.id === templateId,
  )
  const now = detail?.['disk-size'] ?? 0
  const least = Math.max(now, templateMinGib(template))
  const gib = typedGib ?? least
  const mutation = useMutation({
    mutationFn: () =>
      resetInstance(row, {
        template: { id: templateId },
        ...(gib === now ? {} : { 'disk-size': gib }),
      }),
    onSuccess: onClose,
  })
  const count = snapshots.filter(({ instance }) => instance?.id === id).length
  const tooSmall = !Number.isInteger(gib) || gib < least
  return (
    <AskDialog
      {...{ row, mutation, onClose }}
      verb={t`Reinstall ${name}`}
      danger
      disabledReason={
        stopFirst.missing ?? (tooSmall ? t`Choose a disk size that fits first.` : missing)
      }
    >
      {stopFirst.notice}
      {row.manager && (
        <Banner kind="warning">
          <Trans>A pool manages it, and may replace it at any time.</Trans>
        </Banner>
      )}
      <Field label={t`System`} hint={t`Chosen now: what it was made from.`}>
        <Select value={templateId} onChange={({ target }) => setChosen(target.value)}>
          {!template && <option value={templateId}>{t`As it is now`}</option>}
          <TemplateOptions open={open.data ?? []} own={own.data ?? []} />
        </Select>
      </Field>
      <Field
        label={t`Disk size`}
        error={tooSmall ? t`Use at least ${least} GiB.` : null}
        hint={t`A disk can only grow: ${now} GiB now.`}
      >
        <NumberInput
          unit="GiB"
          min={least}
          value={Number.isFinite(gib) ? gib : ''}
          onChange={({ target }) => setTypedGib(target.valueAsNumber)}
        />
      </Field>
      <Consequences
        lines={[
          t`Everything on its disk is erased. There is no way back.`,
          t`Its name, addresses, groups and labels stay.`,
          count > 0 ? t`Snapshots it has now: ${count}.` : null,
          template?.['password-enabled']
            ? t`Its system uses a password: make a new one afterwards.`
            : null,
        ]}
      />
      {field}
    </AskDialog>
  )
}
