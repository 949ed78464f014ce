import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { useQueries, useQuery } from '@tanstack/react-query'
import { useFormContext } from 'react-hook-form'

import { ANTI_AFFINITY_MAX } from '#contract/limits.ts'

import { useInventory } from '../../../../api/inventory.ts'
import { antiAffinityGroupsQuery, deployTargetsQuery } from '../../../../api/queries.ts'
import { ListState } from '../../../../components/ListState.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { Checkbox } from '../../../../ui/Checkbox.tsx'
import { Field } from '../../../../ui/Field.tsx'
import { Select } from '../../../../ui/Select.tsx'
import { FieldGroup } from '../FieldGroup.tsx'
import { toggled } from '../toggled.ts'
import { useChosen, useCreateField } from '../use-create-form.ts'
import { fieldId, type CreateValues } from '../values.ts'

/**
 * Members of a group in all zones: each zone returns only its own
 * (docs/platform.md#anti-affinity-groups).
 */
function useMembers(): (groupId: string) => number {
  const zones = useInventory((state) => state.zones)
  const lists = useQueries({
    queries: zones.map(({ zone }) => antiAffinityGroupsQuery(zone)),
  })
  return (groupId) =>
    lists.reduce((sum, { data }) => {
      const group = data?.find(({ id }) => id === groupId)
      return sum + (group?.instances?.length ?? 0)
    }, 0)
}

function SpreadField() {
  const { t } = useLingui()
  const { zone } = useChosen()
  const { value, error, set } = useCreateField('antiAffinityGroups')
  const query = useQuery(antiAffinityGroupsQuery(zone))
  const membersOf = useMembers()
  const count = useCreateField('count').value || 1
  return (
    <FieldGroup
      field="antiAffinityGroups"
      legend={t`Anti-affinity groups`}
      error={error}
      hint={t`Instances in a group never run on the same host. You can’t change this later.`}
    >
      <ListState query={query} empty={t`No anti-affinity groups yet`}>
        {(groups) => (
          <div className="grid gap-1">
            {groups.map(({ id, name, description }) => {
              const members = membersOf(id)
              const free = Math.max(0, ANTI_AFFINITY_MAX - members)
              const hint = t`${plural(free, {
                0: `None of these ${count} instances fit in this group. The zone will reject them.`,
                one: `Only # of these ${count} instances fits in this group. The zone will reject the others.`,
                other: `Only # of these ${count} instances fit in this group. The zone will reject the others.`,
              })}`
              const tight = value.includes(id) && count > free
              return (
                <Checkbox
                  key={id}
                  checked={value.includes(id)}
                  onChange={() => set(toggled(value, id))}
                  label={
                    <>
                      <span translate="no">{name ?? id}</span>{' '}
                      <span className="text-muted tabular-nums">
                        {members} / {ANTI_AFFINITY_MAX}
                      </span>
                    </>
                  }
                  hint={tight ? hint : description}
                  disabledReason={
                    free === 0 && !value.includes(id) ? t`This group is full.` : null
                  }
                />
              )
            })}
          </div>
        )}
      </ListState>
    </FieldGroup>
  )
}

/** Only organizations with dedicated hosts have deploy targets; others see nothing. */
function DeployTargetField() {
  const { t } = useLingui()
  const { register } = useFormContext<CreateValues>()
  const { zone } = useChosen()
  const { error } = useCreateField('deployTarget')
  const { data: targets = [] } = useQuery(deployTargetsQuery(zone))
  if (targets.length === 0) return null
  return (
    <div id={fieldId('deployTarget')}>
      <Field
        label={t`Deploy target`}
        error={error}
        hint={t`The dedicated hosts that the instance runs on. You can’t change this later.`}
      >
        <Select {...register('deployTarget')} className="max-w-96">
          <option value="">{t`Any host in the zone`}</option>
          {targets.map(({ id, name, type }) => (
            <option key={id} value={id}>
              {[name ?? id, type].filter(Boolean).join(' · ')}
            </option>
          ))}
        </Select>
      </Field>
    </div>
  )
}

/** The hosts that the instance may run on. */
export function PlacementSection() {
  const { t } = useLingui()
  return (
    <Card title={t`Placement`}>
      <div className="grid gap-3">
        <SpreadField />
        <DeployTargetField />
      </div>
    </Card>
  )
}
