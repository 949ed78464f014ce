/** Collects what the tour goes by: the zones, the open screen, and the disk of its instance. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useLocation } from 'react-router'

import { isLeaving } from '#contract/lifecycle.ts'
import type { FollowedOperation } from '#contract/operation.ts'
import type { BootState } from '#contract/sandbox/scenario.ts'

import { useInventory } from '../../api/inventory.ts'
import { snapshotsQuery } from '../../api/queries.ts'
import { bootQuery } from '../../api/sandbox.ts'
import { advance, tourSteps, useTour, type Tour, type TourStep } from '../../stores/tour.ts'

const lookMs = 400

/** The instance whose screen is connected on this page. */
function useOpenScreen(): string | undefined {
  const { pathname } = useLocation()
  const [isOpen, setOpen] = useState(false)
  // Outside React: the screen has its own state, which it shows in its element.
  useEffect(() => {
    const look = () => setOpen(document.querySelector('[data-connection=open]') !== null)
    const timer = setInterval(look, lookMs)
    return () => clearInterval(timer)
  }, [])
  const id = /^\/instances\/[^/]+\/([^/]+)\/console$/.exec(pathname)?.[1]
  return isOpen ? id : undefined
}

/** The requests that each step waits for. */
const endpointsOf: Record<TourStep, readonly string[]> = {
  create: ['create-instance'],
  start: ['start-instance', 'create-instance'],
  screen: [],
  snapshot: ['create-snapshot'],
  break: ['reboot-instance'],
  revert: ['revert-instance-to-snapshot', 'start-instance', 'stop-instance'],
}

/** The last operation of this step, if it failed. */
function failedIn(
  { step, instance, startedAt }: Tour,
  operations: readonly FollowedOperation[],
): FollowedOperation | undefined {
  const name = tourSteps[step]
  if (!name) return undefined
  const last = operations
    .filter(
      (one) =>
        one.startedAt >= startedAt &&
        endpointsOf[name].includes(one.endpoint) &&
        (name === 'create' || one.instanceId === instance?.id),
    )
    .toSorted((a, b) => b.startedAt - a.startedAt)[0]
  return last && last.state !== 'pending' && last.state !== 'success' ? last : undefined
}

/** Advances the tour by what has happened; returns what its card says besides. */
export function useTourFacts(tour: Tour): {
  boot: BootState | undefined
  failed: FollowedOperation | undefined
} {
  const setTour = useTour((state) => state.setTour)
  const { rows, zones, operations } = useInventory()
  const screen = useOpenScreen()
  const { instance } = tour
  const isDone = tour.step >= tourSteps.length
  const { data: all } = useQuery({
    ...snapshotsQuery(instance?.zone ?? ''),
    enabled: instance !== undefined && !isDone,
  })
  const { data: disk } = useQuery({
    ...bootQuery(instance ?? { zone: '', id: '' }),
    enabled: instance !== undefined && !isDone,
  })
  useEffect(() => {
    const next = advance(tour, {
      loaded: zones.length > 0 && zones.every(({ status }) => status !== 'loading'),
      rows: [...rows.values()]
        .filter(({ state, mark }) => !isLeaving(state) && !mark?.fixture)
        .map(({ zone, id, name = '', state }) => ({ zone, id, name, state })),
      screen,
      snapshots: all?.filter((one) => one.instance?.id === instance?.id),
      boot: disk?.boot,
      done: operations
        .filter(
          (one) =>
            one.instanceId === instance?.id &&
            one.state === 'success' &&
            one.startedAt >= tour.startedAt,
        )
        .map(({ endpoint }) => endpoint),
    })
    if (next !== tour) setTour(next)
  }, [tour, setTour, rows, zones, operations, screen, all, disk, instance])
  return { boot: disk?.boot, failed: failedIn(tour, operations) }
}
