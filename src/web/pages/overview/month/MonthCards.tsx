/** The cards of this month: what was used and what that emits. A card that can't show anything can be hidden. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'

import type { EndpointId } from '#contract/endpoints.ts'

import { useInventory, zoneToAsk } from '../../../api/inventory.ts'
import { sessionQuery } from '../../../api/queries.ts'
import { useRoleBlock } from '../../../components/people/role-block.ts'
import { useNow } from '../../../hooks/use-now.ts'
import { Button } from '../../../ui/Button.tsx'
import { FootprintCard } from './FootprintCard.tsx'
import { UsageCard } from './UsageCard.tsx'
import { useHidden } from './use-hidden.ts'

/** Why this person may not read a report of the whole organization. */
function useReportBlock(): (endpoint: EndpointId) => string | null {
  const { t } = useLingui()
  const { data: session } = useQuery(sessionQuery)
  const roleBlock = useRoleBlock()
  return (endpoint) =>
    session?.refused?.includes(endpoint)
      ? t`This report is about the whole organization, and your account is limited to some zones or instances. An admin can change that.`
      : roleBlock(endpoint)
}

export function MonthCards() {
  const zones = useInventory((state) => state.zones)
  const now = useNow(true, 60_000)
  const blockOf = useReportBlock()
  const [isUsageHidden, hideUsage] = useHidden('usage')
  const [isFootprintHidden, hideFootprint] = useHidden('footprint')
  const shared = { zone: zoneToAsk(zones) ?? '', now }
  return (
    <>
      {!isFootprintHidden && (
        <FootprintCard
          {...shared}
          block={blockOf('get-impact-report')}
          onHide={() => hideFootprint(true)}
          className="md:col-span-2 print:col-span-2 xl:col-span-4 3xl:col-span-5"
        />
      )}
      {!isUsageHidden && (
        <UsageCard
          {...shared}
          block={blockOf('get-usage-report')}
          onHide={() => hideUsage(true)}
          className="md:col-span-2 print:col-span-2 xl:col-span-8 3xl:col-span-11"
        />
      )}
      {(isUsageHidden || isFootprintHidden) && (
        <div className="md:col-span-2 xl:col-span-12 3xl:col-span-16 print:hidden">
          <Button
            size="sm"
            variant="ghost"
            onClick={() => {
              hideUsage(false)
              hideFootprint(false)
            }}
          >
            <Trans>Show hidden cards</Trans>
          </Button>
        </div>
      )}
    </>
  )
}
