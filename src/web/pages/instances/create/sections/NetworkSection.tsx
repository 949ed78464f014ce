import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'

import type { SecurityGroup } from '#contract/types.ts'

import { securityGroupsQuery } from '../../../../api/queries.ts'
import { ListState } from '../../../../components/ListState.tsx'
import { Banner } from '../../../../ui/Banner.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { Checkbox } from '../../../../ui/Checkbox.tsx'
import { RadioCards } from '../../../../ui/RadioCards.tsx'
import { reachable } from '../../security-summary.ts'
import { SecuritySummary } from '../../SecuritySummary.tsx'
import { FieldGroup } from '../FieldGroup.tsx'
import { toggled } from '../toggled.ts'
import { useChosen, useCreateField } from '../use-create-form.ts'
import { fieldId, type Address } from '../values.ts'
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

/** Warns if anyone can try to log in over the network, or if no one can. */
function LoginNotice({ groups }: { groups: SecurityGroup[] }) {
  const { template } = useChosen()
  const [port, way] = template?.family === 'windows' ? [3389, 'RDP'] : [22, 'SSH']
  const reach = reachable(groups, port)
  if (reach === 'world') {
    return (
      <Banner kind="warning">
        <Trans>
          {way} (port {port}) is open to the internet, so anyone can try to log in.
        </Trans>
      </Banner>
    )
  }
  return reach === 'no' ? (
    <p className="text-sm text-muted">
      <Trans>
        None of these security groups allows {way} (port {port}). You can still use the
        console.
      </Trans>
    </p>
  ) : null
}

function SecurityGroupsField() {
  const { t } = useLingui()
  const { zone } = useChosen()
  const { value, error, set } = useCreateField('securityGroups')
  const isPrivate = useCreateField('address').value === 'none'
  const query = useQuery(securityGroupsQuery(zone))
  const applied = (query.data ?? []).filter(({ id, name }) =>
    value.length > 0 ? value.includes(id) : name === 'default',
  )
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
      {query.isSuccess && !isPrivate && <LoginNotice groups={applied} />}
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
        <PrivateNetworksField />
        <ElasticIpsField />
        <ReverseDnsField />
      </div>
    </Card>
  )
}
