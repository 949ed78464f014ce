/**
 * A person in front of a machine's screen, outside React: it begins attempts, keeps the last
 * picture while there is none, waits for machines that do not run yet, notices links that
 * died without a word, and comes back by itself (vnc.md 5.1). React shows its snapshots.
 */
import { isLeaving, isRunning } from '#contract/lifecycle.ts'

import { Attempt } from './attempt.ts'
import {
  isFinal,
  pauseMs,
  type ConnectionReason,
  type ConnectionState,
} from './connection-state.ts'
import { KeyWatch } from './key-watch.ts'
import type { Modifier } from './keys.ts'

export type Zoom = 'fit' | 1 | 2

const probeEveryMs = 2_000
const tickMs = 1_000
const unstableMs = 3_000
const silentMs = 8_000
/** Live for this long, and the next loss is the first again. */
const settledMs = 10_000

/** Whether there may be a screen: a starting machine has one before it runs. */
const mayHaveScreen = (state: string) => isRunning(state) || state === 'starting'

export class ConsoleConnection {
  readonly #target: { zone: string; id: string }
  readonly #listeners = new Set<() => void>()
  readonly #stop = new AbortController()
  #ticker = 0
  #state: ConnectionState = { status: 'waiting', attempt: 0, unstable: false }
  #machine: string | undefined
  #attempt: Attempt | undefined
  #keys: KeyWatch | undefined
  #stage: HTMLElement | undefined
  /** What is on the stage: the living picture, or the last one. */
  #shown: HTMLElement | undefined
  #canvas: HTMLCanvasElement | undefined
  #retry = 0
  #failures = 0
  #openedAt = 0
  #probedAt = 0
  #zoom: Zoom = 'fit'
  #viewOnly = false
  #onLeave = () => {}
  readonly #sizes = new MutationObserver(() => this.#measure())

  constructor(target: { zone: string; id: string }) {
    this.#target = target
  }

