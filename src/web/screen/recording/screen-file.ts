/**
 * A recording as a file, `.vedette-screen`: described in docs/screen-file.md. Gzip around a line
 * that says what it is, a line of JSON that says what follows, and the bytes one after another.
 */
import type { History, Message, Recording, Segment } from './recording.ts'

const magic = 'VEDETTE-SCREEN 1'
/** A file that unpacks to more than this is none of ours. */
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

export class NotAScreenFile extends Error {}

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

const bodyOf = ({ keyframe, messages }: Segment): BlobPart[] => [
  ...(keyframe ? [keyframe.picture] : []),
  // The bytes come from websockets and inflators, never from shared memory.
  ...(keyframe?.histories ?? []).map(({ bytes }) => bytes as Uint8Array<ArrayBuffer>),
  ...messages.map(({ bytes }) => bytes as Uint8Array<ArrayBuffer>),
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
      throw new NotAScreenFile('The file is too large.')
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
  // What it claims is checked field by field below.
  const head = JSON.parse(line) as Head
  const whole =
    typeof head.name === 'string' &&
    typeof head.zone === 'string' &&
    isCount(head.endsAt) &&
    Array.isArray(head.segments) &&
    head.segments.length > 0 &&
    head.segments.every(isSegmentHead)
  if (!whole) throw new NotAScreenFile('The file header is incomplete.')
  return head
}

/** Opens a file; throws `NotAScreenFile` with the reason where it is none. */
export async function unpackRecording(file: Blob): Promise<Recording> {
  let bytes: Uint8Array
  try {
    bytes = await unpack(file)
  } catch (error) {
    if (error instanceof NotAScreenFile) throw error
    throw new NotAScreenFile('The file is damaged or isn’t a recording.')
  }
  const text = new TextDecoder()
  const lineEnd = (from: number) => bytes.indexOf(10, from)
  const first = lineEnd(0)
  const kind = text.decode(bytes.subarray(0, Math.max(first, 0)))
  if (!kind.startsWith('VEDETTE-SCREEN '))
    throw new NotAScreenFile('The file isn’t a recording.')
  if (kind !== magic)
    throw new NotAScreenFile('The file was created by a newer version of Vedette.')
  const second = lineEnd(first + 1)
  let head: Head
  try {
    head = parseHead(text.decode(bytes.subarray(first + 1, second)))
  } catch (error) {
    if (error instanceof NotAScreenFile) throw error
    throw new NotAScreenFile('Can’t read the file header.')
  }
  let at = second + 1
  const take = (length: number): Uint8Array<ArrayBuffer> => {
    if (at + length > bytes.byteLength) throw new NotAScreenFile('The file is incomplete.')
    const part = bytes.slice(at, at + length)
    at += length
    return part
  }
  const segments = head.segments.map(({ startedAt, keyframe, messages }): Segment => {
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
  })
  const { name, zone, endsAt } = head
  return { name, zone, endsAt, segments }
}
