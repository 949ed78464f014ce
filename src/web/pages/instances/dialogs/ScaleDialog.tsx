import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { ArrowRight } from 'lucide-react'
import { useState } from 'react'

import { diskCeilingGib, GIB, mayScaleBetween, typeName } from '#contract/limits.ts'
import type { InstanceType } from '#contract/types.ts'

import { scaleInstance } from '../../../api/mutations.ts'
import { instanceQuery, typesQuery } from '../../../api/queries.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import { RadioCards } from '../../../ui/RadioCards.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { typeRefusal, typesOfGroup, typeGroup } from '../type-families.ts'
import { AskDialog } from './AskDialog.tsx'
import type { DialogProps } from './InstanceDialogs.tsx'
import { useStopFirst } from './StopFirst.tsx'

const gib = (type: InstanceType) => (type.memory ?? 0) / GIB

function Comparison({ from, to }: { from: InstanceType; to: InstanceType | undefined }) {
  const { t } = useLingui()
  const after = to ?? from
  const rows: [string, string, string][] = [
    [t`Size`, typeName(from), typeName(after)],
    [t`vCPU`, `${from.cpus}`, `${after.cpus}`],
    [t`Memory`, `${gib(from)} GiB`, `${gib(after)} GiB`],
  ]
  return (
    <table className="w-full rounded-md bg-sunken text-sm">
      <thead className="text-start text-xs text-muted">
        <tr>
          <td />
          <th scope="col" className="px-3 pt-2 text-start font-medium">
            <Trans>Now</Trans>
          </th>
          <td />
          <th scope="col" className="px-3 pt-2 text-start font-medium">
            <Trans>After</Trans>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([label, before, later]) => (
          <tr key={label}>
            <th scope="row" className="px-3 py-1 text-start font-normal text-muted">
              {label}
            </th>
            <td className="px-3 py-1" translate="no">
              {before}
            </td>
            <td className="text-muted">
              <ArrowRight size={14} aria-hidden="true" />
            </td>
            <td
              className={`px-3 py-1 ${before === later ? 'text-muted' : 'font-semibold'}`}
              translate="no"
            >
              {to ? later : '–'}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function useTypes({ row }: Pick<DialogProps, 'row'>, others: boolean) {
  const { data: types } = useQuery(typesQuery(row.zone))
  const from = types?.find(({ id }) => id === row['instance-type']?.id)
  if (!types || !from) return { from, groups: [] }
  const reachable = types.filter((type) => mayScaleBetween(from, type))
  const families = [...new Set(reachable.map(typeGroup))].filter(
    (family) => others || family === typeGroup(from),
  )
  return { from, groups: families.flatMap((family) => typesOfGroup(reachable, family)) }
}

/** Another size of the same family, or of its documented siblings (exoscale-api.md 6.3). */
export function ScaleDialog({ row, name, onClose }: DialogProps) {
  const { t } = useLingui()
  const [typeId, setTypeId] = useState<string>()
  const [others, setOthers] = useState(false)
  const { data: detail } = useQuery(instanceQuery(row.zone, row.id))
  const { from, groups } = useTypes({ row }, others)
  const stopFirst = useStopFirst(row, 'scale')
  const to = groups.find(({ id }) => id === typeId)
  const mutation = useMutation({
    mutationFn: () => scaleInstance(row, typeId ?? ''),
    onSuccess: onClose,
  })
  const disk = detail?.['disk-size'] ?? 0
  const ceiling = diskCeilingGib(to)
  const why = (type: InstanceType) => {
    if (type.id === from?.id) return t`Its size now.`
    const refused = typeRefusal(type, row.zone)
    if (refused === 'not-in-zone') return t`Not offered in this zone.`
    return refused ? t`Your organisation may not use it yet. Support can unlock it.` : null
  }
  return (
    <AskDialog
      {...{ row, mutation, onClose }}
      size="lg"
      verb={t`Change size of ${name}`}
      disabledReason={to ? stopFirst.missing : t`Choose a size first.`}
    >
      {stopFirst.notice}
      {from ? (
        <>
          <Comparison from={from} to={to} />
          {to && gib(to) < gib(from) && (
            <Banner kind="warning">
              <Trans>
                Less memory than now: what needs more than {gib(to)} GiB may fail to start.
              </Trans>
            </Banner>
          )}
          {ceiling !== undefined && disk > ceiling && (
            <Banner kind="warning">
              <Trans>
                Its disk of {disk} GiB is larger than the {ceiling} GiB documented for this
                size, so the zone may refuse it.
              </Trans>
            </Banner>
          )}
          <RadioCards
            legend={t`New size`}
            columns={2}
            value={typeId ?? null}
            onChange={setTypeId}
            options={groups.map((type) => ({
              value: type.id,
              label: <span translate="no">{typeName(type)}</span>,
              aside: `${type.cpus} vCPU · ${gib(type)} GiB`,
              disabledReason: why(type),
            }))}
          />
          {['standard', 'cpu', 'memory'].includes(typeGroup(from)) && (
            <Checkbox
              label={t`Show the Standard, CPU and Memory families`}
              checked={others}
              onChange={({ target }) => setOthers(target.checked)}
            />
          )}
        </>
      ) : (
        <Skeleton className="h-64" />
      )}
    </AskDialog>
  )
}
