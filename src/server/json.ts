/**
 * Parses JSON that others have written. What is nested deeper than anything in the contract is told
 * apart before it is parsed, because code that walks it later would run out of stack.
 */
const mostLevels = 64

const quote = 0x22
const backslash = 0x5c

/** Whether brackets outside of strings are nested deeper than `mostLevels`; reads each byte once. */
function isTooDeep(bytes: Buffer): boolean {
  let level = 0
  let inString = false
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0
    if (inString) {
      if (byte === backslash) at += 1
      else if (byte === quote) inString = false
    } else if (byte === quote) inString = true
    // A bracket or a brace opens.
    else if (byte === 0x5b || byte === 0x7b) {
      level += 1
      if (level > mostLevels) return true
    } else if (byte === 0x5d || byte === 0x7d) level -= 1
  }
  return false
}

export type Parsed =
  | { is: 'json'; value: unknown }
  | { is: 'not-json' }
  | { is: 'too-deep' }

/** The value in these bytes, or why there is none. Never throws. */
export function parseJson(bytes: Buffer): Parsed {
  if (isTooDeep(bytes)) return { is: 'too-deep' }
  try {
    return { is: 'json', value: JSON.parse(bytes.toString('utf8')) }
  } catch {
    return { is: 'not-json' }
  }
}
