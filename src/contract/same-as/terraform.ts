/**
 * Writes calls to Exoscale as the blocks that a Terraform configuration would have, or of what
 * exists already, as the attributes that would have to change (docs/platform.md#exo-and-terraform).
 */
import type { Call, Naming } from '../call.ts'
import type { EndpointId } from '../endpoints.ts'
import type {
  CreateBlockStorageVolume,
  CreateInstance,
  StartInstance,
  UpdateBlockStorageVolume,
  UpdateInstance,
} from '../types.ts'
import {
  blockOf,
  hclMap,
  hclName,
  hclString,
  mergePieces,
  type Attribute,
  type Piece,
} from './hcl.ts'
import {
  createdBy,
  holderOf,
  idOf,
  namePlaceholder,
  sizeOf,
  userDataFile,
} from './names.ts'
import { commentOf, nameNeeded, type Note, type NoteWords } from './notes.ts'
import { groupBlock, ruleBlock, withReferences } from './terraform-groups.ts'

/** A block, or a remark where no block can be written. */
type Writer = (call: Call, naming: Naming) => Piece | { note: Note } | null

const instanceType = 'exoscale_compute_instance'
const volumeType = 'exoscale_block_storage_volume'

/** An attribute, or none where it has no value. */
const attribute = (name: string, value: Attribute[1] | undefined): Attribute[] =>
  value === undefined ? [] : [[name, value]]

const text = (name: string, value: string | null | undefined): Attribute[] =>
  attribute(name, value === undefined || value === null ? undefined : hclString(value))

const labelsOf = (labels: Record<string, string> | null | undefined): Attribute[] =>
  attribute('labels', labels ? hclMap(labels) : undefined)

/** The provider encodes it itself. */
const userData = (content: string | undefined): Attribute[] =>
  attribute('user_data', content ? `file(${hclString(userDataFile)})` : undefined)

const set = (name: string, list: readonly { id?: string; name?: string }[] = []) =>
  attribute(name, list.length > 0 ? list.map((one) => one.name ?? one.id ?? '') : undefined)

const yes = (name: string, on: boolean | undefined) =>
  attribute(name, on ? 'true' : undefined)

/** Which snapshots are made can't be set in Terraform. */
const consistentNote = (consistent: boolean | undefined): Note[] =>
  consistent === undefined
    ? []
    : [{ code: 'member-missing', member: 'application-consistent-snapshot-enabled' }]

function createInstance(call: Call, naming: Naming): Piece {
  const asked = call.body as CreateInstance // create-instance's body
  const size = sizeOf(asked['instance-type'].id, naming)
  const name = asked.name || namePlaceholder
  const address = asked['public-ip-assignment']
  return {
    kind: 'resource',
    type: instanceType,
    about: createdBy(call)?.id ?? name,
    name: hclName(name),
    attributes: [
      ['zone', hclString(call.zone)],
      ['name', hclString(name)],
      ['template_id', hclString(asked.template.id ?? '')],
      ...text('type', size),
      ['disk_size', String(asked['disk-size'])],
      ...set('ssh_keys', asked['ssh-keys'] ?? (asked['ssh-key'] ? [asked['ssh-key']] : [])),
      ...set('security_group_ids', asked['security-groups']),
      ...set('anti_affinity_group_ids', asked['anti-affinity-groups']),
      ...text('deploy_target_id', asked['deploy-target']?.id),
      ...yes('ipv6', address === 'dual'),
      ...yes('private', address === 'none'),
      ...yes('enable_tpm', asked['tpm-enabled']),
      ...yes('enable_secure_boot', asked['secureboot-enabled']),
      ...labelsOf(asked.labels),
      ...userData(asked['user-data']),
      ...attribute('state', asked['auto-start'] === false ? '"stopped"' : undefined),
    ],
    notes: [
      ...(asked.name ? [] : [nameNeeded]),
      ...(size ? [] : [{ code: 'size-unknown' } as const]),
      ...consistentNote(asked['application-consistent-snapshot-enabled']),
    ],
  }
}

