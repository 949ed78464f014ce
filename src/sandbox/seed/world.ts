/** Makes a new world: the story's instances and what belongs to them. */
import { timestamp } from '../clock.ts'
import type { World, ZoneStore } from '../world.ts'
import { seedEvents } from './events.ts'
import { seedInstance } from './instances.ts'
import { antiAffinityGroups, securityGroups, sshKeys } from './organisation.ts'
import { seedPools } from './pools.ts'
import { story, type Line } from './story.ts'
import { seedTemplates } from './templates.ts'
import { seedVolumes } from './volumes.ts'
import {
  seedDeployTargets,
  seedElasticIps,
  seedPrivateNetworks,
  seedSnapshots,
} from './zone.ts'

function byId<T extends { id: string }>(list: readonly T[]): Map<string, T> {
  return new Map(list.map((one) => [one.id, structuredClone(one)]))
}

function reverseDnsOf(instances: ZoneStore['instances']): Map<string, string> {
  const named = [...instances.values()].filter(({ name }) => name === 'web-01')
  return new Map(named.map(({ id }) => [id, 'web-01.shop.example.com.']))
}

function seedZone(
  name: string,
  lines: Line[],
  now: number,
  withInstaller: boolean,
  salt: string,
): ZoneStore {
  const ownSince = timestamp(now - 40 * 24 * 3_600_000)
  const templates = seedTemplates(name, ownSince, withInstaller)
  const instances = byId(
    lines
      .filter(({ zone }) => zone === name)
      .map((line, index) => seedInstance(line, templates, index, now, salt)),
  )
  return {
    name,
    instances,
    snapshots: byId(seedSnapshots(instances, now)),
    templates: byId(templates),
    elasticIps: byId(seedElasticIps(name, instances)),
    privateNetworks: byId(seedPrivateNetworks(name, instances)),
    volumes: byId(seedVolumes(name, instances, now)),
    instancePools: byId(seedPools(instances)),
    deployTargets: byId(seedDeployTargets(name)),
    reverseDns: reverseDnsOf(instances),
    operations: new Map(),
    busy: new Set(),
  }
}

/**
 * A new world; `extra` instances besides the story are spread over its zones. With the installer, each
 * zone has one more template. Instances of another `salt` have other ids, so that nothing known of those before is taken for theirs.
 */
export function seedWorld(
  zoneNames: string[],
  now: number,
  extra: number,
  withInstaller = false,
  salt = '',
): World {
  const crowd = Array.from({ length: extra }, (_, index): Line => ({
    name: `node-${String(index + 1).padStart(5, '0')}`,
    zone: zoneNames[index % zoneNames.length] ?? '',
    type: 'standard.small',
    state: index % 7 === 0 ? 'stopped' : 'running',
    labels: { app: 'grid', rack: String(index % 40) },
  }))
  const lines = [...story, ...crowd]
  const zones = zoneNames.map((name) => seedZone(name, lines, now, withInstaller, salt))
  return {
    zones: new Map(zones.map((zone) => [zone.name, zone])),
    sshKeys: new Map(sshKeys.map((key) => [key.name, { ...key }])),
    publicKeys: new Map(),
    securityGroups: byId(securityGroups),
    antiAffinityGroups: byId(antiAffinityGroups),
    limits: {
      instance: Math.max(40, lines.length + 10),
      snapshot: 20,
      'block-storage-volume': 20,
      'block-storage': 4_000,
    },
    events: seedEvents(zones, now),
    gone: [],
    dark: new Set(),
    first: new Set(
      zones.flatMap(({ instances, snapshots }) => [
        ...instances.keys(),
        ...snapshots.keys(),
      ]),
    ),
  }
}
