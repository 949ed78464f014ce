/** Reads IPv4 and IPv6 addresses and ranges, as `ip:` of a query has them. */

/** An address in groups of 16 bits: two of IPv4, eight of IPv6. */
type Groups = readonly number[]

/** An address, or all addresses that begin with the same `bits`. */
export type AddressRange = { groups: Groups; bits: number }

const groupBits = 16

function readIpv4(text: string): Groups | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part))) return undefined
  const [a = 256, b = 256, c = 256, d = 256] = parts.map(Number)
  if (Math.max(a, b, c, d) > 255) return undefined
  return [a * 256 + b, c * 256 + d]
}

/** The groups of one side of `::`, of which the last may be an IPv4 address; undefined if one is none. */
function readSide(text: string): number[] | undefined {
  if (text === '') return []
  const groups: number[] = []
  const parts = text.split(':')
  for (const [at, part] of parts.entries()) {
    const ipv4 = at === parts.length - 1 && part.includes('.') ? readIpv4(part) : undefined
    if (ipv4) groups.push(...ipv4)
    else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(Number.parseInt(part, 16))
    else return undefined
  }
  return groups
}

function readIpv6(text: string): Groups | undefined {
  const sides = text.split('::')
  if (sides.length > 2) return undefined
  const [before, after] = sides.map(readSide)
  if (!before || (sides.length === 2 && !after)) return undefined
  if (!after) return before.length === 8 ? before : undefined
  const missing = 8 - before.length - after.length
  // RFC 4291: `::` stands for one group or more.
  if (missing < 1) return undefined
  return [...before, ...Array.from({ length: missing }, () => 0), ...after]
}

/** The address that a text is, or undefined. */
export const readAddress = (text: string): Groups | undefined =>
  text.includes(':') ? readIpv6(text) : readIpv4(text)

/** The range of an address or of CIDR notation (RFC 4632, RFC 4291), or undefined if the text is neither. */
export function readRange(text: string): AddressRange | undefined {
  const slash = text.indexOf('/')
  const groups = readAddress(slash < 0 ? text : text.slice(0, slash))
  if (!groups) return undefined
  const most = groups.length * groupBits
  if (slash < 0) return { groups, bits: most }
  const length = text.slice(slash + 1)
  const bits = Number(length)
  return /^\d{1,3}$/.test(length) && bits <= most ? { groups, bits } : undefined
}

/** Whether an address is in a range of the same version. */
export function isInRange(address: Groups, { groups, bits }: AddressRange): boolean {
  if (address.length !== groups.length) return false
  let left = bits
  for (const [at, group] of groups.entries()) {
    if (left <= 0) return true
    const mask = left >= groupBits ? 0xff_ff : (0xff_ff << (groupBits - left)) & 0xff_ff
    if (((address[at] ?? 0) & mask) !== (group & mask)) return false
    left -= groupBits
  }
  return true
}

/** Whether a text is how an address begins, such as `194.182.` or `2a04:c43`; `*` may end it. */
export const isAddressStart = (text: string): boolean =>
  /^(?:\d{1,3}(?:\.\d{1,3}){0,3}\.?|[0-9a-f]{1,4}(?::{1,2}[0-9a-f]{1,4}){0,7}:{0,2})\*?$/i.test(
    text,
  )
