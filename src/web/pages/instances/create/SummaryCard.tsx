import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useWatch, useFormContext } from 'react-hook-form'

import { stepCall } from '#contract/chain.ts'
import { planCreate, seriesNames } from '#contract/create.ts'
import { typeName } from '#contract/limits.ts'
import type { Quota } from '#contract/types.ts'
import { zoneCity } from '#contract/zones.ts'

import { quotasQuery } from '../../../api/queries.ts'
import { SameAs } from '../../../components/SameAs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { KeyValue, Pair } from '../../../ui/KeyValue.tsx'
import { Meter } from '../../../ui/Meter.tsx'
import { createOrder } from './create-body.ts'
import { useChosen } from './use-create-form.ts'
import type { Address, CreateValues } from './values.ts'

/** What the organisation has and may have; says nothing where the zone does not tell. */
function QuotaMeter({
  label,
  quota,
  added,
}: {
  label: string
  quota: Quota
  added: number
}) {
  const { usage, limit: told } = quota
  if (usage === undefined || told === undefined) return null
  const limit = told < 0 ? null : told
  return (
    <>
      <Meter label={label} used={usage} added={added} limit={limit} />
      {limit !== null && usage + added > limit && (
        <p className="text-xs text-error">
          {limit === 0 ? (
            <Trans>Your organisation has none of these, so the zone will refuse it.</Trans>
          ) : (
            <Trans>This is above the limit, so the zone will probably refuse it.</Trans>
          )}
        </p>
      )}
    </>
  )
}

/** The limits that this choice counts towards, with what it adds. */
function Quotas({ zone, count }: { zone: string; count: number }) {
  const { t } = useLingui()
  const { type } = useChosen()
  const { data } = useQuery(quotasQuery(zone))
  const quotaOf = (resource: string) => data?.find((one) => one.resource === resource)
  const instances = quotaOf('instance')
  const gpus = (type?.gpus ?? 0) * count
  // Cards are counted per model, and a model's quota is named as its family (4.12).
  const cards = gpus > 0 ? (quotaOf(type?.family ?? '') ?? quotaOf('gpu')) : undefined
  return (
    <>
      {instances && <QuotaMeter label={t`Instances`} quota={instances} added={count} />}
      {cards && <QuotaMeter label={t`Graphics cards`} quota={cards} added={gpus} />}
    </>
  )
}

/** The choice as it would be made elsewhere. */
function SameCreate() {
  const { control } = useFormContext<CreateValues>()
  const { zone, template, type } = useChosen()
  // useWatch may leave out what no field has registered; the defaults have all of it.
  const values = useWatch({ control }) as CreateValues
  const order = createOrder(values, template)
  const calls = (order.names ?? [order.body.name]).flatMap((name) =>
    planCreate(order, name).map((step) => ({
      endpoint: step.endpoint,
      zone,
      ...(step.endpoint === 'create-instance'
        ? { body: step.body }
        : stepCall(step, 'NEW_INSTANCE')),
    })),
  )
  return <SameAs calls={calls} naming={type ? { types: [type] } : {}} />
}

/** The whole choice at a glance, and the button. */
export function SummaryCard({ pending }: { pending: boolean }) {
  const { t } = useLingui()
  const { control } = useFormContext<CreateValues>()
  const [name, count, disk, keys, address] = useWatch({
    control,
    name: ['name', 'count', 'disk', 'keys', 'address'],
  })
  const several = Number.isInteger(count) && count > 1 ? count : 1
  const [first, last] = [1, several].map((at) => seriesNames(name.trim(), several)[at - 1])
  const { zone, template, type } = useChosen()
  const addresses: Record<Address, string> = {
    inet4: 'IPv4',
    dual: 'IPv4 + IPv6',
    none: t`none`,
  }
  return (
    <Card title={t`Summary`}>
      <div className="grid gap-4">
        <KeyValue>
          <Pair label={t`Name`}>
            <bdi translate="no" className="break-all">
              {!name.trim() ? '–' : several > 1 ? t`${first} to ${last}` : name.trim()}
            </bdi>
          </Pair>
          <Pair label={t`Zone`}>{zoneCity(zone)}</Pair>
          <Pair label={t`System`}>
            <span translate="no">{template?.name ?? '–'}</span>
          </Pair>
          <Pair label={t`Size`}>
            <span translate="no">{type ? typeName(type) : '–'}</span>
          </Pair>
          <Pair label={t`Disk`}>{Number.isFinite(disk) ? `${disk} GiB` : '–'}</Pair>
          <Pair label={t`SSH keys`}>
            <span translate="no">{keys.join(', ') || '–'}</span>
          </Pair>
          <Pair label={t`Public address`}>{addresses[address]}</Pair>
        </KeyValue>
        <Quotas zone={zone} count={several} />
        <SameCreate />
        <Button type="submit" variant="primary" pending={pending}>
          {several > 1 ? (
            <Trans>Create {several} instances</Trans>
          ) : (
            <Trans>Create instance</Trans>
          )}
        </Button>
      </div>
    </Card>
  )
}
