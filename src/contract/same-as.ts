/**
 * A call to the platform as somebody would make it without this console: with the exo command
 * line, as a request, in Terraform. Secrets and files are placeholders. Null where there is no
 * equivalent (exoscale-api.md 7).
 */
import { endpointPath, endpoints, type EndpointId } from './endpoints.ts'
import { typeName } from './limits.ts'
import type { CreateInstance, InstanceType, UpdateInstance } from './types.ts'

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

const userDataFile = 'user-data.yaml'

/** A word as every POSIX shell takes it: whole, and as nothing else. */
export function shellWord(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text
  return `'${text.replaceAll("'", `'\\''`)}'`
}

/** A string as HCL takes it, with nothing in it evaluated. */
export function hclString(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    // In a replacement, `$$` stands for one dollar.
    .replaceAll('${', '$$$${')
    .replaceAll('%{', '%%{')
  return `"${escaped}"`
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

function sizeOf(id: string | undefined, { types = [] }: Naming): string {
  const type = types.find((one) => one.id === id)
  return type ? typeName(type) : (id ?? '')
}

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

const idOf = (parameters: Record<string, string> = {}) =>
  parameters['instance-id'] ?? parameters['id'] ?? parameters['name'] ?? ''

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
    default:
      return null
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

type Attribute = [name: string, value: string]

function block(head: string, attributes: readonly Attribute[]): string {
  const width = Math.max(0, ...attributes.map(([name]) => name.length))
  const lines = attributes.map(([name, value]) => `  ${name.padEnd(width)} = ${value}`)
  return [`${head} {`, ...lines, '}'].join('\n')
}

const hclList = (list: readonly { id?: string; name?: string }[] = []) =>
  `[${list.map((one) => hclString(one.name ?? one.id ?? '')).join(', ')}]`

function hclLabels(labels: Record<string, string>): string {
  const entries = Object.entries(labels)
  if (entries.length === 0) return '{}'
  const lines = entries.map(([key, value]) => `    ${hclString(key)} = ${hclString(value)}`)
  return `{\n${lines.join('\n')}\n  }`
}

/** A name that Terraform takes for a resource. */
function resourceName(name: string): string {
  const safe = name.replaceAll(/[^\w-]+/g, '_').replace(/^(?=[^A-Za-z_])/, '_')
  return safe === '' ? '_' : safe
}

function terraformCreate({ zone, body }: Call, naming: Naming): string {
  const asked = body as CreateInstance
  const name = asked.name ?? 'instance'
  const address = asked['public-ip-assignment']
  const list = (
    attribute: string,
    of: readonly { id?: string; name?: string }[] = [],
  ): Attribute[] => (of.length > 0 ? [[attribute, hclList(of)]] : [])
  const yes = (attribute: string, on: boolean | undefined): Attribute[] =>
    on ? [[attribute, 'true']] : []
  return block(`resource "exoscale_compute_instance" ${hclString(resourceName(name))}`, [
    ['zone', hclString(zone)],
    ['name', hclString(name)],
    ['template_id', hclString(asked.template.id ?? '')],
    ['type', hclString(sizeOf(asked['instance-type'].id, naming))],
    ['disk_size', String(asked['disk-size'])],
    ...list('ssh_keys', asked['ssh-keys']),
    ...list('security_group_ids', asked['security-groups']),
    ...list('anti_affinity_group_ids', asked['anti-affinity-groups']),
    ...yes('ipv6', address === 'dual'),
    ...yes('private', address === 'none'),
    ...yes('enable_tpm', asked['tpm-enabled']),
    ...yes('enable_secure_boot', asked['secureboot-enabled']),
    ...(asked.labels ? [['labels', hclLabels(asked.labels)] as Attribute] : []),
    ...(asked['user-data']
      ? [['user_data', `file(${hclString(userDataFile)})`] as Attribute]
      : []),
    ...(asked['auto-start'] === false ? [['state', '"stopped"'] as Attribute] : []),
  ])
}

function terraform(call: Call, naming: Naming): string | null {
  const { endpoint, zone, parameters, body } = call
  const asked = (body ?? {}) as Record<string, unknown> // the contract's shape for each endpoint
  // Of a resource that is there already, only what changes is written.
  const change = (...attributes: Attribute[]) =>
    block('resource "exoscale_compute_instance" "it"', attributes)
  switch (endpoint) {
    case 'create-instance':
      return terraformCreate(call, naming)
    case 'get-instance':
      return block('data "exoscale_compute_instance" "it"', [
        ['zone', hclString(zone)],
        ['id', hclString(idOf(parameters))],
      ])
    case 'list-instances':
      return block('data "exoscale_compute_instance_list" "all"', [
        ['zone', hclString(zone)],
      ])
    case 'start-instance':
      return asked['rescue-profile'] ? null : change(['state', '"running"'])
    case 'stop-instance':
      return change(['state', '"stopped"'])
    case 'scale-instance': {
      const type = asked['instance-type'] as { id?: string } | undefined
      return change(['type', hclString(sizeOf(type?.id, naming))])
    }
    case 'resize-instance-disk':
      return change(['disk_size', String(asked['disk-size'])])
    case 'enable-tpm':
      return change(['enable_tpm', 'true'])
    case 'add-instance-protection':
      return change(['destroy_protected', 'true'])
    case 'remove-instance-protection':
      return change(['destroy_protected', 'false'])
    case 'reset-instance-field':
      return change(['labels', '{}'])
    case 'update-instance': {
      const { name, labels, ...rest } = body as UpdateInstance
      const attributes: Attribute[] = [
        ...(name === undefined ? [] : [['name', hclString(name)] as Attribute]),
        ...(labels ? [['labels', hclLabels(labels)] as Attribute] : []),
        ...(rest['user-data'] === undefined
          ? []
          : [['user_data', `file(${hclString(userDataFile)})`] as Attribute]),
        ...(rest['public-ip-assignment'] === 'dual' ? [['ipv6', 'true'] as Attribute] : []),
      ]
      return attributes.length > 0 ? change(...attributes) : null
    }
    default:
      return null
  }
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
