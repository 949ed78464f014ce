import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link } from 'react-router'

import { diskCeilingGib, GIB, sizeRank, typeName } from '#contract/limits.ts'
import type { InstanceType } from '#contract/types.ts'

import { useInstanceOperations } from '../../../api/inventory.ts'
import { templateQuery, typesQuery } from '../../../api/queries.ts'
import { formatDateTime, formatRelative } from '../../../components/format.ts'
import { OperationList } from '../../../components/OperationList.tsx'
import { useNow } from '../../../hooks/use-now.ts'
import { useActions } from '../../../instance/actions.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { Code } from '../../../ui/Code.tsx'
import { KeyValue, Pair } from '../../../ui/KeyValue.tsx'
import { Meter } from '../../../ui/Meter.tsx'
import { connectLine } from './connect-line.ts'
import { useInstance } from './instance-context.ts'
import { NoteCard } from './NoteCard.tsx'
import { PasswordCard } from './PasswordCard.tsx'
import { ScreenCard } from './ScreenCard.tsx'

const unknown = <span className="text-muted">–</span>

function useTemplate() {
  const { row } = useInstance()
  const { data } = useQuery({
    ...templateQuery(row.zone, row.template?.id ?? ''),
    enabled: Boolean(row.template),
  })
  return data
}

function ConnectCard() {
  const { t } = useLingui()
  const { row } = useInstance()
  const template = useTemplate()
  const address = row['public-ip'] ?? row['ipv6-address']
  const line = connectLine(template, address)
  const keys = row['ssh-keys']?.map(({ name }) => name) ?? []
  return (
    <Card title={t`Connect`}>
      {line ? (
        <Code block copy copyLabel={t`Copy command`}>
          {line.text}
        </Code>
      ) : (
        <p className="text-sm text-muted">
          {address ? (
            <Trans>Login details appear when the template has loaded.</Trans>
          ) : (
            <Trans>
              This instance has no public IP address. Connect through a private network or
              use the console.
            </Trans>
          )}
        </p>
      )}
      <p className="mt-2 text-sm text-muted">
        {line?.kind === 'rdp' ? (
          <Trans>Use this address in a Remote Desktop client.</Trans>
        ) : keys.length > 0 ? (
          <>
            <Trans>Takes the key</Trans>{' '}
            <span translate="no" className="text-text">
              {keys.join(', ')}
            </span>
            .
          </>
        ) : template && !template['password-enabled'] ? (
          <Trans>
            This instance was created without an SSH key, and its template doesn’t use
            passwords.
          </Trans>
        ) : null}
      </p>
    </Card>
  )
}

function Ladder({ type, types }: { type: InstanceType; types: InstanceType[] }) {
  const family = types
    .filter((one) => one.family === type.family)
    .sort((a, b) => sizeRank(a.size) - sizeRank(b.size))
  return (
    <ol className="mt-3 flex flex-wrap gap-x-1 gap-y-1 text-xs" translate="no">
      {family.map(({ id, size }) => (
        <li
          key={id}
          aria-current={id === type.id || undefined}
          className="rounded-sm px-1.5 py-0.5 text-muted aria-[current=true]:bg-selected aria-[current=true]:font-medium aria-[current=true]:text-accent"
        >
          {size}
        </li>
      ))}
    </ol>
  )
}

function SmallAction({ action }: { action: 'scale' | 'grow' }) {
  const { row } = useInstance()
  const { label, disabledReason, run } = useActions(row)[action]
  return (
    <Button size="sm" disabledReason={disabledReason} onClick={run}>
      {label}
    </Button>
  )
}

