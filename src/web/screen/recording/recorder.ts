/**
 * Keeps the last ten minutes of what a screen's server sent, in memory only. What a person types
 * is not among it: only the server is listened to. It begins a new segment from time to time, so that the oldest can be dropped and any moment needs only a short replay.
 */
import type { ConsoleConnection } from '../connection.ts'
import type { WireMessage } from '../taps.ts'
import { historiesOf } from './decoder.ts'
import { sizeOf, type Segment } from './recording.ts'

const keptMs = 600_000
const keptBytes = 32 * 1024 * 1024
/** A segment ends after this, when enough has happened to be worth a keyframe … */
const busyMs = 20_000
const busyBytes = 500_000
/** … or after this in any case. */
const calmMs = 120_000

const epochOf = (at: number) => performance.timeOrigin + at

class Recorder {
  readonly #connection: ConsoleConnection
  readonly #stops: (() => void)[]
  #segments: Segment[] = []
  #attempt = 0
  #currentBytes = 0
  /** Bytes of all segments but the current one. */
  #closedBytes = 0
  #packing: Segment | undefined

  constructor(connection: ConsoleConnection) {
    this.#connection = connection
    const { heard, handled } = connection.taps
    this.#stops = [
      heard.on((message) => this.#keep(message)),
      handled.on(() => this.#divide()),
    ]
  }

  /** What can be shown, oldest first. */
  get segments(): readonly Segment[] {
    return this.#segments.filter((segment) => segment !== this.#packing)
  }

  /** How much of it is kept, in bytes. */
  get bytes(): number {
    return this.#closedBytes + this.#currentBytes
  }

  #keep({ bytes, at, attempt }: WireMessage): void {
    const moment = epochOf(at)
    if (attempt !== this.#attempt) {
      this.#attempt = attempt
      this.#begin({ startedAt: moment, messages: [] })
    }
    const current = this.#segments.at(-1)
    if (!current) return
    current.messages.push({ at: moment, bytes })
    this.#currentBytes += bytes.byteLength
    this.#letGo(moment)
  }

  #begin(segment: Segment): void {
    this.#closedBytes += this.#currentBytes
    this.#currentBytes = sizeOf(segment)
    this.#segments.push(segment)
  }

  #letGo(now: number): void {
    const [first, second] = this.#segments
    if (!first) return
    const isOld = second !== undefined && second.startedAt < now - keptMs
    if (!isOld && this.bytes <= keptBytes) return
    this.#segments.shift()
    if (second) this.#closedBytes -= sizeOf(first)
    else this.#currentBytes = 0
  }

  /** Begins a new segment between two messages, if it is time and noVNC is at rest. */
  #divide(): void {
    const current = this.#segments.at(-1)
    const now = epochOf(performance.now())
    const age = current ? now - current.startedAt : calmMs
    const busy = age >= busyMs && this.#currentBytes >= busyBytes
    const due = busy || age >= calmMs || this.#currentBytes > keptBytes / 4
    if (!due || this.#packing) return
    const { viewer, canvas } = this.#connection
    const histories = viewer && historiesOf(viewer)
    if (!histories || !canvas || canvas.width === 0) return
    // The image is taken now and compressed a little later; new messages already belong to the new
    // segment, which isn't visible to others until it is complete.
    const { width, height } = canvas
    const segment: Segment = { startedAt: now, messages: [] }
    this.#packing = segment
    this.#begin(segment)
    canvas.toBlob((picture) => {
      this.#packing = undefined
      if (!this.#segments.includes(segment)) return
      if (!picture) return this.#forget()
      segment.keyframe = { width, height, picture, histories }
      const size = sizeOf({ ...segment, messages: [] })
      if (segment === this.#segments.at(-1)) this.#currentBytes += size
      else this.#closedBytes += size
    }, 'image/png')
  }

  #forget(): void {
    this.#segments = []
    this.#currentBytes = 0
    this.#closedBytes = 0
  }

  close(): void {
    for (const stop of this.#stops) stop()
    this.#forget()
  }
}

const recorders = new WeakMap<ConsoleConnection, Recorder>()

/** Records a connection from its first byte on; returns a function that stops it and deletes the recording. */
export function record(connection: ConsoleConnection): () => void {
  const recorder = new Recorder(connection)
  recorders.set(connection, recorder)
  return () => {
    recorder.close()
    recorders.delete(connection)
  }
}

export const recorderOf = (connection: ConsoleConnection) => recorders.get(connection)
