import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useWatch, useFormContext } from 'react-hook-form'

import { planCreate, seriesNames } from '#contract/create.ts'
import { typeName } from '#contract/limits.ts'

import { callOf } from '../../../api/mutations.ts'
import { formatGib, formatList } from '../../../components/format.ts'
import { SameAs } from '../../../components/SameAs.tsx'
import { zoneCity } from '../../../components/zone-city.ts'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { KeyValue, Pair } from '../../../ui/KeyValue.tsx'
import { useAccess, useKeyMaker } from './access/use-access.ts'
import { accessCalls } from './access/with-access.ts'
import { createOrder } from './create-body.ts'
import { useAllowed } from './own-labels.ts'
import { Quotas } from './Quotas.tsx'
import { useChosen } from './use-create-form.ts'
import type { Address, CreateValues } from './values.ts'

/** The calls that would create the same instances without Vedette. */
function SameCreate() {
  const { control } = useFormContext<CreateValues>()
  const { zone, template, type } = useChosen()
  // useWatch may leave out what no field has registered; the defaults have all of it.
  const typed = useWatch({ control }) as CreateValues
  const { state: key } = useKeyMaker()
  const before = accessCalls(zone, typed, useAccess(), key.name || 'NEW_SSH_KEY')
  const allowed = useAllowed()
  const order = createOrder(allowed(before.values), template)
  // An ID that the zone has yet to choose.
  const idOf = (index: number) =>
    order.names ? `NEW_INSTANCE_${index + 1}` : 'NEW_INSTANCE'
  const calls = (order.names ?? [order.body.name]).flatMap((name, index) =>
    planCreate(order, name).map((step) => callOf({ zone, id: idOf(index) }, step)),
  )
  const naming = {
    ...(type ? { types: [type] } : {}),
    ...(template ? { templates: [template] } : {}),
  }
  return <SameAs calls={[...before.calls, ...calls]} naming={naming} />
}

/** All choices at a glance, and the button, which the guided mode has at its end instead. */
export function SummaryCard({ pending, guided }: { pending: boolean; guided: boolean }) {
  const { t } = useLingui()
  const { control } = useFormContext<CreateValues>()
  const [name, count, disk, keys, address] = useWatch({
    control,
    name: ['name', 'count', 'disk', 'keys', 'address'],
  })
  const several = Number.isInteger(count) && count > 1 ? count : 1
  const names = seriesNames(name.trim(), several)
  const [first, last] = [names[0], names.at(-1)]
  const { zone, template, type } = useChosen()
  const { state: key } = useKeyMaker()
  const allKeys = useAccess().makesKey ? [...keys, key.name || t`New SSH key`] : keys
  const addresses: Record<Address, string> = {
    inet4: 'IPv4',
    dual: 'IPv4 + IPv6',
    none: t({ message: 'None', context: 'public IP address' }),
  }
  return (
    <Card title={t`Summary`}>
      <div className="grid gap-4">
        <KeyValue>
          <Pair label={t`Name`}>
            <bdi translate="no" className="break-all">
              {!name.trim()
                ? '–'
                : names.length > 1 && names.length === several
                  ? t`${first} to ${last}`
                  : name.trim()}
            </bdi>
          </Pair>
          <Pair label={t`Zone`}>{zoneCity(zone)}</Pair>
          <Pair label={t`Template`}>
            <span translate="no">{template?.name ?? template?.id ?? '–'}</span>
          </Pair>
          <Pair label={t`Size`}>
            <span translate="no">{type ? typeName(type) : '–'}</span>
          </Pair>
          <Pair label={t`Disk`}>{Number.isFinite(disk) ? formatGib(disk) : '–'}</Pair>
          <Pair label={t`SSH keys`}>
            <span translate="no">{formatList(allKeys) || '–'}</span>
          </Pair>
          <Pair label={t`Public IP address`}>{addresses[address]}</Pair>
        </KeyValue>
        <Quotas zone={zone} count={several} />
        {!guided && (
          <>
            <SameCreate />
            <Button type="submit" variant="primary" pending={pending}>
              {several > 1 ? (
                <Plural
                  value={several}
                  one="Create # instance"
                  other="Create # instances"
                />
              ) : (
                <Trans>Create instance</Trans>
              )}
            </Button>
          </>
        )}
      </div>
    </Card>
  )
}
