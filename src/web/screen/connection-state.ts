import type { Problem } from '#contract/problem.ts'

import type { Copied } from './clipboard/clipboard.ts'
import type { Held } from './key-watch.ts'
import type { Blocked } from './local-network.ts'

/** The values of `data-connection`. */
type ConnectionStatus = 'waiting' | 'connecting' | 'open' | 'reconnecting' | 'closed'

/** The stages of an attempt: ticket, socket, RFB's handshake, first image. */
export type Phase = 'ticket' | 'opening' | 'greeting' | 'picture' | 'live'

/** Why there is no live image; `Trouble.tsx` has words and a solution for each. */
export type ConnectionReason =
  | { kind: 'not-running' }
  | { kind: 'starting' }
  /** The instance is deleted or being deleted. */
  | { kind: 'gone' }
  | { kind: 'left' }
  /** Another viewer has opened the screen, which takes it from this one. */
  | { kind: 'taken'; by: string[] }
  /** The page was left or frozen; it may come back as it was. */
  | { kind: 'aside' }
  /** The socket closed, or never opened. */
  | { kind: 'lost'; phase: Phase; code: number; text: string; blocked?: Blocked }
  /** Nothing was heard for too long, though nothing broke. */
  | { kind: 'silent'; phase: Phase; blocked?: Blocked }
  /** Something came, and could not be shown: noVNC waits for what never comes. */
  | { kind: 'stalled'; phase: Phase }
  /** An image that can't be drawn, again and again. */
  | { kind: 'undrawable' }
  /** What came is no RFB. */
  | { kind: 'garbage' }
  /** More came than a browser can show. */
  | { kind: 'flood' }
  | { kind: 'offline' }
  /** The screen requires a VNC password, which Exoscale's never do. */
  | { kind: 'security'; text: string }
  | { kind: 'viewer' }
  | { kind: 'problem'; problem: Problem }

/** A past attempt, for diagnostics. */
export type PastAttempt = {
  number: number
  /** Epoch ms of its end. */
  endedAt: number
  reason: ConnectionReason
}

export type ConnectionState = {
  status: ConnectionStatus
  /** Number of the attempt since the screen was opened, for people and for tests. */
  attempt: number
  reason?: ConnectionReason
  /** After so many attempts that ended in the same way, a person has to decide. */
  gaveUpAfter?: number
  /** Epoch ms at which the next attempt starts automatically. */
  retryAt?: number
  /** Open, but silent for a moment. */
  unstable: boolean
  /** Open, but what is shown doesn't follow: no key or click is sent. */
  behind?: boolean
  /** Open, and nothing was shown yet. */
  blank?: boolean
  /** Epoch ms of the last image, while an old one is shown. */
  frozenAt?: number
  /** Modifiers that a button of Vedette holds down in the instance. */
  held: Held
  /** The newest last. */
  past: readonly PastAttempt[]
  /** Milliseconds from a question to its answer, as last measured. */
  latencyMs?: number
  /** The names of others who look at the screen, as Vedette's server knows. */
  others?: readonly string[]
  /** RFB's status of the refusal of the last size that was asked for. */
  sizeRefused?: number
  /** What the instance copied last. */
  copied?: Copied
  /** The size of the instance's screen in pixels. */
  size?: { width: number; height: number }
}

/** Whether any of these is not yet in the state. */
export const isNews = (state: ConnectionState, seen: Partial<ConnectionState>): boolean =>
  Object.entries(seen).some(
    // What is missing is false.
    ([name, value]) => (state[name as keyof ConnectionState] ?? false) !== value,
  )

const steps = [0, 250, 500, 1_000, 2_000, 4_000, 8_000, 10_000]

/**
 * The pause before attempt `failures + 1`, in ms, changed at random by up to a fifth
 * (docs/vnc.md#reconnecting).
 */
export function pauseMs(failures: number, random = Math.random()): number {
  const step = steps[Math.min(failures, steps.length - 1)] ?? 0
  return Math.round(step * (0.8 + random * 0.4))
}

const finalCodes = new Set<string>([
  'not-found',
  'not-allowed',
  'denied',
  'bad-credentials',
  'clock-skew',
  'zone-garbage',
])

/** Whether retrying can't help, only a person or a change of the instance. */
export function isFinal({ code, status }: Problem): boolean {
  return finalCodes.has(code) || status === 404
}
