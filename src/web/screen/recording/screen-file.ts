/**
 * Packs a recording into a `.vedette-screen` file and unpacks it (docs/screen-file.md): gzip around
 * a line that names the format, a line of JSON that lists what follows, and the bytes themselves.
 */
import type { History, Message, Recording, Segment } from './recording.ts'

const magic = 'VEDETTE-SCREEN 1'
/** Vedette never saves a recording that unpacks to more than this. */
const mostBytes = 256 * 1024 * 1024

type SegmentHead = {
  startedAt: number
  keyframe?: {
    width: number
    height: number
    picture: number
    histories: { encoding: number; index: number; length: number }[]
  }
  /** Of each message: milliseconds since the segment's start, and its length. */
  messages: [number, number][]
}

type Head = { name: string; zone: string; endsAt: number; segments: SegmentHead[] }

/** Why a file can't be opened; the page that opens it has the words. */
export type ScreenFileFault =
  | { code: 'too-large'; mostBytes: number }
  /** It can't be unpacked: damaged, or something else. */
  | { code: 'damaged' }
  | { code: 'not-a-recording' }
  /** Written in a later version of the format. */
  | { code: 'newer' }
  | { code: 'unreadable-header' }
  | { code: 'incomplete-header' }
  /** Bytes are missing at the end. */
  | { code: 'cut-off' }

export class NotAScreenFile extends Error {
  readonly fault: ScreenFileFault

  constructor(fault: ScreenFileFault) {
    super(fault.code)
    this.name = 'NotAScreenFile'
    this.fault = fault
  }
}

const headOf = ({ startedAt, keyframe, messages }: Segment): SegmentHead => ({
  startedAt,
  ...(keyframe && {
    keyframe: {
      width: keyframe.width,
      height: keyframe.height,
      picture: keyframe.picture.size,
      histories: keyframe.histories.map(({ encoding, index, bytes }) => ({
        encoding,
        index,
        length: bytes.byteLength,
      })),
    },
  }),
  messages: messages.map(({ at, bytes }) => [at - startedAt, bytes.byteLength]),
})

const unshared = (bytes: Uint8Array) => bytes as Uint8Array<ArrayBuffer> // from websockets and inflators, never shared memory

const bodyOf = ({ keyframe, messages }: Segment): BlobPart[] => [
  ...(keyframe ? [keyframe.picture] : []),
  ...(keyframe?.histories ?? []).map(({ bytes }) => unshared(bytes)),
  ...messages.map(({ bytes }) => unshared(bytes)),
]

export async function packRecording(recording: Recording): Promise<Blob> {
  const { segments, ...rest } = recording
  const head: Head = { ...rest, segments: segments.map(headOf) }
  const lines = `${magic}\n${JSON.stringify(head)}\n`
  const plain = new Blob([lines, ...segments.flatMap(bodyOf)])
  const packed = plain.stream().pipeThrough(new CompressionStream('gzip'))
  return new Blob([await new Response(packed).arrayBuffer()], {
    type: 'application/gzip',
  })
}

async function unpack(file: Blob): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = file.stream().pipeThrough(new DecompressionStream('gzip')).getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    length += value.byteLength
    if (length > mostBytes) {
      await reader.cancel()
      throw new NotAScreenFile({ code: 'too-large', mostBytes })
    }
    chunks.push(value)
  }
  const bytes = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.byteLength
  }
  return bytes
}

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0

const isSize = (value: unknown): value is number =>
  isCount(value) && Number.isInteger(value) && value > 0 && value <= 32_767

function isSegmentHead(value: SegmentHead): boolean {
  const { startedAt, keyframe, messages } = value
  return (
    isCount(startedAt) &&
    Array.isArray(messages) &&
    messages.every((one) => Array.isArray(one) && isCount(one[0]) && isCount(one[1])) &&
    (keyframe === undefined ||
      (isSize(keyframe.width) &&
        isSize(keyframe.height) &&
        isCount(keyframe.picture) &&
        Array.isArray(keyframe.histories) &&
        keyframe.histories.every(({ length }) => isCount(length) && length <= 32_768)))
  )
}

function parseHead(line: string): Head {
  const head = JSON.parse(line) as Head // not trusted: checked field by field below
  const whole =
    typeof head.name === 'string' &&
    typeof head.zone === 'string' &&
    isCount(head.endsAt) &&
    Array.isArray(head.segments) &&
    head.segments.length > 0 &&
    head.segments.every(isSegmentHead)
  if (!whole) throw new NotAScreenFile({ code: 'incomplete-header' })
  return head
}

async function unpackOrThrow(file: Blob): Promise<Uint8Array> {
  try {
    return await unpack(file)
  } catch (error) {
    if (error instanceof NotAScreenFile) throw error
    throw new NotAScreenFile({ code: 'damaged' })
  }
}

/** The two lines at the beginning, and where the bytes after them begin. */
function readHead(bytes: Uint8Array): { head: Head; bodyAt: number } {
  const text = new TextDecoder()
  const first = bytes.indexOf(10)
  const kind = text.decode(bytes.subarray(0, Math.max(first, 0)))
  if (!kind.startsWith('VEDETTE-SCREEN '))
    throw new NotAScreenFile({ code: 'not-a-recording' })
  if (kind !== magic) throw new NotAScreenFile({ code: 'newer' })
  const second = bytes.indexOf(10, first + 1)
  try {
    const head = parseHead(text.decode(bytes.subarray(first + 1, second)))
    return { head, bodyAt: second + 1 }
  } catch (error) {
    if (error instanceof NotAScreenFile) throw error
    throw new NotAScreenFile({ code: 'unreadable-header' })
  }
}

type Take = (length: number) => Uint8Array<ArrayBuffer>

function readSegment({ startedAt, keyframe, messages }: SegmentHead, take: Take): Segment {
  const picture = keyframe && new Blob([take(keyframe.picture)], { type: 'image/png' })
  const histories = keyframe?.histories.map(({ encoding, index, length }): History => ({
    encoding,
    index,
    bytes: take(length),
  }))
  return {
    startedAt,
    ...(keyframe &&
      picture &&
      histories && {
        keyframe: { width: keyframe.width, height: keyframe.height, picture, histories },
      }),
    messages: messages.map(([since, length]): Message => ({
      at: startedAt + since,
      bytes: take(length),
    })),
  }
}

/** Throws `NotAScreenFile` with the reason where the file is no recording. */
export async function unpackRecording(file: Blob): Promise<Recording> {
  const bytes = await unpackOrThrow(file)
  const { head, bodyAt } = readHead(bytes)
  let at = bodyAt
  const take: Take = (length) => {
    if (at + length > bytes.byteLength) throw new NotAScreenFile({ code: 'cut-off' })
    const part = bytes.slice(at, at + length)
    at += length
    return part
  }
  const { name, zone, endsAt } = head
  const segments = head.segments.map((segment) => readSegment(segment, take))
  return { name, zone, endsAt, segments }
}
