/**
 * Shows how much of the organization's quotas is used. Each zone returns the same
 * (docs/platform.md#quotas).
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'

import type { Quota } from '#contract/types.ts'

import { useInventory, zoneToAsk } from '../../api/inventory.ts'
import { quotasQuery } from '../../api/queries.ts'
import { formatList } from '../../components/format.ts'
import { useQuotaWords } from '../../components/quota-words.ts'
import { ReadProblem } from '../../components/reading/ReadProblem.tsx'
import { Card } from '../../ui/Card.tsx'
import { Meter } from '../../ui/Meter.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'

/** A resource without a limit, or whose limit is a maximum size, has words instead of a bar. */
function QuotaLine({ resource, usage, limit }: Quota) {
  const { t } = useLingui()
  const { name, format } = useQuotaWords()(resource)
  const line = (amount: string) => (
    <div className="flex justify-between gap-3 text-xs">
      <span className="text-muted">{name}</span>
      <span className="font-medium tabular-nums">{amount}</span>
    </div>
  )
  if (limit === undefined) return line(t`Unknown`)
  const most = format(limit)
  if (resource === 'block-storage-max-size' && limit > 0) return line(most)
  if (usage === undefined)
    return line(limit < 0 ? t`No limit` : t`Limit ${most}, usage unknown`)
  const used = format(usage)
  // Exoscale returns -1 for no limit.
  if (limit < 0) return line(usage > 0 ? t`${used}, no limit` : t`No limit`)
  return <Meter label={name} used={usage} limit={limit} format={format} />
}

// Exoscale returns 0 for what support has to enable first.
const isLocked = ({ limit, usage = 0 }: Quota) => limit === 0 && usage === 0

function QuotaList({ quotas }: { quotas: readonly Quota[] }) {
  const { t } = useLingui()
  const wordsOf = useQuotaWords()
  if (quotas.length === 0) return <p>{t`No limits reported for this zone`}</p>
  const locked = quotas.filter(isLocked)
  const names = formatList(locked.map(({ resource }) => wordsOf(resource).name))
  return (
    <>
      <ul className="grid gap-x-12 gap-y-5 lg:grid-cols-2">
        {quotas
          .filter((quota) => !isLocked(quota))
          .map((quota) => (
            <li key={quota.resource}>
              <QuotaLine {...quota} />
            </li>
          ))}
      </ul>
      {locked.length > 0 && (
        <p className="mt-5 border-t pt-3 text-xs text-muted">
          <Trans>Not enabled for your organization: {names}</Trans>
        </p>
      )}
    </>
  )
}

export function LimitsPage() {
  const { t } = useLingui()
  const zones = useInventory((state) => state.zones)
  const zone = zoneToAsk(zones) ?? ''
  const quotas = useQuery({ ...quotasQuery(zone), enabled: zone !== '' })
  return (
    <>
      <title>{t`Limits · Vedette`}</title>
      <h1 tabIndex={-1} className="flex min-h-control items-center text-xl font-semibold">
        <Trans>Limits</Trans>
      </h1>
      <p className="text-sm text-muted">
        <Trans>
          The limits of your organization across all zones. To raise a limit, contact
          Exoscale support.
        </Trans>
      </p>
      <ReadProblem
        query={quotas}
        waiting={<Skeleton className="h-40 w-full max-w-2xl" />}
      />
      {quotas.data && (
        <Card>
          <QuotaList quotas={quotas.data} />
        </Card>
      )}
    </>
  )
}
