/**
 * A person's view of an instance's screen, outside React. It starts attempts, keeps the
 * last image while there is none, waits for instances that don't run yet, notices dead
 * lines (docs/vnc.md#dead-lines), and reconnects automatically (docs/vnc.md#reconnecting).
 * React shows its snapshots.
 */
import type { OtherViewer } from '#contract/console.ts'
import { isLeaving, mayHaveScreen } from '#contract/lifecycle.ts'

import { onHeartbeat } from '../api/feed.ts'
import { AttemptLimit, endKindOf } from './attempt-limits.ts'
import { Attempt } from './attempt.ts'
import {
  isNews,
  pauseMs,
  type ConnectionReason,
  type ConnectionState,
  type PastAttempt,
} from './connection-state.ts'
import { Input } from './input.ts'
import { endsAll, learn, nothingKnown } from './link/lessons.ts'
import { tickMs } from './link/link-watch.ts'
import { watchPage } from './page-life.ts'
import { Readings } from './readings.ts'
import { Rivals } from './sharing/rivals.ts'
import { Sitting } from './sharing/sitting.ts'
import { RemoteSize } from './size/remote-size.ts'
import { Stage } from './stage.ts'
import { Taps } from './taps.ts'

/** After this long open, the next loss counts as the first again. */
const settledMs = 10_000
/** A tab that has been hidden for this long does not reconnect. */
const forgottenMs = 60_000
const pastKept = 20