/** What a call changes of something that exists already. */
type Change = Pick<Piece, 'blocks' | 'notes'> & { attributes?: readonly Attribute[] }

/**
 * Only what changes is written. `Body` is the shape that the endpoint's body has in the contract;
 * null where Terraform has no words for the change.
 */
const change =
  <Body>(
    read: (body: Body, call: Call, naming: Naming) => Change | null,
    { type = instanceType, of = idOf }: { type?: string; of?: (call: Call) => string } = {},
  ): Writer =>
  (call, naming) => {
    // Checked against the contract before it was sent.
    const found = read((call.body ?? {}) as Body, call, naming)
    return found && { kind: 'resource', type, about: of(call), attributes: [], ...found }
  }

/** What the path names is added to a set of the instance that the body names. */
const added = (name: string): Writer =>
  change((_, call) => ({ attributes: [[name, [idOf(call)]]] }), {
    of: (call) => holderOf(call) ?? '',
  })

const removed = (name: string): Writer =>
  change(
    (_, call) => ({
      notes: [{ code: 'remove-from', attribute: name, value: idOf(call) }],
    }),
    { of: (call) => holderOf(call) ?? '' },
  )

/** What is deleted is removed from the configuration. */
const gone =
  (type: string): Writer =>
  () => ({ note: { code: 'remove-resource', type } })

function updateInstance({
  name,
  labels,
  'user-data': content,
  'public-ip-assignment': address,
  'application-consistent-snapshot-enabled': consistent,
}: UpdateInstance): Change {
  return {
    attributes: [
      ...text('name', name),
      ...labelsOf(labels),
      ...userData(content),
      ...attribute('ipv6', address && String(address === 'dual')),
      ...attribute('private', address && String(address === 'none')),
    ],
    notes: [
      ...consistentNote(consistent),
      ...(address
        ? [{ code: 'maybe-new-only', attributes: 'ipv6, private' } as const]
        : []),
    ],
  }
}