  start(): void {
    this.#ticker = window.setInterval(() => this.#watchLink(), tickMs)
    const options = { signal: this.#stop.signal }
    window.addEventListener('online', () => this.#hurry(), options)
    window.addEventListener('pagehide', () => this.close(), options)
    document.addEventListener('visibilitychange', () => this.#hurry(), options)
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  getSnapshot = (): ConnectionState => this.#state

  #set(change: Partial<ConnectionState>, drop: (keyof ConnectionState)[] = []): void {
    const next = { ...this.#state, ...change }
    for (const name of drop) delete next[name]
    this.#state = next
    for (const listener of this.#listeners) listener()
  }

  /** Where the picture belongs on the page. */
  attach(stage: HTMLElement, onLeave: () => void): () => void {
    this.#stage = stage
    this.#onLeave = onLeave
    if (this.#shown) stage.append(this.#shown)
    return () => {
      this.#stage = undefined
    }
  }

  /** What the platform says of the machine; undefined once it is gone. */
  setMachine(state: string | undefined): void {
    const before = this.#machine
    this.#machine = state ?? 'destroyed'
    if (this.#machine === before) return
    if (isLeaving(this.#machine)) return this.#finish({ kind: 'gone' })
    const { status } = this.#state
    if (mayHaveScreen(this.#machine)) {
      const waits = status === 'waiting' || status === 'reconnecting'
      const wasOut = before !== undefined && !mayHaveScreen(before)
      if (this.#attempt === undefined && (waits || wasOut)) this.#begin()
    } else if (this.#attempt === undefined && status !== 'closed') {
      this.#rest()
    }
  }

  #begin(): void {
    clearTimeout(this.#retry)
    const former = this.#attempt
    this.#attempt = undefined
    former?.end({ kind: 'left' })
    const attempt = this.#state.attempt + 1
    const status = this.#machine === 'starting' ? 'waiting' : 'connecting'
    const frozen = this.#state.frozenAt !== undefined
    this.#set({ status: frozen ? 'reconnecting' : status, attempt }, ['retryAt'])
    if (this.#machine === 'starting') this.#set({ reason: { kind: 'starting' } })
    const current: Attempt = new Attempt(this.#target, {
      onPicture: () => {
        if (this.#attempt === current) this.#open(current)
      },
      onEnd: (reason) => {
        if (this.#attempt === current) this.#lose(reason)
      },
    })
    this.#attempt = current
  }

  #open({ host, rfb }: Attempt): void {
    if (!rfb) return
    this.#shown?.remove()
    this.#shown = host
    rfb.viewOnly = this.#viewOnly
    this.#keys = new KeyWatch(host, rfb, () => {
      rfb.blur()
      this.#onLeave()
    })
    this.#stage?.append(host)
    const canvas = host.querySelector('canvas')
    this.#sizes.disconnect()
    if (canvas)
      this.#sizes.observe(canvas, {
        attributes: true,
        attributeFilter: ['width', 'height'],
      })
    this.#openedAt = Date.now()
    this.#set({ status: 'open', unstable: false }, ['reason', 'retryAt', 'frozenAt'])
    this.#measure()
  }

  #lose(reason: ConnectionReason): void {
    const wasOpen = this.#state.status === 'open'
    this.#keys?.close()
    this.#keys = undefined
    this.#attempt = undefined
    this.#sizes.disconnect()
    if (wasOpen) {
      if (Date.now() - this.#openedAt > settledMs) this.#failures = 0
      this.#set({ frozenAt: Date.now(), unstable: false }, ['latencyMs'])
      this.#freeze()
    }
    // A viewer that failed to load stays so until the page is loaded anew (load-novnc.ts).
    if (['security', 'left', 'viewer'].includes(reason.kind)) return this.#finish(reason)
    if (reason.kind === 'problem' && isFinal(reason.problem)) return this.#finish(reason)
    if (this.#machine !== undefined && !mayHaveScreen(this.#machine)) return this.#rest()
    this.#schedule(reason)
  }

  /** noVNC takes its canvas off the page when it ends; its last picture goes back on. */
  #freeze(): void {
    const canvas = this.#canvas
    if (!canvas || !this.#shown) return
    const frame = document.createElement('div')
    frame.className = 'flex size-full overflow-auto'
    frame.append(canvas)
    this.#shown.replaceChildren(frame)
  }

  #schedule(reason: ConnectionReason): void {
    const refused = reason.kind === 'problem' && reason.problem.code === 'zone-refused'
    const early = refused || this.#machine === 'starting'
    // A machine that is just starting is asked steadily: its boot menu waits for nobody.
    const pause = early ? 1_500 : pauseMs(this.#failures)
    this.#failures += 1
    const frozen = this.#state.frozenAt !== undefined
    const waiting = this.#machine === 'starting' || refused
    this.#set({
      status: frozen ? 'reconnecting' : waiting ? 'waiting' : 'reconnecting',
      reason: this.#machine === 'starting' ? { kind: 'starting' } : reason,
      retryAt: Date.now() + pause,
    })
    clearTimeout(this.#retry)
    this.#retry = window.setTimeout(() => {
      // A forgotten tab does not knock for ever; it goes on when somebody looks.
      if (document.hidden && this.#failures > 5) return
      if (!navigator.onLine) return this.#set({ reason: { kind: 'offline' } }, ['retryAt'])
      this.#begin()
    }, pause)
  }

  /** Nothing to do but wait for the machine. */
  #rest(): void {
    clearTimeout(this.#retry)
    this.#failures = 0
    this.#set({ status: 'waiting', reason: { kind: 'not-running' } }, ['retryAt'])
  }

  #finish(reason: ConnectionReason): void {
    clearTimeout(this.#retry)
    const attempt = this.#attempt
    this.#attempt = undefined
    if (attempt && this.#state.status === 'open')
      this.#set({ frozenAt: Date.now(), unstable: false })
    attempt?.end(reason)
    if (attempt) this.#freeze()
    this.#set({ status: 'closed', reason }, ['retryAt', 'latencyMs'])
  }

  #hurry(): void {
    if (document.hidden) return
    const { status, retryAt } = this.#state
    const stuck = status === 'reconnecting' || (status === 'waiting' && retryAt)
    if (stuck && this.#attempt === undefined) this.#begin()
  }

  #watchLink(): void {
    const attempt = this.#attempt
    // A hidden tab's clock is slowed down, so its silence proves nothing.
    if (!attempt || document.hidden || this.#state.status !== 'open') return
    const now = Date.now()
    const link = attempt.link
    if (link.silentMs > silentMs) return attempt.end({ kind: 'silent' })
    const unstable = link.silentMs > unstableMs
    const { latencyMs } = link
    if (unstable !== this.#state.unstable || latencyMs !== this.#state.latencyMs)
      this.#set({ unstable, ...(latencyMs === undefined ? {} : { latencyMs }) })
    if (now - this.#probedAt >= probeEveryMs) {
      this.#probedAt = now
      attempt.probe()
    }
  }

  #measure(): void {
    const canvas = this.#shown?.querySelector('canvas')
    if (!canvas) return
    this.#canvas = canvas
    const { width, height } = canvas
    const { size } = this.#state
    if (width > 0 && (size?.width !== width || size.height !== height))
      this.#set({ size: { width, height } })
    this.#layOut()
  }

  /** noVNC scales to its host, so the host's size is the zoom. */
  #layOut(): void {
    const { size } = this.#state
    const host = this.#shown
    if (!host || !size) return
    const fit = this.#zoom === 'fit'
    const factor = this.#zoom === 'fit' ? 1 : this.#zoom
    host.style.width = fit ? '100%' : `${size.width * factor}px`
    host.style.height = fit ? '100%' : `${size.height * factor}px`
    host.style.flex = 'none'
    host.style.margin = 'auto'
    host.style.imageRendering = fit ? 'auto' : 'pixelated'
  }

  setZoom(zoom: Zoom): void {
    this.#zoom = zoom
    this.#layOut()
  }

  /** Watching only; what is pressed is let go before noVNC stops sending. */
  setViewOnly(viewOnly: boolean): void {
    this.#viewOnly = viewOnly
    const rfb = this.#attempt?.rfb
    if (viewOnly) this.#keys?.releaseAll()
    if (rfb && this.#state.status === 'open') rfb.viewOnly = viewOnly
  }

  press(names: readonly string[]): void {
    this.#keys?.press(names)
  }

  /** Holds a modifier down, or lets it go; answers those held now. */
  toggle(modifier: Modifier): readonly Modifier[] {
    this.#keys?.toggle(modifier)
    return this.held
  }

  get held(): readonly Modifier[] {
    return this.#keys?.held ?? []
  }

  focus(): void {
    if (this.#state.status === 'open') this.#attempt?.rfb?.focus({ preventScroll: true })
  }

  /** The screen as PNG, unscaled and without the pointer; also the last one of a lost link. */
  picture(): Promise<Blob | null> {
    return new Promise((resolve) => {
      if (!this.#canvas) resolve(null)
      else this.#canvas.toBlob(resolve, 'image/png')
    })
  }

  /** Begins again at once, whatever it is waiting for. */
  connect(): void {
    this.#failures = 0
    this.#begin()
  }

  leave(): void {
    this.#finish({ kind: 'left' })
  }

  close(): void {
    this.#stop.abort()
    clearInterval(this.#ticker)
    clearTimeout(this.#retry)
    this.#sizes.disconnect()
    this.#keys?.releaseAll()
    this.#keys?.close()
    const attempt = this.#attempt
    this.#attempt = undefined
    attempt?.end({ kind: 'left' })
    this.#shown?.remove()
  }
}
