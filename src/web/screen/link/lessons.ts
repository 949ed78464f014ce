/** What an attempt that ended means for the next one. */
import { isFinal, type ConnectionReason } from '../connection-state.ts'
import type { Answers } from './link-watch.ts'

/** What earlier attempts found out. */
export type Known = {
  answers: Answers
  /** How many times the usual silence may last. */
  bears: number
}

export const nothingKnown: Known = { answers: 'unknown', bears: 1 }

const mostBears = 8

/** What the next attempt should know of this server and the line to it. */
export function learn({ answers, bears }: Known, reason: ConnectionReason): Known {
  // Nobody knows whether the line was dead or its message large: each time it may take longer.
  const silent = reason.kind === 'silent' && reason.phase === 'live'
  return { answers, bears: silent ? Math.min(2 * bears, mostBears) : 1 }
}

/** Waiting doesn't help against these: a person has to reconnect. */
const final = new Set<ConnectionReason['kind']>([
  'security',
  'left',
  'viewer',
  'flood',
  'taken',
])

/** Whether no more attempts are made. */
export const endsAll = (reason: ConnectionReason): boolean =>
  final.has(reason.kind) || (reason.kind === 'problem' && isFinal(reason.problem))
