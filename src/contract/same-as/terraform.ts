/** Writes a call to Exoscale as the attributes that Terraform would have to change. */
import type { Call, Naming } from '../call.ts'
import type { EndpointId } from '../endpoints.ts'
import type {
  CreateBlockStorageVolume,
  CreateInstance,
  StartInstance,
  UpdateBlockStorageVolume,
  UpdateInstance,
} from '../types.ts'
import { idOf, sizeOf, userDataFile, type Writer } from './names.ts'

/** An HCL string in which nothing is evaluated. */
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

/** A valid resource name for Terraform. */
function resourceName(name: string): string {
  const safe = name.replaceAll(/[^\w-]+/g, '_').replace(/^(?=[^A-Za-z_])/, '_')
  return safe === '' ? '_' : safe
}

/** An attribute, or nothing without a value. */
const attribute = (name: string, value: string | undefined): Attribute[] =>
  value === undefined ? [] : [[name, value]]

const text = (name: string, value: string | undefined): Attribute[] =>
  attribute(name, value === undefined ? undefined : hclString(value))

const labelsOf = (labels: Record<string, string> | undefined): Attribute[] =>
  attribute('labels', labels && hclLabels(labels))

const userData = (content: string | undefined): Attribute[] =>
  attribute(
    'user_data',
    content === undefined ? undefined : `file(${hclString(userDataFile)})`,
  )

function createInstance({ zone, body }: Call, naming: Naming): string {
  const asked = body as CreateInstance // create-instance's body
  const name = asked.name ?? 'instance'
  const address = asked['public-ip-assignment']
  const list = (name: string, of: readonly { id?: string; name?: string }[] = []) =>
    attribute(name, of.length > 0 ? hclList(of) : undefined)
  const yes = (name: string, on: boolean | undefined) =>
    attribute(name, on ? 'true' : undefined)
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
    ...labelsOf(asked.labels),
    ...userData(asked['user-data'] || undefined),
    ...attribute('state', asked['auto-start'] === false ? '"stopped"' : undefined),
  ])
}

/**
 * For an existing resource, only the changed attributes are written. `Body` is the shape of the
 * endpoint's body in the contract; null if Terraform has no equivalent.
 */
const change =
  <Body>(
    attributes: (body: Body, naming: Naming) => Attribute[],
    resource = 'exoscale_compute_instance',
  ): Writer =>
  ({ body }, naming) => {
    // Checked against the contract before it was sent.
    const changed = attributes((body ?? {}) as Body, naming)
    return changed.length > 0 ? block(`resource "${resource}" "it"`, changed) : null
  }

const volumeResource = 'exoscale_block_storage_volume'

/** The block of each endpoint; an endpoint that isn't here has none. */
const writers: Partial<Record<EndpointId, Writer>> = {
  'create-instance': createInstance,
  'get-instance': (call) =>
    block('data "exoscale_compute_instance" "it"', [
      ['zone', hclString(call.zone)],
      ['id', hclString(idOf(call))],
    ]),
  'list-instances': ({ zone }) =>
    block('data "exoscale_compute_instance_list" "all"', [['zone', hclString(zone)]]),
  'start-instance': change<StartInstance>((body) =>
    attribute('state', body['rescue-profile'] ? undefined : '"running"'),
  ),
  'stop-instance': change(() => [['state', '"stopped"']]),
  'scale-instance': change<{ 'instance-type'?: { id?: string } }>((body, naming) => [
    ['type', hclString(sizeOf(body['instance-type']?.id, naming))],
  ]),
  'resize-instance-disk': change<{ 'disk-size': number }>((body) => [
    ['disk_size', String(body['disk-size'])],
  ]),
  'enable-tpm': change(() => [['enable_tpm', 'true']]),
  'add-instance-protection': change(() => [['destroy_protected', 'true']]),
  'remove-instance-protection': change(() => [['destroy_protected', 'false']]),
  'reset-instance-field': change(() => [['labels', '{}']]),
  'create-block-storage-volume': ({ zone, body }) => {
    const { name = '', size, labels } = body as CreateBlockStorageVolume // this endpoint's body
    return block(`resource "${volumeResource}" ${hclString(resourceName(name))}`, [
      ['zone', hclString(zone)],
      ['name', hclString(name)],
      ['size', String(size)],
      ...labelsOf(labels),
    ])
  },
  'update-block-storage-volume': change<UpdateBlockStorageVolume>(
    ({ name, labels }) => [...text('name', name), ...labelsOf(labels)],
    volumeResource,
  ),
  'resize-block-storage-volume': change<{ size: number }>(
    ({ size }) => [['size', String(size)]],
    volumeResource,
  ),
  'attach-block-storage-volume-to-instance': (call, naming) =>
    change(() => [
      ['block_storage_volume_ids', `[${hclString(idOf(call))}] # plus the existing ones`],
    ])(call, naming),
  'update-instance': change<UpdateInstance>(
    ({ name, labels, 'user-data': content, 'public-ip-assignment': address }) => [
      ...text('name', name),
      ...labelsOf(labels),
      ...userData(content),
      ...attribute('ipv6', address === 'dual' ? 'true' : undefined),
    ],
  ),
}

/** The Terraform block; null if there is no equivalent for this call. */
export const terraform: Writer = (call, naming) =>
  writers[call.endpoint]?.(call, naming) ?? null
