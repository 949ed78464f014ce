/**
 * Adds toasts from anywhere, without React and without Base UI: this file only keeps the list and
 * notifies `Toasts`, which loads the viewport with the first of them. Successes close after six
 * seconds; errors, warnings and toasts with an action stay until they are dismissed (WCAG 2.2.1).
 */
import type { ReactNode } from 'react'

export type ToastKind = 'success' | 'error' | 'info' | 'warning'

type ToastAction = {
  label: string
  onSelect: () => void
}

type ToastRequest = {
  kind: ToastKind
  title: string
  body?: ReactNode
  action?: ToastAction | undefined
  /** A second toast with the same id takes the place of the first. */
  id?: string | undefined
}

export type ToastRecord = ToastRequest & {
  id: string
  /** 0: until dismissed. */
  lastsMs: number
}

export type ToastEvent =
  | { kind: 'show'; toast: ToastRecord }
  | { kind: 'dismiss'; id: string }

const briefMs = 6_000
let count = 0
let waiting: readonly ToastEvent[] = []
let take: ((event: ToastEvent) => void) | null = null
const wakers = new Set<() => void>()

function emit(event: ToastEvent): void {
  if (take) take(event)
  else {
    waiting = [...waiting, event]
    wakers.forEach((wake) => wake())
  }
}

export function toast(request: ToastRequest): string {
  count += 1
  const id = request.id ?? `toast-${count}`
  const stays = request.action || request.kind === 'error' || request.kind === 'warning'
  emit({ kind: 'show', toast: { ...request, id, lastsMs: stays ? 0 : briefMs } })
  return id
}

export function dismissToast(id: string): void {
  emit({ kind: 'dismiss', id })
}

/** For `Toasts`: whether anything waits to be shown. */
export function subscribeWaitingToasts(listener: () => void): () => void {
  wakers.add(listener)
  return () => wakers.delete(listener)
}

export function hasWaitingToasts(): boolean {
  return waiting.length > 0
}

/** For `ToastViewport`: from now on events go there, beginning with those that waited. */
export function takeToasts(handler: (event: ToastEvent) => void): () => void {
  take = handler
  const backlog = waiting
  waiting = []
  backlog.forEach(handler)
  return () => {
    if (take === handler) take = null
  }
}
