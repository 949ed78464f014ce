import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useFormContext } from 'react-hook-form'

import { ANTI_AFFINITY_MAX } from '#contract/limits.ts'

import { antiAffinityGroupsQuery, deployTargetsQuery } from '../../../../api/queries.ts'
import { dot } from '../../../../components/format.ts'
import { ListState } from '../../../../components/ListState.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { Checkbox } from '../../../../ui/Checkbox.tsx'
import { Field } from '../../../../ui/Field.tsx'
import { Select } from '../../../../ui/Select.tsx'
import { FieldGroup } from '../FieldGroup.tsx'
import { toggled } from '../toggled.ts'
import { useChosen, useCreateField } from '../use-create-form.ts'
import { fieldId, type CreateValues } from '../values.ts'
import { useMembers, useSpreadDoubt } from '../warnings.tsx'

function SpreadField() {
  const { t } = useLingui()
  const { zone } = useChosen()
  const { value, error, set } = useCreateField('antiAffinityGroups')
  const query = useQuery(antiAffinityGroupsQuery(zone))
  const membersOf = useMembers()
  const doubtOf = useSpreadDoubt()
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
              const doubt = value.includes(id) ? doubtOf(id) : undefined
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
                  hint={doubt ?? description}
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
              {[name ?? id, type].filter(Boolean).join(dot)}
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
