import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { useQueries, useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { templateMinGib } from '#contract/limits.ts'
import type { Template } from '#contract/types.ts'

import { instanceQuery, snapshotsQuery, templatesQuery } from '../../api/queries.ts'
import { gibUnit } from '../../components/format.ts'
import { Field } from '../../ui/Field.tsx'
import { NumberInput } from '../../ui/NumberInput.tsx'
import { Select } from '../../ui/Select.tsx'
import {
  newestFirst,
  templateFamilies,
  templateFamily,
  templateFamilyName,
} from '../template-families.ts'
import { AskDialog, Consequences } from './AskDialog.tsx'
import type { DialogProps } from './dialog-props.ts'
import { ManagedWarning } from './ManagedWarning.tsx'
import { PlanCard } from './PlanCard.tsx'
import { useTypedName } from './TypedName.tsx'
import { useChange } from './use-change.ts'
import { useWay } from './WayOptions.tsx'

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
      {own.length > 0 && <optgroup label={t`Private`}>{options(own)}</optgroup>}
      {templateFamilies(open).map((family) => (
        <optgroup key={family} label={templateFamilyName(family)}>
          {options(open.filter((one) => templateFamily(one) === family))}
        </optgroup>
      ))}
    </>
  )
}

function SnapshotCount({ row }: Pick<DialogProps, 'row'>) {
  const { t } = useLingui()
  const { data: snapshots = [] } = useQuery(snapshotsQuery(row.zone))
  const count = snapshots.filter(({ instance }) => instance?.id === row.id).length
  if (count === 0) return null
  return (
    <Consequences
      lines={[
        t`${plural(count, {
          one: 'This instance has # snapshot.',
          other: 'This instance has # snapshots.',
        })}`,
      ]}
    />
  )
}

/** Erases the disk and reinstalls it from a template; the API's word is reset. */
export function ReinstallDialog({ row, name, onClose }: DialogProps) {
  const { t } = useLingui()
  const { zone, id } = row
  const { data: detail, isPending } = useQuery(instanceQuery(zone, id))
  const [open, own] = useQueries({
    queries: [templatesQuery(zone, 'public'), templatesQuery(zone, 'private')],
  })
  const [chosen, setChosen] = useState<string>()
  const [typedGib, setTypedGib] = useState<number>()
  const { way, options } = useWay(row, { snapshot: false })
  const { field, missing } = useTypedName(name)

  const templateId = chosen ?? row.template?.id ?? ''
  const template = [...(open.data ?? []), ...(own.data ?? [])].find(
    (one) => one.id === templateId,
  )
  const known = detail?.['disk-size']
  const now = known ?? 0
  const least = Math.max(now, templateMinGib(template))
  const gib = typedGib ?? least
  // Where its size is unknown, the disk keeps it unless another is entered.
  const isKept = known === undefined && typedGib === undefined
  const tooSmall = !Number.isInteger(gib) || gib < least
  const change = useChange(
    row,
    detail && !tooSmall
      ? {
          endpoint: 'reset-instance',
          body: {
            ...(templateId ? { template: { id: templateId } } : {}),
            ...(gib === now || isKept ? {} : { 'disk-size': gib }),
          },
          ...way,
        }
      : undefined,
    onClose,
  )
  return (
    <AskDialog
      row={row}
      mutation={change.mutation}
      onClose={onClose}
      grace={(secondsLeft) =>
        t`Reinstalling ${name} in ${plural(secondsLeft, { one: '# second', other: '# seconds' })}`
      }
      verb={t`Reinstall ${name}`}
      danger
      disabledReason={tooSmall ? t`Choose a valid disk size.` : (change.missing ?? missing)}
    >
      <ManagedWarning row={row} doing="change" />
      <Field label={t`Template`} hint={t`The current template is selected.`}>
        <Select value={templateId} onChange={({ target }) => setChosen(target.value)}>
          {!template && <option value={templateId}>{t`Current template`}</option>}
          <TemplateOptions open={open.data ?? []} own={own.data ?? []} />
        </Select>
      </Field>
      <Field
        label={t`Disk size`}
        error={tooSmall ? t`Enter at least ${least} GiB.` : null}
        hint={
          isPending
            ? t`Loading…`
            : known === undefined
              ? t`The current size is unknown. A disk can’t be made smaller.`
              : t`The disk has ${now} GiB now and can’t be made smaller.`
        }
      >
        <NumberInput
          unit={gibUnit()}
          min={least}
          // What is shown is what is sent.
          value={(!isKept && Number.isFinite(gib) && gib) || ''}
          onChange={({ target }) => setTypedGib(target.valueAsNumber)}
        />
      </Field>
      {options}
      <SnapshotCount row={row} />
      <PlanCard row={row} change={change} />
      {field}
    </AskDialog>
  )
}
