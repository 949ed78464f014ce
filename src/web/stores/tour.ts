/**
 * Holds the tour of the sandbox: which step it is at, and what it knows of the instance that it is about. Only what has really
 * happened advances it. The state lives in this browser, so it survives a reload.
 */
import { create } from 'zustand'

import type { BootState } from '#contract/sandbox/scenario.ts'

export const tourSteps = [
  'create',
  'start',
  'screen',
  'snapshot',
  'break',
  'revert',
] as const
export type TourStep = (typeof tourSteps)[number]

export type TourInstance = { zone: string; id: string; name: string }

export type Tour = {
  isOn: boolean
  /** An index of `tourSteps`; their number when the tour is done. */
  step: number
  /** The instances that existed when it began. */
  known: string[]
  startedAt: number
  instance?: TourInstance | undefined
  /** What happened already, perhaps before its step. */
  seen: ('screen' | 'no-boot')[]
  /** The instance was deleted, so the tour began again. */
  lost?: true | undefined
}

export type TourFacts = {
  /** False until every zone has responded once. */
  loaded: boolean
  rows: (TourInstance & { state: string })[]
  /** The instance whose screen is connected in this window. */
  screen?: string | undefined
  /** Of the tour's instance; undefined if they aren't read yet. */
  snapshots?: { state?: string }[] | undefined
  boot?: BootState | undefined
  /** Operations of the tour's instance that ended in success, since the tour began. */
  done: string[]
}

export const newTour = (known: string[], startedAt: number): Tour => ({
  isOn: true,
  step: 0,
  known,
  startedAt,
  seen: [],
})

function isDone(
  step: TourStep,
  { instance, seen, known }: Tour,
  facts: TourFacts,
): boolean {
  const row = facts.rows.find(({ id }) => id === instance?.id)
  switch (step) {
    case 'create':
      return row !== undefined && !known.includes(row.id)
    case 'start':
      return row?.state === 'running'
    case 'screen':
      return seen.includes('screen')
    case 'snapshot':
      return (
        facts.snapshots?.some(({ state }) => state === 'ready' || state === 'exported') ??
        false
      )
    case 'break':
      return seen.includes('no-boot')
    case 'revert':
      return (
        facts.done.includes('revert-instance-to-snapshot') &&
        row?.state === 'running' &&
        facts.boot === 'booted'
      )
  }
}

/** The instance that the tour is about: a new one, or any that runs if creating one was skipped. */
function chosen(
  { instance, step, known }: Tour,
  { rows }: TourFacts,
): TourInstance | undefined {
  if (instance) return instance
  const made = rows.find(({ id }) => !known.includes(id))
  const found =
    made ?? (step > 0 ? rows.find(({ state }) => state === 'running') : undefined)
  return found && { zone: found.zone, id: found.id, name: found.name }
}

/** The tour after these facts; the same object if nothing has changed. */
export function advance(tour: Tour, facts: TourFacts): Tour {
  if (!tour.isOn || tour.step >= tourSteps.length || !facts.loaded) return tour
  const { instance } = tour
  if (instance && !facts.rows.some(({ id }) => id === instance.id)) {
    const known = facts.rows.map(({ id }) => id)
    return { ...newTour(known, tour.startedAt), lost: true }
  }
  let next = tour
  const found = chosen(tour, facts)
  if (found && !instance) next = { ...next, instance: found, lost: undefined }
  const { id } = next.instance ?? {}
  if (id && facts.screen === id && !next.seen.includes('screen'))
    next = { ...next, seen: [...next.seen, 'screen'] }
  if (id && facts.boot === 'no-boot' && !next.seen.includes('no-boot'))
    next = { ...next, seen: [...next.seen, 'no-boot'] }
  for (let step = tourSteps[next.step]; step && isDone(step, next, facts);) {
    next = { ...next, step: next.step + 1 }
    step = tourSteps[next.step]
  }
  return next
}

const key = 'vedette:tour'
const welcomeKey = 'vedette:welcome'

function read(name: string): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}

function write(name: string, value: string): void {
  try {
    localStorage.setItem(name, value)
  } catch {
    // It then lasts as long as the page.
  }
}

function stored(): Tour | undefined {
  try {
    const tour: unknown = JSON.parse(read(key) ?? 'null')
    const isTour =
      typeof tour === 'object' && tour !== null && 'seen' in tour && 'step' in tour
    return isTour ? (tour as Tour) : undefined // written below
  } catch {
    return undefined
  }
}

type TourStore = {
  tour: Tour | undefined
  setTour: (tour: Tour) => void
  isWelcome: boolean
  setWelcome: (isWelcome: boolean) => void
}

export const useTour = create<TourStore>()((set) => ({
  tour: stored(),
  setTour: (tour) => {
    write(key, JSON.stringify(tour))
    set({ tour })
  },
  isWelcome: read(welcomeKey) !== 'closed',
  setWelcome: (isWelcome) => {
    write(welcomeKey, isWelcome ? 'open' : 'closed')
    set({ isWelcome })
  },
}))