/** The block of each endpoint; an endpoint that isn't here has none. */
const writers: Partial<Record<EndpointId, Writer>> = {
  'create-instance': createInstance,
  'get-instance': (call) => ({
    kind: 'data',
    type: instanceType,
    about: idOf(call),
    attributes: [
      ['zone', hclString(call.zone)],
      ['id', hclString(idOf(call))],
    ],
  }),
  'list-instances': ({ zone }) => ({
    kind: 'data',
    type: 'exoscale_compute_instance_list',
    about: zone,
    name: 'all',
    attributes: [['zone', hclString(zone)]],
  }),
  'delete-instance': gone(instanceType),
  'start-instance': change<StartInstance>((body) =>
    body['rescue-profile'] ? null : { attributes: [['state', '"running"']] },
  ),
  'stop-instance': change(() => ({ attributes: [['state', '"stopped"']] })),
  'scale-instance': change<{ 'instance-type'?: { id?: string } }>((body, _, naming) => {
    const size = sizeOf(body['instance-type']?.id, naming)
    return size ? { attributes: text('type', size) } : { notes: [{ code: 'size-unknown' }] }
  }),
  'resize-instance-disk': change<{ 'disk-size': number }>((body) => ({
    attributes: [['disk_size', String(body['disk-size'])]],
  })),
  'enable-tpm': change(() => ({ attributes: [['enable_tpm', 'true']] })),
  'add-instance-protection': change(() => ({
    attributes: [['destroy_protected', 'true']],
  })),
  'remove-instance-protection': change(() => ({
    attributes: [['destroy_protected', 'false']],
  })),
  'reset-instance-field': change(() => ({ attributes: [['labels', '{}']] })),
  'update-instance': change<UpdateInstance>(updateInstance),
  'attach-instance-to-security-group': added('security_group_ids'),
  'detach-instance-from-security-group': removed('security_group_ids'),
  'attach-instance-to-elastic-ip': added('elastic_ip_ids'),
  'detach-instance-from-elastic-ip': removed('elastic_ip_ids'),
  'attach-instance-to-private-network': change<{ ip?: string }>(
    ({ ip }, call) => ({
      blocks: [
        {
          name: 'network_interface',
          attributes: [...text('network_id', idOf(call)), ...text('ip_address', ip)],
        },
      ],
    }),
    { of: (call) => holderOf(call) ?? '' },
  ),
  'detach-instance-from-private-network': removed('network_interface'),
  'attach-block-storage-volume-to-instance': added('block_storage_volume_ids'),
  'detach-block-storage-volume': removed('block_storage_volume_ids'),
  'update-reverse-dns-instance': change<{ 'domain-name': string }>((body) => ({
    attributes: text('reverse_dns', body['domain-name']),
  })),
  // The provider deletes the record of an empty name.
  'delete-reverse-dns-instance': change(() => ({ attributes: [['reverse_dns', '""']] })),
  'register-ssh-key': ({ body }) => {
    const { name } = body as { name: string } // register-ssh-key's body
    return {
      kind: 'resource',
      type: 'exoscale_ssh_key',
      about: name,
      name: hclName(name),
      attributes: [
        ['name', hclString(name)],
        ['public_key', 'file("key.pub")'],
      ],
    }
  },
  'delete-ssh-key': gone('exoscale_ssh_key'),
  'create-security-group': groupBlock,
  'delete-security-group': gone('exoscale_security_group'),
  'add-rule-to-security-group': ruleBlock,
  'delete-rule-from-security-group': gone('exoscale_security_group_rule'),
  'create-block-storage-volume': ({ zone, body }) => {
    const { name: given, size, labels } = body as CreateBlockStorageVolume // this endpoint's body
    const name = given || namePlaceholder
    return {
      kind: 'resource',
      type: volumeType,
      about: `new ${name}`,
      name: hclName(name),
      attributes: [
        ['zone', hclString(zone)],
        ['name', hclString(name)],
        ['size', String(size)],
        ...labelsOf(labels),
      ],
      notes: given ? [] : [nameNeeded],
    }
  },
  'update-block-storage-volume': change<UpdateBlockStorageVolume>(
    ({ name, labels }) => ({ attributes: [...text('name', name), ...labelsOf(labels)] }),
    { type: volumeType },
  ),
  'resize-block-storage-volume': change<{ size: number }>(
    ({ size }) => ({ attributes: [['size', String(size)]] }),
    { type: volumeType },
  ),
  'delete-block-storage-volume': gone(volumeType),
}

/** Each piece under a name that no other of its type has: names that differ in other characters may become one. */
function withNames(pieces: readonly Piece[]): [Piece, name: string][] {
  const taken = new Set<string>()
  return pieces.map((piece) => {
    const wanted = piece.name ?? 'it'
    const keyOf = (name: string) => `${piece.kind} ${piece.type} ${name}`
    let name = wanted
    for (let count = 2; taken.has(keyOf(name)); count += 1) name = `${wanted}_${count}`
    taken.add(keyOf(name))
    return [piece, name]
  })
}

/**
 * The blocks of all calls: calls about the same thing have one block, because a configuration has
 * each resource once. Without an equivalent, a comment stands for the call.
 */
export function terraform(
  calls: readonly Call[],
  naming: Naming,
  words: NoteWords,
): { text: string; found: boolean } {
  const notes: Note[] = []
  const pieces: Piece[] = []
  let found = false
  for (const call of calls) {
    const written = writers[call.endpoint]?.(call, naming)
    found ||= Boolean(written)
    if (!written) notes.push({ code: 'no-equivalent', endpoint: call.endpoint })
    else if ('note' in written) notes.push(written.note)
    else pieces.push(written)
  }
  const named = withNames(mergePieces(pieces))
  const blocks = named.map(([piece, name]) => blockOf(piece, name, words))
  const comments = [...new Set(notes.map((note) => commentOf(note, words)))]
  return { text: withReferences([...comments, ...blocks].join('\n\n'), named), found }
}
