/**
 * Reads the address or the network that a person enters as the source of a security group rule, and
 * says what it is: a rule that is too wide, or that never matches, must be seen before it is sent.
 */

/** Of IP addresses: version 4 or 6. */
export type Family = 4 | 6

/**
 * `public`: an address of the internet. `private`: one of a local network, which the internet never
 * shows. `local`: of one computer or one cable. `reserved`: no sender has it. `wide`: so many that
 * they are hardly all meant; `anywhere`: all of them.
 */
export type SourceKind = 'public' | 'private' | 'local' | 'reserved' | 'wide' | 'anywhere'

export type Source =
  | { ok: true; network: string; family: Family; kind: SourceKind }
  | { ok: false; why: 'empty' | 'not-an-address' | 'bad-prefix' }

type Address = { family: Family; value: bigint }

const bitsOf: Record<Family, number> = { 4: 32, 6: 128 }

function readIpv4(text: string): bigint | undefined {
  const parts = text.split('.')
  if (parts.length !== 4) return undefined
  // A leading zero is octal for some programs, so it is no clear address.
  if (!parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255))
    return undefined
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n)
}

/** The groups of one side of `::`, the last of which may be an IPv4 address. */
function readGroups(side: string, mayEndInIpv4: boolean): bigint[] | undefined {
  if (side === '') return []
  const found: bigint[] = []
  const groups = side.split(':')
  for (const [index, group] of groups.entries()) {
    if (/^[0-9a-f]{1,4}$/i.test(group)) found.push(BigInt(`0x${group}`))
    else {
      const last = mayEndInIpv4 && index === groups.length - 1 ? readIpv4(group) : undefined
      if (last === undefined) return undefined
      found.push(last >> 16n, last & 0xffffn)
    }
  }
  return found
}

function readIpv6(text: string): bigint | undefined {
  const sides = text.split('::')
  if (sides.length > 2) return undefined
  const [start = '', end] = sides
  const left = readGroups(start, end === undefined)
  const right = readGroups(end ?? '', true)
  if (!left || !right) return undefined
  const missing = 8 - left.length - right.length
  if (end === undefined ? missing !== 0 : missing < 1) return undefined
  const zeros = Array.from({ length: missing }, () => 0n)
  return [...left, ...zeros, ...right].reduce((sum, group) => sum * 0x10000n + group, 0n)
}

function readAddress(text: string): Address | undefined {
  const four = readIpv4(text)
  if (four !== undefined) return { family: 4, value: four }
  const six = text.includes(':') ? readIpv6(text) : undefined
  return six === undefined ? undefined : { family: 6, value: six }
}

const writeIpv4 = (value: bigint) =>
  [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 0xffn).join('.')

/** As RFC 5952 asks for: lower case, the longest run of zeros as `::`. */
function writeIpv6(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((value >> BigInt(112 - 16 * index)) & 0xffffn).toString(16),
  )
  let best = { at: 0, length: 1 }
  for (let at = 0; at < 8; at += 1) {
    let length = 0
    while (groups[at + length] === '0') length += 1
    if (length > best.length) best = { at, length }
  }
  if (best.length < 2) return groups.join(':')
  const before = groups.slice(0, best.at).join(':')
  return `${before}::${groups.slice(best.at + best.length).join(':')}`
}

/** The address with all bits beyond its prefix off. */
function masked({ family, value }: Address, prefix: number): bigint {
  const rest = BigInt(bitsOf[family] - prefix)
  return (value >> rest) << rest
}

type Block = [network: string, kind: SourceKind]

/** Ranges with a meaning of their own (IANA, special-purpose address registries). */
const blocks: Record<Family, Block[]> = {
  4: [
    ['10.0.0.0/8', 'private'],
    ['172.16.0.0/12', 'private'],
    ['192.168.0.0/16', 'private'],
    // Shared by providers between their customers.
    ['100.64.0.0/10', 'private'],
    ['127.0.0.0/8', 'local'],
    ['169.254.0.0/16', 'local'],
    ['0.0.0.0/8', 'reserved'],
    ['224.0.0.0/4', 'reserved'],
    ['240.0.0.0/4', 'reserved'],
  ],
  6: [
    ['fc00::/7', 'private'],
    ['::1/128', 'local'],
    ['fe80::/10', 'local'],
    ['::/128', 'reserved'],
    ['ff00::/8', 'reserved'],
  ],
}

/** A prefix shorter than this is a large part of the internet. */
const wideBelow: Record<Family, number> = { 4: 8, 6: 19 }

function kindOf(address: Address, prefix: number): SourceKind {
  const { family } = address
  if (prefix === 0) return 'anywhere'
  for (const [network, kind] of blocks[family]) {
    const [start = '', bits = ''] = network.split('/')
    const block = readAddress(start)
    const inside =
      block && prefix >= Number(bits) && masked(address, Number(bits)) === block.value
    if (inside) return kind
  }
  return prefix < wideBelow[family] ? 'wide' : 'public'
}

/** An IPv4 address that is written as an IPv6 one (`::ffff:…`) is the IPv4 address. */
function unmapped(address: Address, prefix: number): [Address, number] {
  const { family, value } = address
  const isMapped = family === 6 && value >> 32n === 0xffffn && prefix >= 96
  return isMapped
    ? [{ family: 4, value: value & 0xffff_ffffn }, prefix - 96]
    : [address, prefix]
}

/**
 * The source in a text: an IPv4 or IPv6 address, which stands for itself alone, or a network in CIDR
 * notation, whose bits beyond the prefix are turned off. `network` is always CIDR, as
 * add-rule-to-security-group takes it (docs/platform.md#security-groups).
 */
export function readSource(text: string): Source {
  const trimmed = text.trim()
  if (trimmed === '') return { ok: false, why: 'empty' }
  const [, start = '', slash, bits = ''] = /^([^/]*)(\/)?([\s\S]*)$/.exec(trimmed) ?? []
  const read = readAddress(start.trim())
  if (!read) return { ok: false, why: 'not-an-address' }
  const most = bitsOf[read.family]
  const given = bits.trim()
  if (slash && !(/^(0|[1-9]\d{0,2})$/.test(given) && Number(given) <= most))
    return { ok: false, why: 'bad-prefix' }
  const [address, prefix] = unmapped(read, slash ? Number(given) : most)
  const value = masked(address, prefix)
  const written = address.family === 4 ? writeIpv4(value) : writeIpv6(value)
  return {
    ok: true,
    network: `${written}/${prefix}`,
    family: address.family,
    kind: kindOf({ family: address.family, value }, prefix),
  }
}