export class ConsoleConnection extends Readings {
  /** What tools hear of every attempt. */
  readonly taps = new Taps()
  readonly #target: { zone: string; id: string }
  readonly #listeners = new Set<() => void>()
  readonly #stop = new AbortController()
  #ticker = 0
  #state: ConnectionState = {
    status: 'waiting',
    attempt: 0,
    unstable: false,
    held: {},
    past: [],
  }
  #machine: string | undefined
  /** Keys, pointer and clipboard, on their way to the instance. */
  readonly input = new Input((held) => this.#set({ held }))
  /** Where the screen is on the page, and how large. */
  readonly stage = new Stage(
    (size) => this.#set({ size }),
    () => this.#remoteSize.consider(),
  )
  readonly #remoteSize = new RemoteSize(() => this.stage.room)
  #retry = 0
  #failures = 0
  /** Of ends of the same kind. */
  readonly #limit = new AttemptLimit()
  readonly #rivals = new Rivals()
  readonly #sitting: Sitting
  #openedAt = 0
  #hiddenAt = 0
  /** Whether the page was left or frozen, until it comes back. */
  #aside = false
  #known = nothingKnown

  constructor(target: { zone: string; id: string }) {
    super()
    this.#target = target
    this.#sitting = new Sitting(target, (others) => this.#meet(others))
  }

  start(): void {
    this.#ticker = window.setInterval(() => this.#watchLink(), tickMs)
    // The timers of a hidden tab run once a minute, too late for proxies with that patience.
    const stopBeats = onHeartbeat(() => {
      if (document.hidden) this.#watchLink()
    })
    this.#stop.signal.addEventListener('abort', stopBeats)
    watchPage(
      {
        online: () => this.#hurry(),
        looked: () => {
          this.#hiddenAt = document.hidden ? Date.now() : 0
          this.#hurry()
          this.#remoteSize.consider()
        },
        leaves: () => this.input.release(),
        putAside: () => this.#putAside(),
        comesBack: () => this.#comeBack(),
      },
      this.#stop.signal,
    )
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

  /** Where the screen belongs on the page. */
  attach(stage: HTMLElement, onLeave: () => void): () => void {
    this.input.onLeave = onLeave
    return this.stage.attach(stage)
  }

  /** The instance's state as Exoscale reports it; undefined once it is deleted. */
  setMachine(state: string | undefined): void {
    const before = this.#machine
    this.#machine = state ?? 'destroyed'
    if (this.#machine === before) return
    if (isLeaving(this.#machine)) return this.#finish({ kind: 'gone' })
    const { status } = this.#state
    if (mayHaveScreen(this.#machine)) {
      const waits = status === 'waiting' || status === 'reconnecting'
      const wasOut = before !== undefined && !mayHaveScreen(before)
      if (this.current === undefined && (waits || wasOut)) this.#begin()
    } else if (this.current === undefined && status !== 'closed') {
      this.#rest()
    }
  }

  #meet(others: readonly OtherViewer[]): void {
    const names = others.map(({ name }) => name)
    if (names.join('\n') !== (this.#state.others ?? []).join('\n'))
      this.#set({ others: names })
  }

  #begin(): void {
    clearTimeout(this.#retry)
    this.input.close()
    this.#remoteSize.close()
    const former = this.current
    this.current = undefined
    former?.end({ kind: 'left' })
    const attempt = this.#state.attempt + 1
    const status = this.#machine === 'starting' ? 'waiting' : 'connecting'
    // The reason of the last failure stays visible while a new attempt is made.
    const again = this.#state.frozenAt !== undefined || this.#failures > 0
    this.#set({ status: again ? 'reconnecting' : status, attempt }, [
      'retryAt',
      'blank',
      'behind',
    ])
    if (this.#machine === 'starting' && !this.#state.frozenAt)
      this.#set({ status: 'waiting', reason: { kind: 'starting' } })
    this.#sitting.expected()
    const target = { ...this.#target, viewer: this.#sitting.key }
    const current: Attempt = new Attempt(target, attempt, this.#known, this.taps, {
      onOthers: (others) => {
        if (this.current !== current) return
        this.#meet(others)
        // Before it connects, which would take the screen from the other one.
        if (this.#rivals.heard(others, Date.now())) this.#finish(this.#taken())
      },
      onPicture: () => {
        if (this.current === current) this.#open(current)
      },
      onSizeRefused: (sizeRefused) => {
        if (this.current !== current) return
        this.#remoteSize.setWanted(false)
        this.#set({ sizeRefused })
      },
      onBlank: () => {
        if (this.current === current) this.#open(current, true)
      },
      onCopied: (copied) => {
        if (this.current === current) this.#set({ copied })
      },
      onViewer: (rfb) => this.#remoteSize.listen(rfb),
      // Before noVNC removes the canvas, which has the focus.
      onEnding: () => {
        if (this.current !== current) return
        this.input.close({ lost: true })
        this.#remoteSize.close()
      },
      onEnd: (reason) => {
        if (this.current === current) this.#lose(reason)
      },
    })
    this.current = current
  }

  #open(attempt: Attempt, blank = false): void {
    const { host, rfb } = attempt
    if (!rfb) return
    if (this.#state.blank) return this.#set({}, ['blank'])
    this.input.open(attempt, rfb)
    this.stage.onScale = (scale) => attempt.setPointerScale(scale)
    this.stage.show(host)
    this.#remoteSize.open(attempt, rfb)
    this.#openedAt = Date.now()
    this.#sitting.begin()
    this.#set({ status: 'open', unstable: false }, [
      'reason',
      'retryAt',
      'frozenAt',
      'behind',
    ])
    if (blank) this.#set({ blank })
  }

  #lose(reason: ConnectionReason): void {
    const wasOpen = this.#state.status === 'open'
    this.#remember(reason)
    this.#known = learn(this.current?.known ?? this.#known, reason)
    this.#set({}, ['behind', 'blank'])
    this.current = undefined
    if (wasOpen) {
      if (Date.now() - this.#openedAt > settledMs) {
        this.#failures = 0
        this.#limit.reset()
      }
      this.#set({ frozenAt: Date.now(), unstable: false }, ['latencyMs'])
      this.stage.freeze()
    }
    if (endsAll(reason)) return this.#finish(reason)
    if (wasOpen && this.#rivals.lost(reason, Date.now())) return this.#finish(this.#taken())
    if (this.#machine !== undefined && !mayHaveScreen(this.#machine)) return this.#rest()
    if (this.#aside) return this.#set({ status: 'reconnecting', reason }, ['retryAt'])
    // A starting instance refuses until it has a screen.
    if (this.#machine !== 'starting' && this.#limit.isReached(reason))
      return this.#finish(reason, this.#limit.count)
    this.#schedule(reason)
  }

  #taken(): ConnectionReason {
    return { kind: 'taken', by: [...(this.#state.others ?? [])] }
  }

  #remember(reason: ConnectionReason): void {
    const { attempt: number, past } = this.#state
    const ended: PastAttempt = { number, endedAt: Date.now(), reason }
    this.#set({ past: [...past, ended].slice(-pastKept) })
  }

  #schedule(reason: ConnectionReason): void {
    const refused = reason.kind === 'problem' && reason.problem.code === 'zone-refused'
    const early = refused || this.#machine === 'starting'
    // A starting instance is tried at a constant interval, because its boot menu is only shown briefly.
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
      // It continues when the tab is shown (`start`) or the network is back.
      if (this.#forgotten) return this.#set({}, ['retryAt'])
      if (!navigator.onLine) return this.#set({ reason: { kind: 'offline' } }, ['retryAt'])
      this.#begin()
    }, pause)
  }

  /** Nothing can be done until the instance runs. */
  #rest(): void {
    clearTimeout(this.#retry)
    this.#failures = 0
    this.#set({ status: 'waiting', reason: { kind: 'not-running' } }, ['retryAt'])
  }

  #finish(reason: ConnectionReason, gaveUpAfter?: number): void {
    clearTimeout(this.#retry)
    const attempt = this.current
    this.current = undefined
    this.input.close()
    this.#sitting.end()
    this.#remoteSize.close()
    if (attempt) this.#remember(reason)
    if (attempt && this.#state.status === 'open')
      this.#set({ frozenAt: Date.now(), unstable: false })
    attempt?.end(reason)
    if (attempt) this.stage.freeze()
    this.#set({ status: 'closed', reason, ...(gaveUpAfter ? { gaveUpAfter } : {}) }, [
      'retryAt',
      'latencyMs',
      'blank',
      'behind',
    ])
  }

  get #forgotten(): boolean {
    return this.#hiddenAt > 0 && Date.now() - this.#hiddenAt > forgottenMs
  }

  #hurry(): void {
    if (document.hidden || this.#aside || this.current !== undefined) return
    const { status, reason, gaveUpAfter } = this.#state
    // What was down may be up again; what was refused is refused again.
    if (gaveUpAfter && reason && endKindOf(reason) === 'failed') return this.connect()
    const rests = reason?.kind === 'not-running'
    if (status === 'reconnecting' || (status === 'waiting' && !rests)) this.#begin()
  }

  /** The browser may keep the page without running it: nothing stays open, and no key down. */
  #putAside(): void {
    clearTimeout(this.#retry)
    this.#sitting.end()
    this.#aside = true
    this.current?.end({ kind: 'aside' })
  }

  #comeBack(): void {
    if (!this.#aside) return
    this.#aside = false
    // A tab that is still hidden waits until it is looked at.
    this.#hurry()
  }

  #watchLink(): void {
    const attempt = this.current
    if (!attempt) return
    const link = attempt.watch(document.hidden)
    if (this.current !== attempt || this.#state.status !== 'open') return
    const behind = link === 'behind'
    this.input.setFollows(!behind)
    const { latencyMs } = attempt
    const unstable = behind || link === 'unstable'
    const seen = { unstable, behind, ...(latencyMs === undefined ? {} : { latencyMs }) }
    if (isNews(this.#state, seen)) this.#set(seen)
  }

  /** The canvas that is shown; another one after each reconnection. */
  get canvas(): HTMLCanvasElement | undefined {
    return this.stage.canvas
  }

  /** The whole screen's pixels, unscaled; also the last ones of a lost connection. */
  frame(): ImageData | undefined {
    return this.stage.frame()
  }

  /** The screen as PNG, unscaled and without the pointer; also the last one of a lost connection. */
  picture(): Promise<Blob | null> {
    return this.stage.picture()
  }

  /** Watching only: no key, click or size reaches the instance. */
  setViewOnly(viewOnly: boolean): void {
    this.input.setViewOnly(viewOnly)
    this.#remoteSize.setViewOnly(viewOnly)
  }

  /** Whether the instance's screen takes the size of its place on the page, if it can. */
  setRemoteSize(wanted: boolean): void {
    this.#set({}, ['sizeRefused'])
    this.#remoteSize.setWanted(wanted)
  }

  /** Begins again at once, whatever it is waiting for. */
  connect(): void {
    this.#failures = 0
    this.#limit.reset()
    this.#rivals.reset()
    this.#set({}, ['reason', 'gaveUpAfter'])
    this.#begin()
  }

  /** The refusal has been shown. */
  forgetRefusedSize(): void {
    this.#set({}, ['sizeRefused'])
  }

  leave(): void {
    this.#finish({ kind: 'left' })
  }

  close(): void {
    this.#stop.abort()
    this.#sitting.end()
    clearInterval(this.#ticker)
    clearTimeout(this.#retry)
    this.input.close()
    const attempt = this.current
    this.current = undefined
    attempt?.end({ kind: 'left' })
    this.#remoteSize.close()
    this.stage.close()
    this.taps.clear()
  }
}
