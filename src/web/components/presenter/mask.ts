/** Finds IP and MAC addresses in texts and replaces their digits, for people who present. */

/** Four numbers with dots. */
const v4 = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.]*\d)/g
/** Groups with colons: at least five, or fewer with a gap, so that a time of day is none. */
const v6 =
  /(?<![\w:])(?:(?:[\da-f]{1,4}:){4,7}[\da-f]{1,4}|(?:[\da-f]{1,4}:){1,7}:(?:[\da-f]{1,4}(?::[\da-f]{1,4}){0,6})?|::[\da-f]{1,4}(?::[\da-f]{1,4}){0,6})(?![\w:])/gi

/** The text with each IP or MAC address masked; the same text if it has none. */
export const maskAddresses = (text: string): string =>
  text.replace(v6, '••••:••••').replace(v4, '•••.•••.•••.•••')
