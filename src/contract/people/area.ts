/**
 * Says what a narrowed person may see and change: an admin can narrow viewers and operators to some zones and to
 * instances with given labels (docs/decisions/0030). Here are the rules; src/server/people/reach.ts applies them.
 */
import type { EndpointId, Role } from '../endpoints.ts'

/** `labels`: an instance is within if it has all of them. What is absent doesn't narrow. */
export type Area = { zones?: string[]; labels?: Record<string, string> }

/** The most zones and labels that a person can be narrowed to. */
export const AREA_ZONES_MOST = 50
export const AREA_LABELS_MOST = 10

type Labels = Readonly<Record<string, string>> | undefined

/** What a person is narrowed to; undefined for those who aren't, and for admins, who can't be. */
export const areaOf = ({ role, area }: { role: Role; area?: Area }): Area | undefined =>
  role === 'admin' ? undefined : area

/** Whether some of a zone may be theirs. */
export const hasZone = (area: Area | undefined, zone: string): boolean =>
  area?.zones === undefined || area.zones.includes(zone)

export const narrowsByLabel = (
  area: Area | undefined,
): area is Area & { labels: Record<string, string> } => area?.labels !== undefined

/** Whether labels are such that their instance is within; none are known of an unknown instance. */
export const hasLabels = (area: Area | undefined, labels: Labels): boolean =>
  !narrowsByLabel(area) ||
  Object.entries(area.labels).every(
    ([key, value]) => labels && Object.hasOwn(labels, key) && labels[key] === value,
  )

/** Whether an instance of this zone with these labels is theirs. */
export const isWithin = (area: Area | undefined, zone: string, labels: Labels): boolean =>
  hasZone(area, zone) && hasLabels(area, labels)

/** Labels as people write them. */
export const labelTexts = ({ labels = {} }: Area): string[] =>
  Object.entries(labels).map(([key, value]) => `${key}=${value}`)

/**
 * How an endpoint is narrowed:
 * - `zones`: only their zones are listed
 * - `read`: everyone in the zone may read it, without the instances of others in it
 * - `list`: only instances that are theirs
 * - `instance`: the instance in the path must be theirs
 * - `named`: the instance in the body must be theirs
 * - `labels`: the same as `instance`, and its labels must stay such that it is within
 * - `create`: what is created must have the labels
 * - `part`: the instance that it belongs to must be theirs
 * - `members`: one of its members must be theirs
 * - `operation`: what it was requested for must be theirs
 * - `shared`: of the zone and no instance's own: not for people who are narrowed by label
 * - `account`: of all zones: not for anyone who is narrowed
 */
export type AreaRule =
  | 'zones'
  | 'read'
  | 'list'
  | 'instance'
  | 'named'
  | 'labels'
  | 'create'
  | 'part'
  | 'members'
  | 'operation'
  | 'shared'
  | 'account'

/** The rule of every endpoint; the compiler asks for that of a new one. */
export const areaRules: Record<EndpointId, AreaRule> = {
  'list-zones': 'zones',
  'get-operation': 'operation',

  'list-instances': 'list',
  'get-instance': 'instance',
  'create-instance': 'create',
  'update-instance': 'labels',
  'delete-instance': 'instance',
  'start-instance': 'instance',
  'stop-instance': 'instance',
  'reboot-instance': 'instance',
  'reset-instance': 'instance',
  'scale-instance': 'instance',
  'resize-instance-disk': 'instance',
  'reveal-instance-password': 'instance',
  'reset-instance-password': 'instance',
  'add-instance-protection': 'instance',
  'remove-instance-protection': 'instance',
  'create-snapshot': 'instance',
  'revert-instance-to-snapshot': 'instance',
  'enable-tpm': 'instance',
  'reset-instance-field': 'labels',
  'get-console-proxy-url': 'instance',
  'get-reverse-dns-instance': 'instance',
  'update-reverse-dns-instance': 'instance',
  'delete-reverse-dns-instance': 'instance',

  'list-instance-types': 'read',
  'get-instance-type': 'read',
  'list-templates': 'read',
  'get-template': 'read',
  'list-deploy-targets': 'read',
  'list-quotas': 'read',
  // The same in all zones (docs/platform.md#zone-local-resources): a change reaches those that aren't theirs.
  'list-ssh-keys': 'read',
  'get-ssh-key': 'read',
  'register-ssh-key': 'account',
  'delete-ssh-key': 'account',
  'list-security-groups': 'read',
  'get-security-group': 'read',
  'create-security-group': 'account',
  'delete-security-group': 'account',
  'add-rule-to-security-group': 'account',
  'delete-rule-from-security-group': 'account',
  'attach-instance-to-security-group': 'named',
  'detach-instance-from-security-group': 'named',
  'list-anti-affinity-groups': 'read',
  'get-anti-affinity-group': 'read',
  'list-events': 'account',
  // Of the whole organization, without saying which instance a part is of.
  'get-usage-report': 'account',
  'get-impact-report': 'account',

  'list-elastic-ips': 'read',
  'get-elastic-ip': 'read',
  // It may take the traffic of an instance that isn't theirs.
  'attach-instance-to-elastic-ip': 'shared',
  'detach-instance-from-elastic-ip': 'named',
  'list-private-networks': 'read',
  'get-private-network': 'read',
  'attach-instance-to-private-network': 'named',
  'detach-instance-from-private-network': 'named',

  'list-snapshots': 'part',
  'get-snapshot': 'part',
  'delete-snapshot': 'part',
  'export-snapshot': 'part',
  'list-block-storage-volumes': 'part',
  'get-block-storage-volume': 'part',
  'create-block-storage-volume': 'shared',
  'delete-block-storage-volume': 'part',
  // Before it is attached, a volume is no instance's.
  'attach-block-storage-volume-to-instance': 'shared',
  'detach-block-storage-volume': 'part',
  'update-block-storage-volume': 'part',
  'resize-block-storage-volume': 'part',

  'list-instance-pools': 'members',
  'get-instance-pool': 'members',
  'evict-instance-pool-members': 'shared',
}

/** Endpoints that are refused to a narrowed person, whatever they are called with; empty for others. */
export const refusedBy = (area: Area | undefined): EndpointId[] =>
  // Object.keys types the table's keys as strings.
  (Object.keys(areaRules) as EndpointId[]).filter(
    (id) =>
      (area !== undefined && areaRules[id] === 'account') ||
      (narrowsByLabel(area) && areaRules[id] === 'shared'),
  )
