/**
 * Describes the world of one API key: several zones, and what the organization shares between them.
 * An unknown key gets a fresh copy of the seed, so that tests don't see each other's changes.
 */
import type { ScenarioId } from '#contract/sandbox/scenario.ts'
import type {
  AntiAffinityGroup,
  BlockStorageVolume,
  DeployTarget,
  ElasticIp,
  Instance,
  InstancePool,
  Operation,
  PrivateNetwork,
  SecurityGroup,
  Snapshot,
  SshKey,
  Template,
  ZoneEvent,
} from '#contract/types.ts'

import type { DiskFault } from './console/machine.ts'

/**
 * A password that Exoscale still returns, and since when in ms (docs/platform.md#passwords).
 */
export type KeptPassword = { text: string; since: number }

/**
 * An instance as the zone stores it: with what responses contain, and what they never contain
 * (docs/platform.md#protection).
 */
export type KeptInstance = Instance & {
  id: string
  protected: boolean
  password?: KeptPassword
  /** The public keys that were registered when it was created. */
  publicKeys?: string[]
  /** Of one that is being deleted: where and when, in epoch ms, and whether it ran until then. */
  destroyed?: { zone: string; at: number; wasRunning: boolean }
  /** What is wrong with its disk, if its screen is simulated. */
  fault?: DiskFault | undefined
  /** Its screen is simulated even where QEMU is installed. */
  simulated?: true
}

/** A snapshot, and the template of its disk, which a revert restores, too. */
export type KeptSnapshot = Snapshot & {
  id: string
  size: number
  templateId: string
  fault?: DiskFault | undefined
}

export type KeptVolume = BlockStorageVolume & { id: string; size: number }

/** A pool without its members, which are read from the instances. */
export type KeptPool = Omit<InstancePool, 'instances'> & { id: string; size: number }

export type ZoneStore = {
  name: string
  instances: Map<string, KeptInstance>
  snapshots: Map<string, KeptSnapshot>
  /** The public templates and the organization's own. */
  templates: Map<string, Template>
  elasticIps: Map<string, ElasticIp>
  privateNetworks: Map<string, PrivateNetwork>
  volumes: Map<string, KeptVolume>
  instancePools: Map<string, KeptPool>
  deployTargets: Map<string, DeployTarget>
  /** Names with their trailing dot, by instance id (docs/platform.md#reverse-dns). */
  reverseDns: Map<string, string>
  operations: Map<string, Operation>
  /** Instances, snapshots, volumes and pools with a change in progress. */
  busy: Set<string>
}

/** The sandbox's quotas; the last one in GiB. */
export type Limited = 'instance' | 'snapshot' | 'block-storage-volume' | 'block-storage'

export type World = {
  zones: Map<string, ZoneStore>
  sshKeys: Map<string, SshKey>
  /** The public keys by name; the seed's keys have none. */
  publicKeys: Map<string, string>
  securityGroups: Map<string, SecurityGroup>
  /** Without their members, which are read from the instances. */
  antiAffinityGroups: Map<string, AntiAffinityGroup>
  /** The organization's limits over all zones (docs/platform.md#quotas). */
  limits: Record<Limited, number>
  /** Oldest first. */
  events: ZoneEvent[]
  /** Deleted instances, the last ones: what they used is still reported. */
  gone: KeptInstance[]
  /** The zones that don't respond. */
  dark: Set<string>
  /** The ids of the instances and snapshots that it began with. */
  first: Set<string>
  scenario?: { id: ScenarioId; reached: boolean }
  /** Another world has replaced it: what it began still ends, but it starts no more machines. */
  isReplaced?: true
}
