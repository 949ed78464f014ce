import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'

import { securityGroupsQuery } from '../../../../api/queries.ts'
import { ListState } from '../../../../components/ListState.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { Checkbox } from '../../../../ui/Checkbox.tsx'
import { RadioCards } from '../../../../ui/RadioCards.tsx'
import { SecuritySummary } from '../../SecuritySummary.tsx'
import { OpenLoginField } from '../access/OpenLogin.tsx'
import { FieldGroup } from '../FieldGroup.tsx'
import { toggled } from '../toggled.ts'
import { useChosen, useCreateField } from '../use-create-form.ts'
import { fieldId, type Address } from '../values.ts'
import { LoginNotice } from '../warnings.tsx'
import { ElasticIpsField, PrivateNetworksField, ReverseDnsField } from './AttachFields.tsx'

function AddressField() {
  const { t } = useLingui()
  const { value, error, set } = useCreateField('address')
  return (
    <div id={fieldId('address')}>
      <RadioCards<Address>
        legend={t`Public IP address`}
        columns={3}
        value={value}
        onChange={set}
        error={error}
        options={[
          {
            value: 'inet4',
            label: 'IPv4',
            description: t`Reachable from the internet. You can add IPv6 later.`,
          },
          {
            value: 'dual',
            label: 'IPv4 + IPv6',
            description: t`IPv4 and IPv6. You can’t remove IPv6 later.`,
          },
          {
            value: 'none',
            label: t({ message: 'None', context: 'public IP address' }),
            description: t`No public IP address. You can’t add one later.`,
          },
        ]}
      />
    </div>
  )
}

function SecurityGroupsField() {
  const { t } = useLingui()
  const { zone } = useChosen()
  const { value, error, set } = useCreateField('securityGroups')
  const query = useQuery(securityGroupsQuery(zone))
  return (
    <FieldGroup
      field="securityGroups"
      legend={t`Security groups`}
      error={error}
      hint={
        value.length === 0
          ? t`If you don’t choose a group, the default group is used.`
          : undefined
      }
    >
      <ListState query={query} empty={t`No security groups yet`}>
        {(groups) => (
          <div className="grid gap-1">
            {groups.map((group) => (
              <Checkbox
                key={group.id}
                checked={value.includes(group.id)}
                onChange={() => set(toggled(value, group.id))}
                label={<span translate="no">{group.name ?? group.id}</span>}
                hint={<SecuritySummary group={group} />}
              />
            ))}
          </div>
        )}
      </ListState>
    </FieldGroup>
  )
}

/** The public IP address, and what can reach the instance. */
export function NetworkSection() {
  const { t } = useLingui()
  return (
    <Card title={t`Network`}>
      <div className="grid gap-3">
        <AddressField />
        <SecurityGroupsField />
        <OpenLoginField />
        <LoginNotice />
        <PrivateNetworksField />
        <ElasticIpsField />
        <ReverseDnsField />
      </div>
    </Card>
  )
}
