/**
 * A call to the platform as somebody would make it without this console: with the exo command
 * line, as a request, in Terraform. Secrets and files are placeholders. Null where there is no
 * equivalent (exoscale-api.md 7).
 */
import { endpointPath, endpoints, type EndpointId } from '../endpoints.ts'
import type { CreateInstance, InstanceType, UpdateInstance } from '../types.ts'
import { idOf, sizeOf, userDataFile } from './names.ts'
import { terraform } from './terraform.ts'

export type Call = {
  endpoint: EndpointId
  zone: string
  /** Of the path: `id`, `instance-id`, `name`. */
  parameters?: Record<string, string>
  body?: unknown
}

export type Style = 'exo' | 'request' | 'terraform'

/** Where this is known, sizes are written by name. */
export type Naming = { types?: readonly InstanceType[] }

/** A word as every POSIX shell takes it: whole, and as nothing else. */
export function shellWord(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text
  return `'${text.replaceAll("'", `'\\''`)}'`
}

type Flag = [name: string, value?: string]

function command(words: string, names: string[], flags: Flag[]): string {
  const plain = names.filter((name) => !name.startsWith('-')).map(shellWord)
  // What begins with a dash would be read as a flag.
  const dashed = names.filter((name) => name.startsWith('-')).map(shellWord)
  const given = flags.map(([name, value]) =>
    value === undefined ? `--${name}` : `--${name} ${shellWord(value)}`,
  )
  const rest = dashed.length > 0 ? ['--', ...dashed] : []
  return ['exo', words, ...plain, ...given, ...rest].join(' ')
}

const labelFlags = (labels: Record<string, string> = {}): Flag[] =>
  Object.entries(labels).map(([key, value]) => ['label', `${key}=${value}`])

const each = (name: string, list: readonly { id?: string; name?: string }[] = []) =>
  list.map((one): Flag => [name, one.name ?? one.id ?? ''])

function exoCreate({ zone, body }: Call, naming: Naming): string {
  const asked = body as CreateInstance
  const address = asked['public-ip-assignment']
  const flags: Flag[] = [
    ['zone', zone],
    ['template', asked.template.id],
    ['instance-type', sizeOf(asked['instance-type'].id, naming)],
    ['disk-size', String(asked['disk-size'])],
    ...each('ssh-key', asked['ssh-keys']),
    ...each('security-group', asked['security-groups']),
    ...each('anti-affinity-group', asked['anti-affinity-groups']),
    ...(address ? [['public-ip', address] as Flag] : []),
    ...labelFlags(asked.labels),
    ...(asked['user-data'] ? [['cloud-init', userDataFile] as Flag] : []),
    ...(asked['deploy-target']
      ? [['deploy-target', asked['deploy-target'].id ?? ''] as Flag]
      : []),
    ...(asked['tpm-enabled'] ? [['tpm'] as Flag] : []),
    ...(asked['secureboot-enabled'] ? [['secureboot'] as Flag] : []),
    ...(asked['application-consistent-snapshot-enabled']
      ? [['application-consistent-snapshot-enabled'] as Flag]
      : []),
  ]
  return command('compute instance create', [asked.name ?? ''], flags)
}

function exoUpdate({ zone, parameters, body }: Call): string | null {
  const asked = body as UpdateInstance
  const flags: Flag[] = [
    ...(asked.name === undefined ? [] : [['name', asked.name] as Flag]),
    ...labelFlags(asked.labels),
    ...(asked['user-data'] === undefined ? [] : [['cloud-init', userDataFile] as Flag]),
    ...(asked['application-consistent-snapshot-enabled'] === undefined
      ? []
      : [
          [
            `application-consistent-snapshot-enabled=${asked['application-consistent-snapshot-enabled']}`,
          ] as Flag,
        ]),
  ]
  // A public address has no flag (exoscale-api.md 7).
  if (flags.length === 0) return null
  return command('compute instance update', [idOf(parameters)], [['zone', zone], ...flags])
}

/** Commands of what hangs on instances. */
const attachments: Partial<Record<EndpointId, string>> = {
  'attach-instance-to-security-group': 'instance security-group add',
  'detach-instance-from-security-group': 'instance security-group remove',
  'attach-instance-to-elastic-ip': 'instance elastic-ip attach',
  'detach-instance-from-elastic-ip': 'instance elastic-ip detach',
  'attach-instance-to-private-network': 'instance private-network attach',
  'detach-instance-from-private-network': 'instance private-network detach',
  'attach-block-storage-volume-to-instance': 'block-storage attach',
  'detach-block-storage-volume': 'block-storage detach',
  'delete-block-storage-volume': 'block-storage delete',
}

/** The path names what hangs, the body the instance; a command wants its own noun first. */
function exoAttachment({ endpoint, zone, parameters, body }: Call): string | null {
  const words = attachments[endpoint]
  if (!words) return null
  const { instance, ip } = (body ?? {}) as { instance?: { id: string }; ip?: string } // as asked
  const [own, its] = [instance ? [instance.id] : [], [idOf(parameters)]]
  const names = words.startsWith('instance ') ? [...own, ...its] : [...its, ...own]
  const flags: Flag[] = [['zone', zone], ...(ip ? [['ip', ip] as Flag] : [])]
  return command(`compute ${words}`, names, flags)
}

function exo(call: Call, naming: Naming): string | null {
  const { endpoint, zone, parameters, body } = call
  const id = idOf(parameters)
  const asked = (body ?? {}) as Record<string, unknown> // the contract's shape for each endpoint
  const at: Flag = ['zone', zone]
  const instance = (words: string, more: string[] = [], flags: Flag[] = []) =>
    command(`compute instance ${words}`, [id, ...more], [at, ...flags])
  const text = (key: string): Flag[] =>
    asked[key] === undefined ? [] : [[key, String(asked[key])]]
  switch (endpoint) {
    case 'create-instance':
      return exoCreate(call, naming)
    case 'get-instance':
      return instance('show')
    case 'list-instances':
      return command('compute instance list', [], [at])
    case 'update-instance':
      return exoUpdate(call)
    case 'delete-instance':
      return instance('delete')
    case 'start-instance':
      return instance('start', [], text('rescue-profile'))
    case 'stop-instance':
      return instance('stop')
    case 'reboot-instance':
      return instance('reboot')
    case 'scale-instance': {
      const type = asked['instance-type'] as { id?: string } | undefined
      return instance('scale', [sizeOf(type?.id, naming)])
    }
    case 'resize-instance-disk':
      return instance('resize-disk', [String(asked['disk-size'])])
    case 'reset-instance': {
      const template = asked['template'] as { id?: string } | undefined
      const flags: Flag[] = template?.id ? [['template', template.id]] : []
      return instance('reset', [], [...flags, ...text('disk-size')])
    }
    case 'reset-instance-password':
      return instance('reset-password')
    case 'reveal-instance-password':
      return instance('reveal-password')
    case 'add-instance-protection':
      return instance('update', [], [['protection']])
    case 'remove-instance-protection':
      return instance('update', [], [['protection=false']])
    case 'get-console-proxy-url':
      return instance('console-url')
    case 'create-snapshot':
      return instance('snapshot create')
    case 'revert-instance-to-snapshot':
      return instance('snapshot revert', [String(asked['id'])])
    case 'delete-snapshot':
      return instance('snapshot delete')
    case 'export-snapshot':
      return instance('snapshot export')
    case 'enable-tpm':
      return instance('enable-tpm')
    case 'reset-instance-field':
      return command(
        'api reset-instance-field',
        [id, parameters?.['field'] ?? 'labels'],
        [at],
      )
    case 'register-ssh-key':
      return command('compute ssh-key register', [String(asked['name']), 'key.pub'], [])
    case 'delete-ssh-key':
      return command('compute ssh-key delete', [id], [])
    case 'create-block-storage-volume':
      return command(
        'compute block-storage create',
        [String(asked['name'])],
        [at, ...text('size'), ...labelFlags(asked['labels'] as Record<string, string>)],
      )
    case 'update-block-storage-volume':
      return command(
        'compute block-storage update',
        [id],
        [
          at,
          ...(asked['name'] === undefined
            ? []
            : [['rename', String(asked['name'])] as Flag]),
          ...labelFlags(asked['labels'] as Record<string, string> | undefined),
        ],
      )
    case 'resize-block-storage-volume':
      return command('compute block-storage update', [id], [at, ...text('size')])
    case 'evict-instance-pool-members':
      return command(
        'compute instance-pool evict',
        [id, ...(asked['instances'] as string[])],
        [at],
      )
    case 'update-reverse-dns-instance':
      return instance('update', [], [['reverse-dns', String(asked['domain-name'])]])
    default:
      return exoAttachment(call)
  }
}

/** The body with what is secret, or long, as a placeholder. */
function shown(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body
  const placeholders: Record<string, string> = {
    'user-data': `<base64 of ${userDataFile}>`,
    'public-key': '<contents of key.pub>',
  }
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [key, placeholders[key] ?? value]),
  )
}

function request({ endpoint, zone, parameters, body }: Call): string {
  const { method } = endpoints[endpoint]
  const url = `https://api-${zone}.exoscale.com/v2${endpointPath(endpoint, parameters)}`
  const line = `${method} ${url}`
  if (body === undefined) return line
  return `${line}\ncontent-type: application/json\n\n${JSON.stringify(shown(body), null, 2)}`
}

/** The call in one style; null where that has no equivalent. */
export function sameAs(style: Style, call: Call, naming: Naming = {}): string | null {
  if (style === 'exo') return exo(call, naming)
  return style === 'request' ? request(call) : terraform(call, naming)
}

/** Several calls, one after the other; what has no equivalent is said in a comment. */
export function sameAsAll(
  style: Style,
  calls: readonly Call[],
  naming: Naming = {},
): string {
  const parts = calls.map(
    (call) => sameAs(style, call, naming) ?? `# no equivalent: ${call.endpoint}`,
  )
  return [...new Set(parts)].join(style === 'exo' ? '\n' : '\n\n')
}

/** What somebody did, as one script; each call with the moment it was made. */
export function scriptOf(
  calls: readonly (Call & { at: number })[],
  naming: Naming = {},
): string {
  const lines = calls.map((call) => {
    const text = sameAs('exo', call, naming) ?? `# no equivalent: ${call.endpoint}`
    return `# ${new Date(call.at).toISOString()}\n${text}`
  })
  return ['#!/bin/sh', 'set -e', '', ...lines, ''].join('\n')
}
