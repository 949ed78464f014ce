import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useWatch, useFormContext } from 'react-hook-form'

import { typeName } from '#contract/limits.ts'
import { zoneCity } from '#contract/zones.ts'

import { quotasQuery } from '../../../api/queries.ts'
import { SameAs } from '../../../components/SameAs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { KeyValue, Pair } from '../../../ui/KeyValue.tsx'
import { Meter } from '../../../ui/Meter.tsx'
import { createBody } from './create-body.ts'
import { useChosen } from './use-create-form.ts'
import type { Address, CreateValues } from './values.ts'

/** What the organisation has and may have; says nothing where the zone does not tell. */
function InstanceQuota({ zone }: { zone: string }) {
  const { t } = useLingui()
  const { data } = useQuery(quotasQuery(zone))
  const quota = data?.find(({ resource }) => resource === 'instance')
  if (quota?.usage === undefined || quota.limit === undefined) return null
  const limit = quota.limit < 0 ? null : quota.limit
  return (
    <>
      <Meter label={t`Instances`} used={quota.usage} added={1} limit={limit} />
      {limit !== null && quota.usage >= limit && (
        <p className="text-xs text-error">
          <Trans>The limit is reached, so the zone will probably refuse this.</Trans>
        </p>
      )}
    </>
  )
}

/** The choice as it would be made elsewhere. */
function SameCreate() {
  const { control } = useFormContext<CreateValues>()
  const { zone, template, type } = useChosen()
  // useWatch may leave out what no field has registered; the defaults have all of it.
  const values = useWatch({ control }) as CreateValues
  const body = createBody(values, template)
  return (
    <SameAs
      calls={[{ endpoint: 'create-instance', zone, body }]}
      naming={type ? { types: [type] } : {}}
    />
  )
}

/** The whole choice at a glance, and the button. */
export function SummaryCard({ pending }: { pending: boolean }) {
  const { t } = useLingui()
  const { control } = useFormContext<CreateValues>()
  const [name, disk, keys, address] = useWatch({
    control,
    name: ['name', 'disk', 'keys', 'address'],
  })
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
              {name.trim() || '–'}
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
        <InstanceQuota zone={zone} />
        <SameCreate />
        <Button type="submit" variant="primary" pending={pending}>
          <Trans>Create instance</Trans>
        </Button>
      </div>
    </Card>
  )
}
