/** An entry of the story, as the zone stores it. */
import { typeName } from '#contract/limits.ts'
import type { Template } from '#contract/types.ts'

import { timestamp } from '../clock.ts'
import { instanceTypes } from '../nouns/instance-types.ts'
import { stableId } from '../stable-id.ts'
import type { KeptInstance } from '../world.ts'
import { antiAffinityGroups, securityGroupId } from './organisation.ts'
import type { Line } from './story.ts'
import { privateNetworkId } from './zone.ts'

const digitsOf = (text: string) => stableId(text).replaceAll('-', '')

const macAddress = (seed: string) => {
  // A world may have a hundred thousand of them.
  const digits = digitsOf(seed)
  return `06:${[0, 2, 4, 6, 8].map((at) => digits.slice(at, at + 2)).join(':')}`
}

/** What else the instance belongs to. */
function relations(line: Line, seed: string) {
  const keys = (line.keys ?? ['ana-laptop']).map((name) => ({ name }))
  return {
    'private-networks': (line.networks ?? []).map((name) => ({
      id: privateNetworkId(line.zone, name),
      'mac-address': macAddress(`${seed} ${name}`),
    })),
    'security-groups': (line.groups ?? ['default']).map((name) => ({
      id: securityGroupId(name),
    })),
    // The first key is returned twice, and these groups with their names
    // (docs/platform.md#get-instance).
    ...(keys[0] ? { 'ssh-key': keys[0] } : {}),
    'ssh-keys': keys,
    'anti-affinity-groups': antiAffinityGroups.filter(({ name }) => name === line.spread),
    'elastic-ips': [],
    'block-storage-volumes': [],
    snapshots: [],
  }
}

/** `index` determines its age and its address; another `salt` gives it another id. */
export function seedInstance(
  line: Line,
  templates: Template[],
  index: number,
  now: number,
  salt = '',
): KeptInstance {
  const type = instanceTypes.find((one) => typeName(one) === line.type)
  const template = templates.find(({ family }) => family === (line.family ?? 'ubuntu'))
  const seed = `${salt}instance ${line.zone} ${line.name}`
  const last = (Number.parseInt(digitsOf(seed).slice(4, 6), 16) % 250) + 2
  // Older than any snapshot, and so older than the day for which a password is stored.
  const created = now - (40 * 24 + index * 26) * 3_600_000
  const password = { text: stableId(`password ${seed}`).slice(0, 13), since: created }
  return {
    id: stableId(seed),
    name: line.name,
    state: line.state ?? 'running',
    'created-at': timestamp(created),
    'instance-type': { id: type?.id ?? '' },
    template: { id: template?.id ?? '' },
    labels: line.labels ?? {},
    'mac-address': macAddress(seed),
    'public-ip': `194.182.${160 + (index % 32)}.${last}`,
    'public-ip-assignment': 'inet4',
    ...relations(line, seed),
    'disk-size': line.gib ?? 50,
    'disk-encrypted': true,
    'secureboot-enabled': false,
    'tpm-enabled': false,
    'application-consistent-snapshot-enabled': false,
    ...(template?.['password-enabled'] ? { password } : {}),
    protected: false,
    ...line.more,
  }
}
