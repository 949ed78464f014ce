import { Trans, useLingui } from '@lingui/react/macro'
import { Link } from 'react-router'

import { useInstanceOperations } from '../../../api/inventory.ts'
import { formatDateTime, formatRelative } from '../../../components/format.ts'
import { OperationList } from '../../../components/OperationList.tsx'
import { MissingValue } from '../../../components/reading/MissingValue.tsx'
import { useNow } from '../../../hooks/use-now.ts'
import { Card } from '../../../ui/Card.tsx'
import { Code } from '../../../ui/Code.tsx'
import { KeyValue, Pair } from '../../../ui/KeyValue.tsx'
import { NextCard } from '../next/NextCard.tsx'
import { Address } from './Address.tsx'
import { ConnectCard } from './ConnectCard.tsx'
import { useInstance } from './instance-context.ts'
import { NoteCard } from './NoteCard.tsx'
import { PasswordCard } from './PasswordCard.tsx'
import { ScreenCard } from './ScreenCard.tsx'
import { SizeCard } from './SizeCard.tsx'
import { useTemplate, useTemplateRead } from './use-template.ts'
import { WhyCard } from './why/WhyCard.tsx'

const none = <span className="text-muted">–</span>

function AddressCard() {
  const { t } = useLingui()
  const { row, detail, isReading } = useInstance()
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
        <Pair label="IPv4">
          <Address kind="public-ip" />
        </Pair>
        <Pair label="IPv6">
          <Address kind="ipv6-address" />
        </Pair>
        <Pair label={t`Elastic IPs`}>
          {detail?.['elastic-ips']?.length ? (
            detail['elastic-ips'].map(({ id, ip }) => (
              <div key={id}>
                <Code copy>{ip ?? id}</Code>
              </div>
            ))
          ) : detail ? (
            none
          ) : (
            <MissingValue isReading={isReading} />
          )}
        </Pair>
        <Pair label={t`Private networks`}>{networks || none}</Pair>
        <Pair label={t`Security groups`}>{groups || none}</Pair>
      </KeyValue>
    </Card>
  )
}

function SystemCard() {
  const { t } = useLingui()
  const { row, detail, isReading } = useInstance()
  const now = useNow(true, 60_000)
  const { template, isLoading } = useTemplateRead()
  const created = row['created-at']
  const yesNo = (value: boolean | undefined) =>
    value === undefined ? <MissingValue isReading={isReading} /> : value ? t`On` : t`Off`
  return (
    <Card title={t`Operating system`}>
      <KeyValue>
        <Pair label={t`Template`}>
          {template ? (
            <span translate="no">{template.name ?? template.id}</span>
          ) : (
            <MissingValue isReading={isLoading} title={row.template?.id} />
          )}
        </Pair>
        <Pair label={t`Firmware`}>
          {template?.['boot-mode'] === 'uefi'
            ? 'UEFI'
            : (template?.['boot-mode'] ?? <MissingValue isReading={isLoading} />)}
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
            <MissingValue isReading={isReading} />
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
      <NextCard row={row} />
      <div className="grid gap-4 lg:grid-cols-2 print:grid-cols-2">
        {/* Both columns end on one line, however much either contains. */}
        <div className="flex min-w-0 flex-col gap-4 *:last:grow">
          <ScreenCard />
          <ConnectCard />
          <WhyCard />
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
