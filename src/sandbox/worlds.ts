/** Keeps one world for each API key. */
import { seedWorld } from './seed/world.ts'
import type { World } from './world.ts'

export type Worlds = {
  /**
   * The world of an API key; an unknown key gets a fresh copy of the seed, so that tests
   * don't see each other's changes.
   */
  of(key: string): World
}

/**
 * Makes the worlds of one sandbox. `now` is the zone's clock in epoch milliseconds;
 * `extraInstances` are added to each world's seed, and with `withInstaller` each zone offers
 * Debian's installer as a template. `onNew` is called once for each world, when its key is
 * first seen.
 */
export function createWorlds(
  zoneNames: string[],
  options: {
    now(): number
    extraInstances: number
    withInstaller: boolean
    onNew(world: World): void
  },
): Worlds {
  const worlds = new Map<string, World>()
  return {
    of(key) {
      const known = worlds.get(key)
      if (known) return known
      const { extraInstances, withInstaller } = options
      const world = seedWorld(zoneNames, options.now(), extraInstances, withInstaller)
      worlds.set(key, world)
      options.onNew(world)
      return world
    },
  }
}
