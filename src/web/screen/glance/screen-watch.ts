/**
 * Takes screenshots of an instance at intervals, outside React and through the page's queue. The pause
 * grows with each failure. The last screenshot is kept as long as the page is open, so that a stopped
 * instance still shows its last screen.
 */
import type { ConnectionReason } from '../connection-state.ts'
import { changeOf, type Frame } from './frame.ts'
import { FrameError, grabFrame } from './grab-frame.ts'
import { tellTogether } from './tell-together.ts'

export type Look = {
  /** The last screenshot, from the time `at`. */
  frame?: Frame
  /** Epoch ms of the last look that differed from the one before by more than a cursor. */
  changedAt?: number
  /** A look is under way, or waits for its turn. */
  looking: boolean
  /** Why the last look brought nothing. */
  reason?: ConnectionReason
}

type Grab = (signal: AbortSignal) => Promise<Frame>

const backOffMs = [2_000, 5_000, 10_000, 20_000, 40_000, 60_000]
const keptFrames = 200

/** By `<zone>/<id>`, the oldest first. */
const lastFrames = new Map<string, Frame>()

function keep(key: string, frame: Frame): void {
  lastFrames.delete(key)
  lastFrames.set(key, frame)
  const [oldest] = lastFrames.keys()
  if (lastFrames.size > keptFrames && oldest !== undefined) lastFrames.delete(oldest)
}

export class ScreenWatch {
  readonly #key: string
  readonly #grab: Grab
  readonly #listeners = new Set<() => void>()
  #look: Look
  #everyMs: number | null = null
  #underway: AbortController | undefined
  #timer = 0
  #begunAt = 0
  #failures = 0

  constructor(
    target: { zone: string; id: string },
    width: number,
    grab: Grab = (signal) => grabFrame(target, width, signal),
  ) {
    this.#key = `${target.zone}/${target.id}`
    this.#grab = grab
    const frame = lastFrames.get(this.#key)
    this.#look = { looking: false, ...(frame ? { frame } : {}) }
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  getSnapshot = (): Look => this.#look

  #set(look: Look): void {
    this.#look = look
    tellTogether(this.#tell)
  }

  readonly #tell = (): void => {
    for (const listener of this.#listeners) listener()
  }

  /** Sets the interval; with null, only on request. A recent screenshot stays valid. */
  every(everyMs: number | null): void {
    if (everyMs === this.#everyMs) return
    this.#everyMs = everyMs
    if (everyMs === null) return this.#rest()
    this.#schedule()
  }

  /** One look now; joins the one that is under way. */
  look(): void {
    if (this.#underway) return
    clearTimeout(this.#timer)
    void this.#run()
  }

  close(): void {
    this.#everyMs = null
    this.#rest()
    this.#listeners.clear()
  }

  #rest(): void {
    clearTimeout(this.#timer)
    this.#failures = 0
    this.#underway?.abort(new Error('nobody looks any more'))
    this.#underway = undefined
    // The last failure no longer matters when the element is visible again.
    const { reason: _reason, ...look } = this.#look
    if (this.#look.looking || this.#look.reason) this.#set({ ...look, looking: false })
  }

  #schedule(): void {
    clearTimeout(this.#timer)
    const everyMs = this.#everyMs
    if (everyMs === null || this.#underway) return
    const pause = this.#failures > 0 ? Math.max(everyMs, this.#backOffMs) : everyMs
    // From the start of the last request, so that the time in the queue isn't added to the interval.
    const last = this.#begunAt || (this.#look.frame?.at ?? 0)
    const wait = Math.max(0, last + pause - Date.now())
    this.#timer = setTimeout(() => void this.#run(), wait)
  }

  get #backOffMs(): number {
    return backOffMs[Math.min(this.#failures, backOffMs.length) - 1] ?? 0
  }

  async #run(): Promise<void> {
    const own = new AbortController()
    this.#underway = own
    this.#begunAt = Date.now()
    this.#set({ ...this.#look, looking: true })
    try {
      const frame = await this.#grab(own.signal)
      if (own.signal.aborted) return
      this.#failures = 0
      this.#see(frame)
    } catch (error) {
      if (own.signal.aborted) return
      this.#failures += 1
      const reason =
        error instanceof FrameError ? error.reason : { kind: 'viewer' as const }
      this.#set({ ...this.#look, looking: false, reason })
    }
    this.#underway = undefined
    this.#schedule()
  }

  #see(frame: Frame): void {
    const { frame: before, changedAt } = this.#look
    const change = before ? changeOf(before.blocks, frame.blocks) : 'none'
    // The canvas of an equal screenshot is kept, so that it isn't painted again.
    const seen = before && change === 'none' ? { ...frame, picture: before.picture } : frame
    keep(this.#key, seen)
    const changed = change === 'much' ? frame.at : changedAt
    this.#set({
      frame: seen,
      looking: false,
      ...(changed === undefined ? {} : { changedAt: changed }),
    })
  }
}
