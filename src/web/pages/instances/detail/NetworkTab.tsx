import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'

import type { PrivateNetwork } from '#contract/types.ts'

import { problemOf } from '../../../api/client.ts'
import {
  elasticIpsQuery,
  privateNetworksQuery,
  reverseDnsQuery,
  securityGroupsQuery,
} from '../../../api/queries.ts'
import { ProblemNotice } from '../../../components/ProblemNotice.tsx'
import { Card } from '../../../ui/Card.tsx'
import { Code } from '../../../ui/Code.tsx'
import { KeyValue, Pair } from '../../../ui/KeyValue.tsx'
import { SecuritySummary } from '../SecuritySummary.tsx'
import { useInstance } from './instance-context.ts'

const unknown = <span className="text-muted">–</span>
const code = (text: string | undefined): ReactNode =>
  text ? <Code copy>{text}</Code> : unknown

function AddressesCard() {
  const { t } = useLingui()
  const { row, detail } = useInstance()
  const { data: name, error } = useQuery(reverseDnsQuery(row.zone, row.id))
  const { data: known = [] } = useQuery(elasticIpsQuery(row.zone))
  const elastic = detail?.['elastic-ips'] ?? []
  return (
    <Card title={t`Addresses`}>
      <KeyValue>
        <Pair label="IPv4">{code(row['public-ip'])}</Pair>
        <Pair label="IPv6">{code(row['ipv6-address'])}</Pair>
        <Pair label={t`Reverse DNS`}>
          {error ? <ProblemNotice problem={problemOf(error)} /> : code(name ?? undefined)}
        </Pair>
        <Pair label={t`Elastic IPs`}>
          {elastic.length === 0
            ? unknown
            : elastic.map(({ id, ip }) => {
                const full = known.find((one) => one.id === id)
                return (
                  <div key={id}>
                    {code(ip ?? full?.ip ?? id)}{' '}
                    <span className="text-muted">{full?.description}</span>
                  </div>
                )
              })}
        </Pair>
        <Pair label={t`MAC address`}>{code(row['mac-address'])}</Pair>
      </KeyValue>
    </Card>
  )
}

function GroupsCard() {
  const { t } = useLingui()
  const { row } = useInstance()
  const { data: groups = [], error } = useQuery(securityGroupsQuery(row.zone))
  const own = row['security-groups'] ?? []
  return (
    <Card title={t`Security groups`}>
      {error && <ProblemNotice problem={problemOf(error)} />}
      {own.length === 0 && (
        <p className="text-sm text-muted">
          <Trans>It wears none, so nothing from outside is let in.</Trans>
        </p>
      )}
      <ul className="grid gap-3 text-sm">
        {own.map(({ id }) => {
          const group = groups.find((one) => one.id === id)
          return (
            <li key={id}>
              <p className="font-medium" translate="no">
                {group?.name ?? id}
              </p>
              <p className="text-muted">
                {group ? <SecuritySummary group={group} /> : unknown}
              </p>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}

function range(network: PrivateNetwork | undefined): string | undefined {
  if (!network?.['start-ip'] || !network['end-ip']) return undefined
  return `${network['start-ip']} – ${network['end-ip']}`
}

function NetworksCard() {
  const { t } = useLingui()
  const { row } = useInstance()
  const { data: networks = [], error } = useQuery(privateNetworksQuery(row.zone))
  const own = row['private-networks'] ?? []
  return (
    <Card title={t`Private networks`} className="lg:col-span-2">
      {error && <ProblemNotice problem={problemOf(error)} />}
      {own.length === 0 && (
        <p className="text-sm text-muted">
          <Trans>It is in none.</Trans>
        </p>
      )}
      <ul className="grid gap-4 text-sm">
        {own.map(({ id, 'mac-address': mac }) => {
          const network = networks.find((one) => one.id === id)
          const lease = network?.leases?.find((one) => one['instance-id'] === row.id)?.ip
          return (
            <li key={id}>
              <p className="mb-1 font-medium">
                <span translate="no">{network?.name ?? id}</span>{' '}
                <span className="font-normal text-muted">{network?.description}</span>
              </p>
              <KeyValue>
                <Pair label={t`Its address`}>
                  {lease ? code(lease) : <Trans>set inside the machine</Trans>}
                </Pair>
                <Pair label={t`Range`}>{range(network) ?? t`not managed`}</Pair>
                <Pair label={t`MAC address`}>{code(mac)}</Pair>
              </KeyValue>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}

export function NetworkTab() {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <AddressesCard />
      <GroupsCard />
      <NetworksCard />
    </div>
  )
}
