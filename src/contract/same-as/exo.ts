/**
 * Writes a call to Exoscale as the exo commands that do the same
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
import {
  csvField,
  flag,
  flagIf,
  lineOf,
  toggle,
  written,
  type Command,
  type Flag,
  type Writer,
  type Written,
} from './exo-command.ts'
import { groupWriters } from './exo-groups.ts'
import { holderOf, idOf, namePlaceholder, sizeOf, userDataFile } from './names.ts'
import { nameNeeded, type Note } from './notes.ts'

const each = (name: string, list: readonly { id?: string; name?: string }[] = []) =>
  list.map((one): Flag => [name, csvField(one.name ?? one.id ?? '')])

/**
 * A label as exo reads it. With a single `=` in the flag, exo only trims the quotes at both ends;
 * with more it splits the flag as CSV. So a label with quotes is written twice, which makes it CSV
 * and sets the same label.
 */
function labelFlag(key: string, value: string): Flag {
  const pair = `${key}=${value}`
  const field = csvField(pair)
  const isCsv = value.includes('=') || !pair.includes('"')
  return ['label', isCsv ? field : `${field},${field}`]
}

type Flags = { flags: Flag[]; notes: Note[] }

/** exo splits a label at its first `=`, and its CSV has no carriage return before a line feed. */
function labelsOf(labels: Record<string, string> | null | undefined): Flags {
  const entries = Object.entries(labels ?? {})
  const fits = ([key, value]: [string, string]) =>
    key !== '' && !key.includes('=') && !`${key}${value}`.includes('\r')
  return {
    flags: entries.filter(fits).map(([key, value]) => labelFlag(key, value)),
    notes: entries
      .filter((entry) => !fits(entry))
      .map(([key]) => ({ code: 'label-unwritable', key })),
  }
}

/** User data comes from a file; `H4sI` is the beginning of gzip in Base64. */
const userData = (encoded: string | undefined): Flag[] =>
  encoded
    ? [
        ['cloud-init', userDataFile],
        ...flagIf('cloud-init-compress', encoded.startsWith('H4sI')),
      ]
    : []

/** exo looks among public templates unless it is told otherwise. */
function templateOf(id: string | undefined, { templates }: Naming): Flags {
  if (!id) return { flags: [], notes: [] }
  const visibility = templates?.find((one) => one.id === id)?.visibility
  return {
    flags: [
      ['template', id],
      ...flag('template-visibility', visibility === 'private' ? visibility : undefined),
    ],
    notes: visibility ? [] : [{ code: 'template-unknown' }],
  }
}

/** The members of a call's body that the table's entries read; the endpoint determines the shape. */
type Parts<Body> = {
  names?(body: Body): string[]
  flags?(body: Body): Flag[]
}

/** A command for the object in the path: `words`, its id, other names, the zone, other flags. */
const about =
  <Body>(words: string, { names, flags }: Parts<Body> = {}): Writer =>
  (call) => {
    const body = (call.body ?? {}) as Body // checked against the contract before it was sent
    const more = names?.(body) ?? []
    const zone: Flag = ['zone', call.zone]
    return written(words, [idOf(call), ...more], [zone, ...(flags?.(body) ?? [])])
  }

const instance = <Body>(words: string, parts?: Parts<Body>): Writer =>
  about(`instance ${words}`, parts)

function createInstance({ zone, body }: Call, naming: Naming): Written {
  const asked = body as CreateInstance // create-instance's body
  const size = sizeOf(asked['instance-type'].id, naming)
  if (!size) return { commands: [], notes: [{ code: 'size-unknown' }] }
  const keys = asked['ssh-keys'] ?? (asked['ssh-key'] ? [asked['ssh-key']] : [])
  const labels = labelsOf(asked.labels)
  const template = templateOf(asked.template.id, naming)
  const name = asked.name || namePlaceholder
  const flags: Flag[] = [
    ['zone', zone],
    ...template.flags,
    ['instance-type', size],
    ['disk-size', String(asked['disk-size'])],
    ...each('ssh-key', keys),
    ...each('security-group', asked['security-groups']),
    ...each('anti-affinity-group', asked['anti-affinity-groups']),
    ...flag('public-ip', asked['public-ip-assignment']),
    ...labels.flags,
    ...userData(asked['user-data']),
    ...flag('deploy-target', asked['deploy-target'] && (asked['deploy-target'].id ?? '')),
    ...flagIf('tpm', asked['tpm-enabled']),
    ...flagIf('secureboot', asked['secureboot-enabled']),
    ...toggle(
      'application-consistent-snapshot-enabled',
      asked['application-consistent-snapshot-enabled'],
    ),
  ]
  const stays = asked['auto-start'] === false
  const stop: Command = {
    words: 'compute instance stop',
    names: [name],
    flags: [['zone', zone]],
  }
  const notes: (Note | false)[] = [
    !asked.name && nameNeeded,
    keys.length === 0 && { code: 'one-time-key' },
    stays && { code: 'stopped-afterwards' },
  ]
  const { commands } = written('instance create', [name], flags)
  return {
    commands: stays ? [...commands, stop] : commands,
    notes: [...notes.filter((note) => note !== false), ...template.notes, ...labels.notes],
  }
}

const resetLabels = (zone: string, id: string): Command => ({
  words: 'api reset-instance-field',
  names: [id, 'labels'],
  flags: [['zone', zone]],
})

