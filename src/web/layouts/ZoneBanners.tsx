import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'

import type { ZoneHealth } from '#contract/feed.ts'
import type { InstanceListItem } from '#contract/types.ts'
import { zoneCity } from '#contract/zones.ts'

import { callZone, problemOf } from '../api/client.ts'
import { useInventory } from '../api/inventory.ts'
import { formatClock } from '../components/format.ts'
import { Banner } from '../ui/Banner.tsx'
import { Button } from '../ui/Button.tsx'

/** Asks the zone itself; once it answers, the watcher's next poll brings the rows. */
function ZoneDown({ health }: { health: ZoneHealth }) {
  const { t } = useLingui()
  const { zone, at, problem } = health
  const city = zoneCity(zone)
  const time = at ? formatClock(at) : null
  const retry = useMutation({
    mutationFn: () =>
      callZone<{ instances: InstanceListItem[] }>('list-instances', { zone }),
  })
  const message = retry.error ? problemOf(retry.error).message : problem?.message
  return (
    <Banner
      kind="warning"
      title={
        time
          ? t`${city} did not answer — showing data from ${time}.`
          : t`${city} did not answer.`
      }
      action={
        <Button size="sm" pending={retry.isPending} onClick={() => retry.mutate()}>
          <Trans>Retry</Trans>
        </Button>
      }
    >
      {retry.isSuccess ? t`It answers again; the list follows in a moment.` : message}
    </Banner>
  )
}

/** What is not as it should be between this page, the server and the zones. */
export function ZoneBanners() {
  const { t } = useLingui()
  const zones = useInventory((state) => state.zones)
  const feed = useInventory((state) => state.feed)
  return (
    <>
      {feed === 'lost' && (
        <Banner kind="warning" title={t`Reconnecting to Vedette…`}>
          <Trans>What you see may be out of date until then.</Trans>
        </Banner>
      )}
      {zones.map((health) => {
        const city = zoneCity(health.zone)
        if (health.status === 'down') return <ZoneDown key={health.zone} health={health} />
        if (health.status !== 'slow') return null
        return (
          <Banner key={health.zone} kind="info">
            <Trans>{city} is slow to answer.</Trans>
          </Banner>
        )
      })}
    </>
  )
}