function SizeCard() {
  const { t } = useLingui()
  const { row, detail } = useInstance()
  const { data: types = [] } = useQuery(typesQuery(row.zone))
  const type = types.find(({ id }) => id === row['instance-type']?.id)
  const disk = detail?.['disk-size']
  const ceiling = diskCeilingGib(type)
  return (
    <Card
      title={t`Size and disk`}
      actions={
        <>
          <SmallAction action="scale" />
          <SmallAction action="grow" />
        </>
      }
    >
      {type ? (
        <>
          <p className="text-sm">
            <span className="text-lg font-semibold tabular-nums">
              {type.cpus} vCPU · {(type.memory ?? 0) / GIB} GiB
            </span>{' '}
            <span className="text-muted" translate="no">
              {typeName(type)}
            </span>
          </p>
          <Ladder type={type} types={types} />
        </>
      ) : (
        unknown
      )}
      <div className="mt-4">
        {disk === undefined ? (
          unknown
        ) : (
          <Meter
            label={ceiling ? t`Disk (documented maximum for this size)` : t`Disk`}
            used={disk}
            limit={ceiling ?? null}
            format={(gib) => `${gib} GiB`}
          />
        )}
      </div>
    </Card>
  )
}

function AddressCard() {
  const { t } = useLingui()
  const { row, detail } = useInstance()
  const one = (address: string | undefined): ReactNode =>
    address ? <Code copy>{address}</Code> : unknown
  const networks = row['private-networks']?.length ?? 0
  const groups = row['security-groups']?.length ?? 0
  return (
    <Card
      title={t`Network`}
      actions={
        <Link to="network" className="ui-link text-sm">
          <Trans>View network</Trans>
        </Link>
      }
    >
      <KeyValue>
        <Pair label="IPv4">{one(row['public-ip'])}</Pair>
        <Pair label="IPv6">{one(row['ipv6-address'])}</Pair>
        <Pair label={t`Elastic IPs`}>
          {detail?.['elastic-ips']?.length
            ? detail['elastic-ips'].map(({ id, ip }) => <div key={id}>{one(ip ?? id)}</div>)
            : unknown}
        </Pair>
        <Pair label={t`Private networks`}>{networks || unknown}</Pair>
        <Pair label={t`Security groups`}>{groups || unknown}</Pair>
      </KeyValue>
    </Card>
  )
}

function SystemCard() {
  const { t } = useLingui()
  const { row, detail } = useInstance()
  const now = useNow(true, 60_000)
  const template = useTemplate()
  const created = row['created-at']
  const yesNo = (value: boolean | undefined) =>
    value === undefined ? unknown : value ? t`On` : t`Off`
  return (
    <Card title={t`Operating system`}>
      <KeyValue>
        <Pair label={t`Template`}>
          <span translate="no">{template?.name ?? unknown}</span>
        </Pair>
        <Pair label={t`Firmware`}>
          {template?.['boot-mode'] === 'uefi'
            ? 'UEFI'
            : (template?.['boot-mode'] ?? unknown)}
        </Pair>
        <Pair label={t`Secure boot`}>{yesNo(detail?.['secureboot-enabled'])}</Pair>
        <Pair label="TPM">{yesNo(detail?.['tpm-enabled'])}</Pair>
        <Pair label={t`Disk encryption`}>{yesNo(detail?.['disk-encrypted'])}</Pair>
        <Pair label={t`Created`}>
          {created ? (
            <time dateTime={created} title={formatDateTime(created)}>
              {formatDateTime(created)}{' '}
              <span className="text-muted">({formatRelative(created, now)})</span>
            </time>
          ) : (
            unknown
          )}
        </Pair>
        <Pair label={t`ID`}>
          <Code copy>{row.id}</Code>
        </Pair>
      </KeyValue>
    </Card>
  )
}

export function OverviewTab() {
  const { t } = useLingui()
  const { row } = useInstance()
  const template = useTemplate()
  const latest = useInstanceOperations(row.zone, row.id).slice(0, 3)
  return (
    <>
      <div className="grid gap-4 lg:grid-cols-2">
        {/* Both columns end on one line, however much there is to say in either. */}
        <div className="flex min-w-0 flex-col gap-4 *:last:grow">
          <ScreenCard />
          <ConnectCard />
          <NoteCard />
        </div>
        <div className="flex min-w-0 flex-col gap-4 *:last:grow">
          <SizeCard />
          {template?.['password-enabled'] && <PasswordCard />}
          <AddressCard />
          <SystemCard />
        </div>
      </div>
      {latest.length > 0 && (
        <section aria-label={t`Recent activity`} className="grid gap-2">
          <h2 className="text-base font-semibold">
            <Trans>Recent activity</Trans>
          </h2>
          <OperationList operations={latest} />
        </section>
      )}
    </>
  )
}
