/** Finds IP and MAC addresses in texts and replaces their digits, for people who present. */

/** Four numbers with dots. */
const v4 = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.]*\d)/g
const group = String.raw`[\da-f]{1,4}`
/** Not within a word or a longer row of groups, such as a fingerprint; a colon after a word, as in `ip:`, may precede. */
const before = String.raw`(?<!\w|::|(?<!\w)${group}:)`
/** Likewise; the colon of a sentence, of a word that is no group, or of a port may follow. */
const after = String.raw`(?!\w|::|:(?!\d{1,5}(?!\w|:\w))${group}(?!\w))`
/** Groups with colons: at least five, or fewer with a gap, so that a time of day is none. The last may be an IPv4 address. */
const v6 = new RegExp(
  `${before}(?:(?:${group}:){4,7}${group}|(?:${group}:){1,7}:(?:${group}(?::${group}){0,6})?|::${group}(?::${group}){0,6})(?:(?:\\.\\d{1,3}){3})?${after}`,
  'gi',
)

/** The text with each IP or MAC address masked; the same text if it has none. */
export const maskAddresses = (text: string): string =>
  text.replace(v6, '••••:••••').replace(v4, '•••.•••.•••.•••')

/** The start and the end of a part of a text, extended so that it divides no address. */
export function withAddresses(
  text: string,
  start: number,
  end: number,
): [start: number, end: number] {
  let part: [start: number, end: number] = [start, end]
  for (const { index, 0: address } of [...text.matchAll(v6), ...text.matchAll(v4)]) {
    const addressEnd = index + address.length
    if (index < part[1] && addressEnd > part[0])
      part = [Math.min(index, part[0]), Math.max(addressEnd, part[1])]
  }
  return part
}
