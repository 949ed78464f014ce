import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'

import type { Quota } from '#contract/types.ts'

import { quotasQuery } from '../../../api/queries.ts'
import { formatNumber } from '../../../components/format.ts'
import { Meter } from '../../../ui/Meter.tsx'
import { useChosen } from './use-create-form.ts'

/** Usage and limit of one resource; nothing where the zone doesn't report them. */
function QuotaMeter({
  label,
  quota,
  each,
  count,
}: {
  label: string
  quota: Quota
  /** What one instance adds. */
  each: number
  count: number
}) {
  const { usage, limit: reported } = quota
  if (usage === undefined || reported === undefined) return null
  const limit = reported < 0 ? null : reported
  const added = each * count
  return (
    <>
      <Meter label={label} used={usage} added={added} limit={limit} format={formatNumber} />
      {limit !== null && usage + added > limit && (
        <p className="text-xs text-error">
          {limit === 0 ? (
            <Trans>Your organization’s limit is 0, so the zone will reject this.</Trans>
          ) : usage + each <= limit ? (
            <Trans>
              This exceeds your organization’s limit, so the zone will probably create
              fewer.
            </Trans>
          ) : (
            <Trans>
              This exceeds your organization’s limit, so the zone will probably reject it.
            </Trans>
          )}
        </p>
      )}
    </>
  )
}

/** The limits that this choice counts towards, with what it adds. */
export function Quotas({ zone, count }: { zone: string; count: number }) {
  const { t } = useLingui()
  const { type } = useChosen()
  const { data } = useQuery(quotasQuery(zone))
  const quotaOf = (resource: string) => data?.find((one) => one.resource === resource)
  const instances = quotaOf('instance')
  const gpus = type?.gpus ?? 0
  // Cards are counted per model, and a model's quota is named as its family
  // (docs/platform.md#quotas).
  const cards = gpus > 0 ? (quotaOf(type?.family ?? '') ?? quotaOf('gpu')) : undefined
  return (
    <>
      {instances && (
        <QuotaMeter label={t`Instances`} quota={instances} each={1} count={count} />
      )}
      {cards && <QuotaMeter label={t`GPUs`} quota={cards} each={gpus} count={count} />}
    </>
  )
}
