/**
 * What one API key sees: several zones and what the organisation shares between them. An
 * unknown key gets a fresh copy of the seed (design.md 6).
 */
import type {
  Instance,
  Operation,
  SecurityGroup,
  Snapshot,
  SshKey,
  Template,
} from '#contract/types.ts'

import { seedWorld } from './seed/world.ts'

/** An instance as the zone keeps it: what it tells, and what it never does (3.15). */
export type KeptInstance = Instance & { id: string; protected: boolean; password?: string }

export type ZoneStore = {
  name: string
  instances: Map<string, KeptInstance>
  snapshots: Map<string, Snapshot>
  templates: Map<string, Template>
  operations: Map<string, Operation>
  /** Instances with a mutation under way. */
  busy: Set<string>
}

export type World = {
  zones: Map<string, ZoneStore>
  sshKeys: Map<string, SshKey>
  securityGroups: Map<string, SecurityGroup>
}

export type Worlds = { of(key: string): World }

/** `onNew` is told of each world once, when its key is first seen. */
export function createWorlds(
  zoneNames: string[],
  options: { now(): number; extraInstances: number; onNew(world: World): void },
): Worlds {
  const worlds = new Map<string, World>()
  return {
    of(key) {
      const known = worlds.get(key)
      if (known) return known
      const world = seedWorld(zoneNames, options.now(), options.extraInstances)
      worlds.set(key, world)
      options.onNew(world)
      return world
    },
  }
}
