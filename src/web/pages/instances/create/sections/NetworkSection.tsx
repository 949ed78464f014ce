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
        legend={t`Public address`}
        columns={3}
        value={value}
        onChange={set}
        error={error}
        options={[
          {
            value: 'inet4',
            label: 'IPv4',
            description: t`Reachable from everywhere. IPv6 can be added later.`,
          },
          {
            value: 'dual',
            label: 'IPv4 + IPv6',
            description: t`Both kinds of address, for good.`,
          },
          {
            value: 'none',
            label: t`None`,
            description: t`Private for its whole life: it never gets a public address.`,
          },
        ]}
      />
    </div>
  )
}

/** Whether somebody can log in over the network, and whether everybody can try. */
function LoginNotice({ groups }: { groups: SecurityGroup[] }) {
  const { template } = useChosen()
  const [port, way] = template?.family === 'windows' ? [3389, 'RDP'] : [22, 'SSH']
  const reach = reachable(groups, port)
  if (reach === 'world') {
    return (
      <Banner kind="warning">
        <Trans>
          Everybody on the internet can try to log in: {way} (port {port}) is open to the
          world.
        </Trans>
      </Banner>
    )
  }
  return reach === 'no' ? (
    <p className="text-sm text-muted">
      <Trans>
        Nothing here lets {way} (port {port}) in. The console works all the same.
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
  const worn = (query.data ?? []).filter(({ id, name }) =>
    value.length > 0 ? value.includes(id) : name === 'default',
  )
  return (
    <FieldGroup
      field="securityGroups"
      legend={t`Security groups`}
      error={error}
      hint={
        value.length === 0
          ? t`With none chosen, it wears the group called default.`
          : undefined
      }
    >
      <ListState query={query} empty={t`There are no security groups.`}>
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
      {query.isSuccess && !isPrivate && <LoginNotice groups={worn} />}
    </FieldGroup>
  )
}

/** Its public address and what reaches it. */
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
