/**
 * What a recording of a screen is: the very bytes that its server sent, in segments that can each
 * be replayed alone. A segment begins with the handshake of a connection or with a keyframe.
 */
export type Message = {
  /** Epoch ms of its arrival. */
  at: number
  bytes: Uint8Array
}

/**
 * The last bytes that a zlib stream of the connection had inflated to: what the bytes after it
 * may refer back to. Servers keep such streams open for the whole connection, so that without
 * these no message in its middle could be understood.
 */
export type History = { encoding: number; index: number; bytes: Uint8Array }

/** An image of the whole screen, and the state that noVNC needs to continue from it. */
export type Keyframe = {
  width: number
  height: number
  /** PNG, lossless. */
  picture: Blob
  histories: History[]
}

export type Segment = {
  startedAt: number
  keyframe?: Keyframe
  messages: Message[]
}

export type Recording = {
  /** The instance's name and its zone. */
  name: string
  zone: string
  /** Epoch ms of the end: the last moment that can be shown. */
  endsAt: number
  segments: readonly Segment[]
}

export const startOf = ({ segments, endsAt }: Recording): number =>
  segments[0]?.startedAt ?? endsAt

/** Bytes of a segment, as they are kept. */
export function sizeOf({ keyframe, messages }: Segment): number {
  const histories = keyframe?.histories ?? []
  return (
    messages.reduce((sum, { bytes }) => sum + bytes.byteLength, 0) +
    histories.reduce((sum, { bytes }) => sum + bytes.byteLength, 0) +
    (keyframe?.picture.size ?? 0)
  )
}

/** The segment that holds a moment: the last one that began by then, or the first of all. */
export function segmentAt(segments: readonly Segment[], at: number): Segment | undefined {
  return segments.findLast(({ startedAt }) => startedAt <= at) ?? segments[0]
}

/** Less than this within one slice is a blinking cursor or the answer to a probe. */
const quiet = 600

/**
 * How much the screen changed over time: of each slice a number from 0 to 1, on a scale on which
 * a line of text can still be seen beside a film.
 */
export function changes(
  segments: readonly Segment[],
  from: number,
  to: number,
  slices: number,
): number[] {
  const sums = Array.from<number>({ length: slices }).fill(0)
  const length = Math.max(to - from, 1) / slices
  for (const { messages } of segments)
    for (const { at, bytes } of messages) {
      const slice = Math.floor((at - from) / length)
      if (slice >= 0 && slice < slices) sums[slice] = (sums[slice] ?? 0) + bytes.byteLength
    }
  const level = (bytes: number) => (bytes < quiet ? 0 : Math.log(bytes / quiet + 1))
  const most = Math.max(...sums.map(level), 1)
  return sums.map((bytes) => level(bytes) / most)
}
