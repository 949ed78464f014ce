/**
 * Says what cloud-init takes user data for, as its version 22.4 does: by how the text begins,
 * whatever white space is before it and in whatever case. The pages show it, the sandbox's guests
 * follow it (docs/platform.md#user-data).
 */

export type CloudInitKind =
  | 'empty'
  | 'cloud-config'
  /** A list of parts in YAML. */
  | 'archive'
  /** A JSON patch of the cloud-config. */
  | 'json-patch'
  /** A template that becomes one of the others. */
  | 'jinja'
  | 'script'
  /** A script that runs early, at each boot. */
  | 'boothook'
  | 'include'
  | 'part-handler'
  | 'multipart'
  | 'unknown'

/** How each kind begins; a longer beginning counts before a shorter one. */
const beginnings: [string, CloudInitKind][] = [
  ['#cloud-config-archive', 'archive'],
  ['#cloud-config-jsonp', 'json-patch'],
  ['## template: jinja', 'jinja'],
  ['#cloud-boothook', 'boothook'],
  ['#part-handler', 'part-handler'],
  ['#cloud-config', 'cloud-config'],
  ['#include', 'include'],
  ['#!', 'script'],
]

const byType: Record<string, CloudInitKind> = {
  'text/cloud-config': 'cloud-config',
  'text/cloud-config-archive': 'archive',
  'text/cloud-config-jsonp': 'json-patch',
  'text/jinja2': 'jinja',
  'text/x-shellscript': 'script',
  'text/x-shellscript-per-boot': 'script',
  'text/x-shellscript-per-instance': 'script',
  'text/x-shellscript-per-once': 'script',
  'text/cloud-boothook': 'boothook',
  'text/x-include-url': 'include',
  'text/x-include-once-url': 'include',
  'text/part-handler': 'part-handler',
}

/** Where the type says nothing certain, the beginning of the content decides. */
const looksInside = new Set(['text/plain', 'text/x-not-multipart', 'text/x-shellscript'])

/** What Python strips from the start of a text. A byte order mark is not among it. */
const leadingSpace =
  // oxlint-disable-next-line no-control-regex -- some separators are white space to Python
  /^[\t-\r\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/

/** A text without the white space that cloud-init looks past. */
export const trimmedStart = (text: string): string => text.replace(leadingSpace, '')

function kindByBeginning(text: string): CloudInitKind | undefined {
  const start = trimmedStart(text).slice(0, 32).toLowerCase()
  return beginnings.find(([beginning]) => start.startsWith(beginning))?.[1]
}

/** A MIME message, or a part of one. */
export type MimePart = {
  /** In lower case; `text/plain` where none is given. */
  type: string
  boundary?: string
  /** `base64`, `quoted-printable` or nothing special. */
  encoding: string
  body: string
}

/** The beginning of a text that is at most so many bytes of UTF-8. */
function firstBytes(text: string, most: number): string {
  let bytes = 0
  let end = 0
  for (const char of text) {
    const point = char.codePointAt(0) ?? 0
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
    if (bytes > most) break
    end += char.length
  }
  return text.slice(0, end)
}

/** Whether cloud-init reads a text as a MIME message. */
export const isMime = (text: string): boolean =>
  firstBytes(text, 4096).toLowerCase().includes('mime-version:')

/** The headers and the body of a message; a line that can't be a header belongs to the body. */
export function readMime(text: string): MimePart {
  const headers = new Map<string, string>()
  let rest = text
  let last: string | undefined
  for (;;) {
    const [line = '', lineEnd = ''] = /^[^\r\n]*(\r\n|\r|\n|$)/.exec(rest) ?? []
    const content = line.slice(0, line.length - lineEnd.length)
    if (content === '') {
      rest = rest.slice(line.length)
      break
    }
    const header = /^([!-9;-~]+):\s*(.*)$/.exec(content)
    if (header) {
      last = (header[1] ?? '').toLowerCase()
      headers.set(last, header[2] ?? '')
    } else if (last && /^[ \t]/.test(content)) {
      headers.set(last, `${headers.get(last) ?? ''} ${content.trim()}`)
    } else break
    rest = rest.slice(line.length)
    if (lineEnd === '') break
  }
  const type = headers.get('content-type') ?? ''
  const boundary = /;\s*boundary=(?:"([^"]*)"|([^\s;]+))/i.exec(type)
  const name = (type.split(';')[0] ?? '').trim().toLowerCase()
  const given = boundary?.[1] ?? boundary?.[2]
  return {
    type: /^[^/\s]+\/[^/\s]+$/.test(name) ? name : 'text/plain',
    ...(given ? { boundary: given } : {}),
    encoding: (headers.get('content-transfer-encoding') ?? '').trim().toLowerCase(),
    body: rest,
  }
}

/** The parts of a multipart message, also of those inside it; itself where it has none. */
export function mimeParts(message: MimePart): MimePart[] {
  if (!message.type.startsWith('multipart/')) return [message]
  if (!message.boundary) return []
  const found: MimePart[] = []
  let lines: string[] | undefined
  const end = () => {
    // The line end before a boundary belongs to the boundary.
    if (lines) found.push(...mimeParts(readMime(lines.join('').replace(/\r?\n$/, ''))))
    lines = undefined
  }
  for (const line of message.body.split(/(?<=\n)/)) {
    const text = line.trimEnd()
    if (text === `--${message.boundary}--`) {
      end()
      break
    }
    if (text === `--${message.boundary}`) {
      end()
      lines = []
    } else lines?.push(line)
  }
  end()
  return found
}

/** What cloud-init takes a part for, once its content is decoded. */
export function partKind(type: string, content: string): CloudInitKind {
  const inside = looksInside.has(type) ? kindByBeginning(content) : undefined
  return inside ?? byType[type] ?? 'unknown'
}

/** What cloud-init takes a whole text for. */
export function cloudInitKind(text: string): CloudInitKind {
  if (trimmedStart(text) === '') return 'empty'
  if (!isMime(text)) return partKind('text/x-not-multipart', text)
  const message = readMime(text)
  return message.type.startsWith('multipart/')
    ? 'multipart'
    : partKind(message.type, message.body)
}

/** A script as cloud-init writes it: with LF, where its first line ends with CRLF. */
export function unixLines(text: string): string {
  const first = text.indexOf('\n')
  return first > 0 && text[first - 1] === '\r' ? text.replaceAll('\r\n', '\n') : text
}
