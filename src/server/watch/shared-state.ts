/** Takes what another server says of the zones, operations, chains and jobs into what is known here. */
import type { ZoneHealth } from '#contract/feed.ts'
import type { FollowedOperation } from '#contract/operation.ts'

import type { SharedState, ZoneState } from '../replicas/shared-feed.ts'
import type { Operations } from './operations.ts'
import type { Told } from './told.ts'
import type { Watched } from './watched.ts'

type Known = {
  zones: ReadonlyMap<string, Watched>
  told: Told
  operations: Operations
  /** Called after each change. */
  changed(): void
  heard(operation: FollowedOperation): void
}

/** A zone as the inventory has it. */
export const stateOfZone = ({ health, instances }: Watched): ZoneState => ({
  ...health,
  instances: instances.all(),
})

/** What servers that share the zones' state say and take of it. */
export function sharedState({
  zones,
  told,
  operations,
  changed,
  heard,
}: Known): Pick<SharedState, 'apply' | 'zoneState' | 'takeZoneState'> {
  const takeHealth = (health: ZoneHealth) => {
    const watched = zones.get(health.zone)
    if (!watched) return
    watched.health = health
    watched.isKnown()
  }
  return {
    apply(event) {
      if (event.type === 'chain') told.chain(event.chain)
      else if (event.type === 'job') told.job(event.job)
      else if (event.type === 'instances')
        zones.get(event.zone)?.instances.apply(event, Date.now())
      else if (event.type === 'zone') {
        const { type: _type, ...health } = event
        takeHealth(health)
      } else if (event.type === 'operation') {
        operations.show(event.operation)
        heard(event.operation)
      }
      changed()
    },
    zoneState(zone) {
      const watched = zones.get(zone)
      return watched && stateOfZone(watched)
    },
    takeZoneState({ instances, ...health }) {
      zones.get(health.zone)?.instances.replace(instances, Date.now())
      takeHealth(health)
      changed()
    },
  }
}
