/**
 * Writes a call to Exoscale as the exo command that does the same
 * (docs/platform.md#exo-and-terraform).
 */
import type { Call, Naming } from '../call.ts'
import type { EndpointId } from '../endpoints.ts'
import type {
  CreateBlockStorageVolume,
  CreateInstance,
  ResetInstance,
  StartInstance,
  UpdateBlockStorageVolume,
  UpdateInstance,
} from '../types.ts'
import { idOf, sizeOf, userDataFile, type Writer } from './names.ts'

/** A word, quoted so that every POSIX shell reads it literally. */
export function shellWord(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text
  return `'${text.replaceAll("'", `'\\''`)}'`
}

type Flag = [name: string, value?: string]

function command(words: string, names: readonly string[], flags: readonly Flag[]): string {
  const plain = names.filter((name) => !name.startsWith('-')).map(shellWord)
  // A value that begins with a dash would be read as a flag.
  const dashed = names.filter((name) => name.startsWith('-')).map(shellWord)
  const given = flags.map(([name, value]) =>
    value === undefined ? `--${name}` : `--${name} ${shellWord(value)}`,
  )
  const rest = dashed.length > 0 ? ['--', ...dashed] : []
  return ['exo', words, ...plain, ...given, ...rest].join(' ')
}

/** A flag with its value, or nothing without a value. */
const flag = (name: string, value: string | number | undefined): Flag[] =>
  value === undefined ? [] : [[name, String(value)]]

/** A flag without a value. */
const flagIf = (name: string, on: boolean | undefined): Flag[] => (on ? [[name]] : [])

const labelFlags = (labels: Record<string, string> = {}): Flag[] =>
  Object.entries(labels).map(([key, value]) => ['label', `${key}=${value}`])

const each = (name: string, list: readonly { id?: string; name?: string }[] = []) =>
  list.map((one): Flag => [name, one.name ?? one.id ?? ''])

const userData = (text: string | undefined): Flag[] =>
  flag('cloud-init', text === undefined ? undefined : userDataFile)

/** The members of a call's body that the table's entries read; the endpoint determines the shape. */
type Parts<Body> = {
  names?(body: Body, naming: Naming): string[]
  flags?(body: Body): Flag[]
}

/** A command for the object in the path: `words`, its id, other names, the zone, other flags. */
const about =
  <Body>(words: string, { names, flags }: Parts<Body> = {}): Writer =>
  (call, naming) => {
    const body = (call.body ?? {}) as Body // checked against the contract before it was sent
    const more = names?.(body, naming) ?? []
    const zone: Flag = ['zone', call.zone]
    return command(
      `compute ${words}`,
      [idOf(call), ...more],
      [zone, ...(flags?.(body) ?? [])],
    )
  }

const instance = <Body>(words: string, parts?: Parts<Body>): Writer =>
  about(`instance ${words}`, parts)

function createInstance({ zone, body }: Call, naming: Naming): string {
  const asked = body as CreateInstance // create-instance's body
  const flags: Flag[] = [
    ['zone', zone],
    ['template', asked.template.id],
    ['instance-type', sizeOf(asked['instance-type'].id, naming)],
    ['disk-size', String(asked['disk-size'])],
    ...each('ssh-key', asked['ssh-keys']),
    ...each('security-group', asked['security-groups']),
    ...each('anti-affinity-group', asked['anti-affinity-groups']),
    ...flag('public-ip', asked['public-ip-assignment']),
    ...labelFlags(asked.labels),
    ...userData(asked['user-data'] || undefined),
    ...flag('deploy-target', asked['deploy-target'] && (asked['deploy-target'].id ?? '')),
    ...flagIf('tpm', asked['tpm-enabled']),
    ...flagIf('secureboot', asked['secureboot-enabled']),
    ...flagIf(
      'application-consistent-snapshot-enabled',
      asked['application-consistent-snapshot-enabled'],
    ),
  ]
  return command('compute instance create', [asked.name ?? ''], flags)
}

function updateInstance(call: Call): string | null {
  const asked = call.body as UpdateInstance // update-instance's body
  const consistent = asked['application-consistent-snapshot-enabled']
  const flags: Flag[] = [
    ...flag('name', asked.name),
    ...labelFlags(asked.labels),
    ...userData(asked['user-data']),
    ...flagIf(
      `application-consistent-snapshot-enabled=${consistent}`,
      consistent !== undefined,
    ),
  ]
  // A public address has no flag (docs/platform.md#public-addresses).
  if (flags.length === 0) return null
  return command('compute instance update', [idOf(call)], [['zone', call.zone], ...flags])
}

/** Attach and detach: the object is in the path, the instance in the body. */
const attachment =
  (words: string, first: 'instance' | 'part'): Writer =>
  (call) => {
    // The body of every attach and detach, of which some have none.
    const { instance: holder, ip } = (call.body ?? {}) as {
      instance?: { id: string }
      ip?: string
    }
    const [own, its] = [holder ? [holder.id] : [], [idOf(call)]]
    const names = first === 'instance' ? [...own, ...its] : [...its, ...own]
    return command(`compute ${words}`, names, [['zone', call.zone], ...flag('ip', ip)])
  }

/** The command of each endpoint; an endpoint that isn't here has none. */
const writers: Partial<Record<EndpointId, Writer>> = {
  'create-instance': createInstance,
  'get-instance': instance('show'),
  'list-instances': ({ zone }) => command('compute instance list', [], [['zone', zone]]),
  'update-instance': updateInstance,
  'delete-instance': instance('delete'),
  'start-instance': instance<StartInstance>('start', {
    flags: (body) => flag('rescue-profile', body['rescue-profile']),
  }),
  'stop-instance': instance('stop'),
  'reboot-instance': instance('reboot'),
  'scale-instance': instance<{ 'instance-type'?: { id?: string } }>('scale', {
    names: (body, naming) => [sizeOf(body['instance-type']?.id, naming)],
  }),
  'resize-instance-disk': instance<{ 'disk-size': number }>('resize-disk', {
    names: (body) => [String(body['disk-size'])],
  }),
  'reset-instance': instance<ResetInstance>('reset', {
    flags: ({ template, 'disk-size': gib }) => [
      ...flag('template', template?.id || undefined),
      ...flag('disk-size', gib),
    ],
  }),
  'reset-instance-password': instance('reset-password'),
  'reveal-instance-password': instance('reveal-password'),
  'add-instance-protection': instance('update', { flags: () => [['protection']] }),
  'remove-instance-protection': instance('update', {
    flags: () => [['protection=false']],
  }),
  'get-console-proxy-url': instance('console-url'),
  'create-snapshot': instance('snapshot create'),
  'revert-instance-to-snapshot': instance<{ id: string }>('snapshot revert', {
    names: ({ id }) => [id],
  }),
  'delete-snapshot': instance('snapshot delete'),
  'export-snapshot': instance('snapshot export'),
  'enable-tpm': instance('enable-tpm'),
  'reset-instance-field': (call) =>
    command(
      'api reset-instance-field',
      [idOf(call), call.parameters?.['field'] ?? 'labels'],
      [['zone', call.zone]],
    ),
  'register-ssh-key': ({ body }) => {
    const { name } = body as { name: string } // register-ssh-key's body
    return command('compute ssh-key register', [name, 'key.pub'], [])
  },
  'delete-ssh-key': (call) => command('compute ssh-key delete', [idOf(call)], []),
  'attach-instance-to-security-group': attachment(
    'instance security-group add',
    'instance',
  ),
  'detach-instance-from-security-group': attachment(
    'instance security-group remove',
    'instance',
  ),
  'attach-instance-to-elastic-ip': attachment('instance elastic-ip attach', 'instance'),
  'detach-instance-from-elastic-ip': attachment('instance elastic-ip detach', 'instance'),
  'attach-instance-to-private-network': attachment(
    'instance private-network attach',
    'instance',
  ),
  'detach-instance-from-private-network': attachment(
    'instance private-network detach',
    'instance',
  ),
  'create-block-storage-volume': ({ zone, body }) => {
    const { name, size, labels } = body as CreateBlockStorageVolume // this endpoint's body
    const flags: Flag[] = [['zone', zone], ...flag('size', size), ...labelFlags(labels)]
    return command('compute block-storage create', [String(name)], flags)
  },
  'update-block-storage-volume': about<UpdateBlockStorageVolume>('block-storage update', {
    flags: ({ name, labels }) => [...flag('rename', name), ...labelFlags(labels)],
  }),
  'resize-block-storage-volume': about<{ size?: number }>('block-storage update', {
    flags: ({ size }) => flag('size', size),
  }),
  'attach-block-storage-volume-to-instance': attachment('block-storage attach', 'part'),
  'detach-block-storage-volume': attachment('block-storage detach', 'part'),
  'delete-block-storage-volume': attachment('block-storage delete', 'part'),
  'evict-instance-pool-members': about<{ instances: string[] }>('instance-pool evict', {
    names: ({ instances }) => instances,
  }),
  'update-reverse-dns-instance': instance<{ 'domain-name': string }>('update', {
    flags: (body) => flag('reverse-dns', body['domain-name']),
  }),
}

/** The command; null if exo has none for this call. */
export const exo: Writer = (call, naming) => writers[call.endpoint]?.(call, naming) ?? null
