import type {
  CreateBlockStorageVolume,
  CreateInstance,
  UpdateBlockStorageVolume,
  UpdateInstance,
} from '../types.ts'
/** A call to the platform as Terraform would have it: the attributes that it changes. */
import { idOf, sizeOf, userDataFile } from './names.ts'
import type { Call, Naming } from './same-as.ts'

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

/** What would be written in Terraform; null where it has no words for it. */
export function terraform(call: Call, naming: Naming): string | null {
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
    case 'create-block-storage-volume': {
      const { name = '', size, labels } = body as CreateBlockStorageVolume
      const head = `resource "exoscale_block_storage_volume" ${hclString(resourceName(name))}`
      return block(head, [
        ['zone', hclString(zone)],
        ['name', hclString(name)],
        ['size', String(size)],
        ...(labels ? [['labels', hclLabels(labels)] as Attribute] : []),
      ])
    }
    case 'update-block-storage-volume': {
      const { name, labels } = body as UpdateBlockStorageVolume
      return block('resource "exoscale_block_storage_volume" "it"', [
        ...(name === undefined ? [] : [['name', hclString(name)] as Attribute]),
        ...(labels ? [['labels', hclLabels(labels)] as Attribute] : []),
      ])
    }
    case 'resize-block-storage-volume':
      return block('resource "exoscale_block_storage_volume" "it"', [
        ['size', String(asked['size'])],
      ])
    case 'attach-block-storage-volume-to-instance': {
      const list = `[${hclString(idOf(parameters))}] # plus the existing ones`
      return change(['block_storage_volume_ids', list])
    }
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
