/**
 * Finds the whole binary messages in the bytes of a console proxy, so that the relay can pass them on as they are:
 * frames of a server look the same to both (RFC 6455 5.2). Reading each message and writing it again carries a quarter less
 * (docs/performance.md#the-server).
 */

/** Longer messages are read and divided, because a browser reports one only when it has all of it. */
export const dividedBytes = 256 * 1024

const none: Buffer = Buffer.alloc(0)
const binary = 2
/** Opcodes from here on are control frames, which may come between the parts of a message. */
const control = 8

type Frame = {
  /** With its header; infinite for one that no reader takes. */
  length: number
  /** Whether it is a whole, plain binary message that needs no division. */
  isPlain: boolean
  /** Whether a message has begun that is not whole yet; undefined for control frames. */
  divides: boolean | undefined
}

/** The frame that starts here; undefined if its header isn't whole. */
function frameAt(bytes: Buffer, at: number): Frame | undefined {
  const [first, second] = [bytes[at], bytes[at + 1]]
  if (first === undefined || second === undefined) return undefined
  const short = second & 0x7f
  const header = 2 + (short === 126 ? 2 : short === 127 ? 8 : 0)
  if (bytes.length < at + header) return undefined
  const isTooLong = short === 127 && bytes.readUInt32BE(at + 2) > 0
  const payload =
    short === 126
      ? bytes.readUInt16BE(at + 2)
      : short === 127
        ? bytes.readUInt32BE(at + 6)
        : short
  const isMasked = (second & 0x80) > 0
  const isLast = (first & 0x80) > 0
  const opcode = first & 0x0f
  return {
    // ws closes the connection at a masked or too long one, before its payload.
    length: isTooLong || isMasked ? Number.POSITIVE_INFINITY : header + payload,
    isPlain:
      first === (0x80 | binary) && !isMasked && !isTooLong && payload <= dividedBytes,
    divides: opcode < control ? !isLast : undefined,
  }
}

export class Frames {
  readonly #pass: (frames: Buffer) => void
  readonly #read: (bytes: Buffer) => void
  /** The start of a plain frame whose rest has not arrived, as it came in: to join it would copy all of a screen. */
  #held: Buffer[] = []
  #heldBytes = 0
  /** Bytes to come of that frame. */
  #missing = 0
  /** The start of a header. */
  #header = none
  /** Bytes to come of a frame that is being read. */
  #toRead = 0
  /** A message of several frames is being read. */
  #isDivided = false
  /** Bytes read since the last whole message. */
  #readBytes = 0

  /** `pass` gets whole messages with their headers, `read` all other bytes; both in order, when `take` is called. */
  constructor(pass: (frames: Buffer) => void, read: (bytes: Buffer) => void) {
    this.#pass = pass
    this.#read = read
  }

  /** How many bytes have arrived of a message that is not whole yet. */
  get part(): number {
    return this.#heldBytes + this.#header.length + this.#readBytes
  }

  /** A message that was read is whole. */
  whole(): void {
    this.#readBytes = 0
  }

  take(chunk: Buffer): void {
    if (chunk.length < this.#missing) return this.#hold(chunk, this.#missing - chunk.length)
    const bytes = this.#header.length > 0 ? Buffer.concat([this.#header, chunk]) : chunk
    this.#header = none
    let from = 0
    let at = this.#missing
    for (const held of this.#held) this.#pass(held)
    this.#held = []
    this.#heldBytes = 0
    this.#missing = 0
    if (this.#toRead > 0) from = at = this.#readFrom(bytes, 0, this.#toRead)
    for (let frame = frameAt(bytes, at); frame; frame = frameAt(bytes, at)) {
      if (!frame.isPlain || this.#isDivided) {
        this.#passFrom(bytes, from, at)
        this.#isDivided = frame.divides ?? this.#isDivided
        from = at = this.#readFrom(bytes, at, frame.length)
      } else if (at + frame.length > bytes.length) {
        this.#passFrom(bytes, from, at)
        return this.#hold(bytes.subarray(at), at + frame.length - bytes.length)
      } else at += frame.length
    }
    this.#passFrom(bytes, from, at)
    if (at < bytes.length) this.#header = bytes.subarray(at)
  }

  #hold(start: Buffer, missing: number): void {
    this.#held.push(start)
    this.#heldBytes += start.length
    this.#missing = missing
  }

  #passFrom(bytes: Buffer, from: number, to: number): void {
    if (to > from) this.#pass(bytes.subarray(from, to))
  }

  /** Reads up to `length` bytes; what has not arrived is read when it does. Returns where it ended. */
  #readFrom(bytes: Buffer, at: number, length: number): number {
    const end = Math.min(bytes.length, at + length)
    this.#toRead = at + length - end
    if (end > at) {
      this.#readBytes += end - at
      this.#read(bytes.subarray(at, end))
    }
    return end
  }
}
