import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'

import type { Quota } from '#contract/types.ts'

import { quotasQuery } from '../../../api/queries.ts'
import { Meter } from '../../../ui/Meter.tsx'
import { useChosen } from './use-create-form.ts'

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
            <Trans>Your organization’s limit is 0, so the zone will reject this.</Trans>
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
  const gpus = (type?.gpus ?? 0) * count
  // Cards are counted per model, and a model's quota is named as its family
  // (docs/platform.md#quotas).
  const cards = gpus > 0 ? (quotaOf(type?.family ?? '') ?? quotaOf('gpu')) : undefined
  return (
    <>
      {instances && <QuotaMeter label={t`Instances`} quota={instances} added={count} />}
      {cards && <QuotaMeter label={t`GPUs`} quota={cards} added={gpus} />}
    </>
  )
}
