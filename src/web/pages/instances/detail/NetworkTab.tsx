import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'

import type { PrivateNetwork } from '#contract/types.ts'

import {
  elasticIpsQuery,
  privateNetworksQuery,
  securityGroupsQuery,
} from '../../../api/queries.ts'
import { dot } from '../../../components/format.ts'
import { MissingValue } from '../../../components/reading/MissingValue.tsx'
import { ReadProblem } from '../../../components/reading/ReadProblem.tsx'
import { Card } from '../../../ui/Card.tsx'
import { Code } from '../../../ui/Code.tsx'
import { KeyValue, Pair } from '../../../ui/KeyValue.tsx'
import { SecuritySummary } from '../SecuritySummary.tsx'
import { Address } from './Address.tsx'
import { AttachForm, DetachButton } from './Attach.tsx'
import { useInstance } from './instance-context.ts'
import { ReverseDns } from './ReverseDns.tsx'

const none = <span className="text-muted">–</span>
const code = (text: string | undefined, isReading = false): ReactNode =>
  text ? <Code copy>{text}</Code> : <MissingValue isReading={isReading} />

/** The name of something that the instance has; its ID only if its name can't be read. */
function Named(props: { id: string; name: string | undefined; isReading: boolean }) {
  const { id, name, isReading } = props
  if (!name && isReading) return <MissingValue isReading className="h-lh w-24" />
  return <span translate="no">{name ?? id}</span>
}

function AddressesCard() {
  const { t } = useLingui()
  const { row, detail, isReading } = useInstance()
  const query = useQuery(elasticIpsQuery(row.zone))
  const { data: known, isPending } = query
  const elastic = detail?.['elastic-ips'] ?? []
  return (
    <Card title={t`IP addresses`}>
      <ReadProblem
        query={query}
        title={t`Couldn’t read the elastic IPs`}
        className="mb-3"
      />
      <KeyValue>
        <Pair label="IPv4">
          <Address kind="public-ip" />
        </Pair>
        <Pair label="IPv6">
          <Address kind="ipv6-address" />
        </Pair>
        <Pair label={t`Reverse DNS`}>
          <ReverseDns />
        </Pair>
        <Pair label={t`Elastic IPs`}>
          {elastic.length === 0 && (detail ? none : code(undefined, isReading))}
          <div className="grid gap-1 empty:hidden">
            {elastic.map(({ id, ip }) => {
              const full = known?.find((one) => one.id === id)
              return (
                <div key={id} className="flex flex-wrap items-center gap-x-2">
                  {code(ip ?? full?.ip ?? id)}
                  <span className="text-muted">{full?.description}</span>
                  <DetachButton
                    from="elastic-ip"
                    id={id ?? ''}
                    name={ip ?? full?.ip ?? id ?? ''}
                  />
                </div>
              )
            })}
          </div>
        </Pair>
        <Pair label={t`MAC address`}>
          {code(row['mac-address'] ?? detail?.['mac-address'], isReading)}
        </Pair>
      </KeyValue>
      <AttachForm
        to="elastic-ip"
        label={t`Attach elastic IP`}
        isReading={isReading || isPending}
        choices={known
          ?.filter((one) => elastic.every(({ id }) => id !== one.id))
          .map((one) => ({
            id: one.id,
            name: [one.ip, one.description].filter(Boolean).join(dot),
            about: one.healthcheck
              ? t`Managed. Traffic goes to instances that pass the health check.`
              : t`Unmanaged. You must also configure the IP address in the operating system.`,
          }))}
      />
    </Card>
  )
}

function GroupsCard() {
  const { t } = useLingui()
  const { row } = useInstance()
  const query = useQuery(securityGroupsQuery(row.zone))
  const { data: groups, isPending } = query
  const own = row['security-groups'] ?? []
  return (
    <Card title={t`Security groups`}>
      <ReadProblem
        query={query}
        title={t`Couldn’t read the security groups`}
        className="mb-3"
      />
      {own.length === 0 && (
        <p className="text-sm text-muted">
          <Trans>No security groups. All inbound traffic is blocked.</Trans>
        </p>
      )}
      <ul className="grid gap-3 text-sm">
        {own.map(({ id }) => {
          const group = groups?.find((one) => one.id === id)
          return (
            <li key={id}>
              <p className="flex items-center justify-between gap-2 font-medium">
                <Named id={id} name={group?.name} isReading={isPending} />
                {!isPending && (
                  <DetachButton from="security-group" id={id} name={group?.name ?? id} />
                )}
              </p>
              <p className="text-muted">
                {group ? (
                  <SecuritySummary group={group} />
                ) : (
                  <MissingValue isReading={isPending} className="h-lh w-2/3" />
                )}
              </p>
            </li>
          )
        })}
      </ul>
      <AttachForm
        to="security-group"
        label={t`Add to security group`}
        isReading={isPending}
        choices={groups
          ?.filter((group) => own.every(({ id }) => id !== group.id))
          .map((group) => ({
            id: group.id,
            name: group.name ?? group.id,
            about: <SecuritySummary group={group} />,
          }))}
      />
    </Card>
  )
}

/** The IP range of a managed network; undefined for an unmanaged one. */
function useRange(): (network: PrivateNetwork) => string | undefined {
  const { t } = useLingui()
  return (network) => {
    const { 'start-ip': start, 'end-ip': end } = network
    return start && end ? t`${start} to ${end}` : undefined
  }
}

function NetworksCard() {
  const { t } = useLingui()
  const { row } = useInstance()
  const query = useQuery(privateNetworksQuery(row.zone))
  const { data: networks, isPending } = query
  const range = useRange()
  const own = row['private-networks'] ?? []
  return (
    <Card title={t`Private networks`} className="lg:col-span-2">
      <ReadProblem
        query={query}
        title={t`Couldn’t read the private networks`}
        className="mb-3"
      />
      {own.length === 0 && (
        <p className="text-sm text-muted">
          <Trans>No private networks</Trans>
        </p>
      )}
      <ul className="grid gap-4 text-sm">
        {own.map(({ id, 'mac-address': mac }) => {
          const network = networks?.find((one) => one.id === id)
          const lease = network?.leases?.find((one) => one['instance-id'] === row.id)?.ip
          return (
            <li key={id}>
              <p className="mb-1 flex flex-wrap items-center gap-x-2 font-medium">
                <Named id={id} name={network?.name} isReading={isPending} />
                <span className="grow font-normal text-muted">{network?.description}</span>
                {!isPending && (
                  <DetachButton
                    from="private-network"
                    id={id}
                    name={network?.name ?? id}
                    address={lease}
                  />
                )}
              </p>
              <KeyValue>
                <Pair label={t`IP address`}>
                  {lease || !network ? (
                    code(lease, isPending)
                  ) : (
                    <Trans>Configured in the operating system</Trans>
                  )}
                </Pair>
                <Pair label={t`IP range`}>
                  {network ? (
                    (range(network) ?? t`Unmanaged`)
                  ) : (
                    <MissingValue isReading={isPending} />
                  )}
                </Pair>
                <Pair label={t`MAC address`}>{code(mac)}</Pair>
              </KeyValue>
            </li>
          )
        })}
      </ul>
      <AttachForm
        to="private-network"
        label={t`Attach private network`}
        isReading={isPending}
        choices={networks
          ?.filter((network) => own.every(({ id }) => id !== network.id))
          .map((network) => ({
            id: network.id,
            name: network.name ?? network.id,
            about:
              range(network) ??
              t`Unmanaged. Configure IP addresses in the operating system.`,
            takesAddress: range(network) !== undefined,
          }))}
      />
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
