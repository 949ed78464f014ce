import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { DISK_MAX_GIB, diskCeilingGib } from '#contract/limits.ts'

import { problemOf } from '../../api/client.ts'
import { instanceQuery, typesQuery } from '../../api/queries.ts'
import { gibUnit } from '../../components/format.ts'
import { ProblemNotice } from '../../components/ProblemNotice.tsx'
import { Field } from '../../ui/Field.tsx'
import { NumberInput } from '../../ui/NumberInput.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { Slider } from '../../ui/Slider.tsx'
import { AskDialog } from './AskDialog.tsx'
import type { DialogProps } from './dialog-props.ts'
import { ManagedWarning } from './ManagedWarning.tsx'
import { PlanCard } from './PlanCard.tsx'
import { useChange } from './use-change.ts'
import { useWay } from './WayOptions.tsx'

const ordinaryGib = 1_600

/** Why no size can be entered. */
function NoDisk({ error }: { error: Error | null }) {
  const { t } = useLingui()
  if (!error) return <Skeleton className="h-40" />
  return (
    <ProblemNotice
      problem={problemOf(error)}
      title={t`Vedette couldn’t read this instance`}
    />
  )
}

/** Makes the disk larger, which can't be undone (docs/platform.md#growing-the-disk). */
export function GrowDialog({ row, name, to, onClose }: DialogProps) {
  const { t } = useLingui()
  const { data: detail, error } = useQuery(instanceQuery(row.zone, row.id))
  const { data: types } = useQuery(typesQuery(row.zone))
  const [typed, setTyped] = useState(to && /^\d+$/.test(to) ? Number(to) : undefined)
  const known = detail?.['disk-size']
  const now = known ?? 0
  const gib = typed ?? known ?? Number.NaN
  const ceiling = diskCeilingGib(types?.find(({ id }) => id === row['instance-type']?.id))
  const fits = Number.isInteger(gib) && gib > now && gib <= DISK_MAX_GIB
  const more = gib - now
  const least = now + 1
  const { way, options } = useWay(row)
  const change = useChange(
    row,
    fits
      ? { endpoint: 'resize-instance-disk', body: { 'disk-size': gib }, ...way }
      : undefined,
    onClose,
  )
  return (
    <AskDialog
      row={row}
      mutation={change.mutation}
      onClose={onClose}
      verb={t`Grow disk of ${name}`}
      disabledReason={change.missing ?? (fits ? null : t`Choose a larger disk size.`)}
    >
      <ManagedWarning row={row} doing="change" />
      {detail ? (
        <>
          <Field
            label={t`New disk size`}
            aside={
              <span className="tabular-nums">
                {known === undefined
                  ? t`The current size is unknown.`
                  : t`Current: ${now} GiB`}
              </span>
            }
            error={
              typed === undefined || fits
                ? null
                : t`Enter a whole number from ${least} to ${DISK_MAX_GIB}.`
            }
            hint={
              fits && known !== undefined
                ? t`${more} GiB more than now`
                : t`A disk can’t be made smaller.`
            }
          >
            <NumberInput
              unit={gibUnit()}
              min={least}
              max={DISK_MAX_GIB}
              value={Number.isFinite(gib) ? gib : ''}
              onChange={({ target }) => setTyped(target.valueAsNumber)}
            />
          </Field>
          <Slider
            aria-label={t`New disk size`}
            aria-valuetext={Number.isFinite(gib) ? t`${gib} GiB` : undefined}
            min={now}
            max={Math.max(ceiling ?? ordinaryGib, now + 100, fits ? gib : 0)}
            step={10}
            value={Number.isFinite(gib) ? gib : now}
            onChange={({ target }) => setTyped(target.valueAsNumber)}
          />
          {options}
          <PlanCard row={row} change={change} />
        </>
      ) : (
        <NoDisk error={error} />
      )}
    </AskDialog>
  )
}
