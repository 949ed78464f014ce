/** Keeps one world for each API key. */
import { seedWorld } from './seed/world.ts'
import type { World } from './world.ts'

export type Worlds = {
  /**
   * The world of an API key; an unknown key gets a fresh copy of the seed, so that tests
   * don't see each other's changes.
   */
  of(key: string): World
  /** Every world, as it is now. */
  all(): World[]
  /** A fresh copy of the seed for a key, with other ids than before; returns the world that it replaces. */
  renew(key: string): { before: World; after: World }
}

/**
 * Makes the worlds of one sandbox. Instances of keys other than `ownKey` have other ids, because all worlds share the
 * machines and their disks. `now` is the zone's clock in epoch milliseconds;
 * `extraInstances` are added to each world's seed, and with `withInstaller` each zone offers
 * Debian's installer as a template. `onNew` is called once for each world, when its key is
 * first seen.
 */
export function createWorlds(
  zoneNames: string[],
  options: {
    ownKey: string
    now(): number
    extraInstances: number
    withInstaller: boolean
    onNew(world: World): void
  },
): Worlds {
  const worlds = new Map<string, World>()
  let generation = 0
  const seed = (salt = '') => {
    const { extraInstances, withInstaller } = options
    return seedWorld(zoneNames, options.now(), extraInstances, withInstaller, salt)
  }
  const worldOf = (key: string) => {
    const known = worlds.get(key)
    if (known) return known
    const world = seed(key === options.ownKey ? '' : `key ${key} `)
    worlds.set(key, world)
    options.onNew(world)
    return world
  }
  return {
    of: worldOf,
    all: () => [...worlds.values()],
    renew(key) {
      const before = worldOf(key)
      generation += 1
      const after = seed(`world ${generation} `)
      // What was begun before still ends.
      for (const [name, zone] of after.zones)
        zone.operations = before.zones.get(name)?.operations ?? zone.operations
      before.isReplaced = true
      worlds.set(key, after)
      return { before, after }
    },
  }
}