function updateInstance(call: Call): Written {
  const asked = call.body as UpdateInstance // update-instance's body
  const labels = labelsOf(asked.labels)
  const flags: Flag[] = [
    ...flag('name', asked.name),
    ...labels.flags,
    ...userData(asked['user-data']),
    ...toggle(
      'application-consistent-snapshot-enabled',
      asked['application-consistent-snapshot-enabled'],
    ),
  ]
  const [zone, id] = [call.zone, idOf(call)]
  const { commands } = written('instance update', [id], [['zone', zone], ...flags])
  const none = asked.labels && Object.keys(asked.labels).length === 0
  return {
    commands: [
      ...(flags.length > 0 ? commands : []),
      ...(none ? [resetLabels(zone, id)] : []),
    ],
    // docs/platform.md#public-addresses
    notes: asked['public-ip-assignment']
      ? [...labels.notes, { code: 'member-missing', member: 'public-ip-assignment' }]
      : labels.notes,
  }
}

function updateVolume(call: Call): Written {
  const asked = call.body as UpdateBlockStorageVolume // this endpoint's body
  const labels = labelsOf(asked.labels)
  const none = asked.labels && Object.keys(asked.labels).length === 0
  const flags: Flag[] = [
    ...flag('rename', asked.name),
    ...labels.flags,
    // exo reads an empty key with an empty value as a map without labels.
    ...flag('label', none ? '=' : undefined),
  ]
  if (flags.length === 0) return { commands: [], notes: labels.notes }
  const zone: Flag = ['zone', call.zone]
  return written('block-storage update', [idOf(call)], [zone, ...flags], labels.notes)
}

/** Attach and detach: the object is in the path, the instance in the body. */
const attachment =
  (words: string, first: 'instance' | 'part'): Writer =>
  (call) => {
    const { ip } = (call.body ?? {}) as { ip?: string } // every attach and detach may have it
    const holder = holderOf(call)
    const [own, its] = [holder ? [holder] : [], [idOf(call)]]
    const names = first === 'instance' ? [...own, ...its] : [...its, ...own]
    return written(words, names, [['zone', call.zone], ...flag('ip', ip)])
  }

/** The command of each endpoint; an endpoint that isn't here has none. */
const writers: Partial<Record<EndpointId, Writer>> = {
  ...groupWriters,
  'create-instance': createInstance,
  'get-instance': instance('show'),
  'list-instances': ({ zone }) => written('instance list', [], [['zone', zone]]),
  'update-instance': updateInstance,
  'delete-instance': instance('delete'),
  'start-instance': instance<StartInstance>('start', {
    flags: (body) => flag('rescue-profile', body['rescue-profile']),
  }),
  'stop-instance': instance('stop'),
  'reboot-instance': instance('reboot'),
  'scale-instance': (call, naming) => {
    const body = call.body as { 'instance-type'?: { id?: string } } // scale-instance's body
    const size = sizeOf(body['instance-type']?.id, naming)
    return size
      ? written('instance scale', [idOf(call), size], [['zone', call.zone]])
      : { commands: [], notes: [{ code: 'size-unknown' }] }
  },
  'resize-instance-disk': instance<{ 'disk-size': number }>('resize-disk', {
    names: (body) => [String(body['disk-size'])],
  }),
  'reset-instance': (call, naming) => {
    const body = call.body as ResetInstance // reset-instance's body
    const { flags, notes } = templateOf(body.template?.id, naming)
    const size = flag('disk-size', body['disk-size'])
    return written(
      'instance reset',
      [idOf(call)],
      [['zone', call.zone], ...flags, ...size],
      notes,
    )
  },
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
  'reset-instance-field': (call) => ({
    commands: [resetLabels(call.zone, idOf(call))],
    notes: [],
  }),
  'register-ssh-key': ({ body }) => {
    const { name } = body as { name: string } // register-ssh-key's body
    return written('ssh-key register', [name, 'key.pub'], [])
  },
  'delete-ssh-key': (call) => written('ssh-key delete', [idOf(call)], []),
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
    const { name, size, labels: map } = body as CreateBlockStorageVolume // this endpoint's body
    const labels = labelsOf(map)
    const flags: Flag[] = [['zone', zone], ...flag('size', size), ...labels.flags]
    return written(
      'block-storage create',
      [name || namePlaceholder],
      flags,
      name ? labels.notes : [nameNeeded, ...labels.notes],
    )
  },
  'update-block-storage-volume': updateVolume,
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
  // An empty name removes it.
  'delete-reverse-dns-instance': instance('update', { flags: () => [['reverse-dns', '']] }),
}

/** The IDs that exo finds by a name, because what has them is created by the same commands. */
export type NewNames = ReadonlyMap<string, string>

/** A call as the lines of a shell, and what is to be said of them. */
export type ExoText = { lines(force: boolean): string[]; notes: Note[] }

/** The commands of a call; null where exo has none for it. */
export function exo(
  call: Call,
  naming: Naming,
  newNames: NewNames = new Map(),
): ExoText | null {
  const found = writers[call.endpoint]?.(call, naming)
  if (!found) return null
  const { commands, notes } = found
  const byName = commands.map((command) => ({
    ...command,
    names: command.names.map((name) =>
      // The raw API takes IDs alone.
      command.words.startsWith('api ') ? name : (newNames.get(name) ?? name),
    ),
    flags: command.flags.map(([name, value]): Flag => {
      const created = name === 'security-group' ? newNames.get(value ?? '') : undefined
      if (created !== undefined) return [name, csvField(created)]
      return value === undefined ? [name] : [name, value]
    }),
  }))
  return { lines: (force) => byName.map((command) => lineOf(command, force)), notes }
}
