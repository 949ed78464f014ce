/** Shows what is wrong between this page, the server and the zones. */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'

import type { ZoneHealth } from '#contract/feed.ts'
import type { ProblemCode } from '#contract/problem.ts'
import type { InstanceListItem } from '#contract/types.ts'

import { callZone, problemOf } from '../api/client.ts'
import { useInventory } from '../api/inventory.ts'
import { formatClock } from '../components/format.ts'
import { ProblemText } from '../components/ProblemText.tsx'
import { Banner } from '../ui/Banner.tsx'
import { Button } from '../ui/Button.tsx'
import { citiesOf, groupTroubles, type Trouble } from './zone-troubles.ts'

/** The zones responded and rejected the server; any other problem is a zone that doesn't respond. */
function useRejectionTitle(): (trouble: Trouble) => string | undefined {
  const { t } = useLingui()
  return ({ code, zones }) => {
    const count = zones.length
    const cities = citiesOf(zones)
    const titles: Partial<Record<ProblemCode, string>> = {
      'bad-credentials': t`${plural(count, {
        one: `${cities} rejected this server’s API key or secret`,
        other: `${cities} rejected this server’s API key or secret`,
      })}`,
      'clock-skew': t`${plural(count, {
        one: `This server’s clock is wrong, so ${cities} rejects its requests`,
        other: `This server’s clock is wrong, so ${cities} reject its requests`,
      })}`,
      denied: t`This server’s API key doesn’t allow access to ${cities}`,
    }
    return titles[code]
  }
}

function useSilenceTitle(): (trouble: Trouble) => string {
  const { t } = useLingui()
  return ({ at, zones }) => {
    const count = zones.length
    const cities = citiesOf(zones)
    const time = formatClock(at ?? 0)
    if (at === undefined)
      return t`${plural(count, {
        one: `${cities} isn’t responding.`,
        other: `${cities} aren’t responding.`,
      })}`
    return t`${plural(count, {
      one: `${cities} isn’t responding. Showing data from ${time}.`,
      other: `${cities} aren’t responding. Showing data from ${time}.`,
    })}`
  }
}

const list = ({ zone }: ZoneHealth) =>
  callZone<{ instances: InstanceListItem[] }>('list-instances', { zone })

/** Retry calls the zones directly; once they respond, the server polls them and the rows follow. */
function ZonesDown({ trouble }: { trouble: Trouble }) {
  const { t } = useLingui()
  const rejectionOf = useRejectionTitle()
  const silenceOf = useSilenceTitle()
  const retry = useMutation({ mutationFn: () => Promise.all(trouble.zones.map(list)) })
  const rejection = rejectionOf(trouble)
  const problems = retry.error ? [problemOf(retry.error)] : trouble.problems
  return (
    <Banner
      kind={rejection ? 'error' : 'warning'}
      title={rejection ?? silenceOf(trouble)}
      action={
        <Button size="sm" pending={retry.isPending} onClick={() => retry.mutate()}>
          <Trans>Retry</Trans>
        </Button>
      }
    >
      {retry.isSuccess ? (
        t`Connected again. The list updates in a moment.`
      ) : (
        <ProblemText problems={problems} />
      )}
    </Banner>
  )
}

function SlowZones({ zones }: { zones: readonly ZoneHealth[] }) {
  const { t } = useLingui()
  const count = zones.length
  const cities = citiesOf(zones)
  return (
    <Banner kind="info">
      {t`${plural(count, {
        one: `${cities} is responding slowly.`,
        other: `${cities} are responding slowly.`,
      })}`}
    </Banner>
  )
}

export function ZoneBanners() {
  const { t } = useLingui()
  const zones = useInventory((state) => state.zones)
  const feed = useInventory((state) => state.feed)
  const slow = zones.filter(({ status }) => status === 'slow')
  return (
    <>
      {feed === 'lost' && (
        <Banner kind="warning" title={t`Reconnecting to Vedette…`}>
          <Trans>This page may be out of date until the connection is back.</Trans>
        </Banner>
      )}
      {groupTroubles(zones).map((trouble) => (
        // What an earlier Retry said is no longer true of another cause.
        <ZonesDown key={JSON.stringify(trouble.problems)} trouble={trouble} />
      ))}
      {slow.length > 0 && <SlowZones zones={slow} />}
    </>
  )
}
