import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { mayScaleBetween, typeName } from '#contract/limits.ts'
import type { InstanceType } from '#contract/types.ts'

import { problemOf } from '../../api/client.ts'
import { typesQuery } from '../../api/queries.ts'
import { ProblemNotice } from '../../components/ProblemNotice.tsx'
import { Banner } from '../../ui/Banner.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { RadioCards } from '../../ui/RadioCards.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { typeFacts } from '../type-facts.ts'
import { typeRefusal, typesOfGroup, typeGroup } from '../type-families.ts'
import { AskDialog } from './AskDialog.tsx'
import type { DialogProps } from './dialog-props.ts'
import { ManagedWarning } from './ManagedWarning.tsx'
import { PlanCard } from './PlanCard.tsx'
import { useChange } from './use-change.ts'
import { useWay } from './WayOptions.tsx'

function useTypes({ row }: Pick<DialogProps, 'row'>, others: boolean) {
  const { data: types, error } = useQuery(typesQuery(row.zone))
  const from = types?.find(({ id }) => id === row['instance-type']?.id)
  if (!types) return { from, groups: [], error, unknown: false }
  // From a size that is unknown, the zone decides which of them can be reached.
  const reachable = from ? types.filter((type) => mayScaleBetween(from, type)) : types
  const families = [...new Set(reachable.map(typeGroup))].filter(
    (family) => !from || others || family === typeGroup(from),
  )
  return {
    from,
    groups: families.flatMap((family) => typesOfGroup(reachable, family)),
    error,
    unknown: !from,
  }
}

/** Why there is nothing to choose from. */
function NoSizes({ error }: { error: Error | null }) {
  const { t } = useLingui()
  if (error)
    return (
      <ProblemNotice
        problem={problemOf(error)}
        title={t`Vedette couldn’t read the sizes`}
      />
    )
  return <Skeleton className="h-64" />
}

function UnknownSize() {
  const { t } = useLingui()
  return (
    <Banner kind="warning" title={t`The current size is unknown`}>
      <Trans>The zone didn’t report it, so Vedette doesn’t know which sizes fit.</Trans>
    </Banner>
  )
}

/**
 * Changes the size within the family, or between the documented families
 * (docs/platform.md#changing-the-size).
 */
export function ScaleDialog({ row, name, to: begin, onClose }: DialogProps) {
  const { t } = useLingui()
  const [typeId, setTypeId] = useState(begin)
  // A size to begin with may be a sibling family's.
  const [others, setOthers] = useState(begin !== undefined)
  const { from, groups, error, unknown } = useTypes({ row }, others)
  const { way, options } = useWay(row)
  const to = groups.find(({ id }) => id === typeId)
  const change = useChange(
    row,
    to && {
      endpoint: 'scale-instance',
      body: { 'instance-type': { id: to.id } },
      ...way,
    },
    onClose,
  )
  const why = (type: InstanceType) => {
    if (type.id === from?.id) return t`Current size`
    const refused = typeRefusal(type, row.zone)
    if (refused === 'not-in-zone') return t`Not available in this zone.`
    return refused
      ? t`Not enabled for your organization. Ask Exoscale support to enable it.`
      : null
  }
  return (
    <AskDialog
      row={row}
      mutation={change.mutation}
      onClose={onClose}
      size="lg"
      verb={t`Change size of ${name}`}
      disabledReason={to ? change.missing : t`Choose a size.`}
    >
      <ManagedWarning row={row} doing="change" />
      {unknown && <UnknownSize />}
      {groups.length > 0 ? (
        // The plan stays in sight while the sizes are compared: beside them, or on a phone below them.
        <div className="grid items-start gap-4 sm:grid-cols-[minmax(0,1fr)_22rem]">
          <div className="grid gap-4">
            <RadioCards
              legend={t`New size`}
              columns={1}
              value={typeId ?? null}
              onChange={setTypeId}
              options={groups.map((type) => ({
                value: type.id,
                label: <span translate="no">{typeName(type)}</span>,
                aside: typeFacts(type),
                disabledReason: why(type),
              }))}
            />
            {from && ['standard', 'cpu', 'memory'].includes(typeGroup(from)) && (
              <Checkbox
                label={t`Show Standard, CPU and Memory families`}
                checked={others}
                onChange={({ target }) => setOthers(target.checked)}
              />
            )}
          </div>
          <div className="ui-scroll sticky grid min-w-0 gap-4 max-sm:-bottom-5 max-sm:z-3 max-sm:-mx-5 max-sm:-mb-5 max-sm:max-h-[45dvh] max-sm:overflow-y-auto max-sm:border-t max-sm:border-border max-sm:bg-surface max-sm:px-5 max-sm:py-3 sm:top-0">
            {/* Above the plan, whose height depends on what is chosen. */}
            {options}
            {to ? (
              <PlanCard row={row} change={change} />
            ) : (
              <p className="rounded-md bg-sunken p-3 text-sm text-muted">
                <Trans>Choose a size to see what will happen.</Trans>
              </p>
            )}
          </div>
        </div>
      ) : (
        !unknown && <NoSizes error={error} />
      )}
    </AskDialog>
  )
}
