import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'

import type { ZoneHealth } from '#contract/feed.ts'
import type { InstanceListItem } from '#contract/types.ts'

import { callZone, problemOf } from '../api/client.ts'
import { useInventory } from '../api/inventory.ts'
import { formatClock } from '../components/format.ts'
import { useProblemTitle } from '../components/ProblemNotice.tsx'
import { Banner } from '../ui/Banner.tsx'
import { Button } from '../ui/Button.tsx'
import { citiesOf, groupTroubles, type Trouble } from './zone-troubles.ts'

const list = ({ zone }: ZoneHealth) =>
  callZone<{ instances: InstanceListItem[] }>('list-instances', { zone })

/** Asks the zones themselves; once they answer, the server polls them and the rows follow. */
function ZonesDown({ trouble }: { trouble: Trouble }) {
  const { t } = useLingui()
  const titleOf = useProblemTitle()
  const { zones, at, code, message, refused } = trouble
  const cities = citiesOf(zones)
  const retry = useMutation({ mutationFn: () => Promise.all(zones.map(list)) })
  const time = at ? formatClock(at) : null
  const silent = time
    ? t`${cities} did not answer — showing data from ${time}.`
    : t`${cities} did not answer.`
  const told = retry.error ? problemOf(retry.error).message : message
  return (
    <Banner
      kind={refused ? 'error' : 'warning'}
      title={refused ? `${cities}: ${titleOf({ code, status: 0, message })}.` : silent}
      action={
        <Button size="sm" pending={retry.isPending} onClick={() => retry.mutate()}>
          <Trans>Retry</Trans>
        </Button>
      }
    >
      {retry.isSuccess ? t`Connected again. The list updates in a moment.` : told}
    </Banner>
  )
}

/** What is not as it should be between this page, the server and the zones. */
export function ZoneBanners() {
  const { t } = useLingui()
  const zones = useInventory((state) => state.zones)
  const feed = useInventory((state) => state.feed)
  const slow = zones.filter(({ status }) => status === 'slow')
  const slowCities = citiesOf(slow)
  return (
    <>
      {feed === 'lost' && (
        <Banner kind="warning" title={t`Reconnecting to Vedette…`}>
          <Trans>This page may be out of date until the connection is back.</Trans>
        </Banner>
      )}
      {groupTroubles(zones).map((trouble) => (
        <ZonesDown key={trouble.code} trouble={trouble} />
      ))}
      {slow.length > 0 && (
        <Banner kind="info">
          {slow.length === 1
            ? t`${slowCities} is slow to answer.`
            : t`${slowCities} are slow to answer.`}
        </Banner>
      )}
    </>
  )
}
