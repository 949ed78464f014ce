import { expect, test } from 'vitest'

import {
  dismissToast,
  hasWaitingToasts,
  takeToasts,
  toast,
  type ToastEvent,
} from './toast.ts'

function shown(events: readonly ToastEvent[], id: string) {
  return events.find((event) => event.kind === 'show' && event.toast.id === id)
}

test('a toast from before the viewport is loaded is shown once it is', () => {
  const events: ToastEvent[] = []
  const early = toast({ kind: 'success', title: 'Started web-01' })
  expect(hasWaitingToasts()).toBe(true)

  const release = takeToasts((event) => events.push(event))
  const late = toast({ kind: 'info', title: 'Stopped web-02' })
  dismissToast(early)
  release()

  expect(hasWaitingToasts()).toBe(false)
  expect(shown(events, early)).toBeDefined()
  expect(shown(events, late)).toBeDefined()
  expect(events.at(-1)).toEqual({ kind: 'dismiss', id: early })
})

test('only successes close automatically', () => {
  const events: ToastEvent[] = []
  const release = takeToasts((event) => events.push(event))
  const action = { label: 'Retry', onSelect: () => undefined }
  const brief = toast({ kind: 'success', title: 'Saved' })
  const failed = toast({ kind: 'error', title: 'Not saved' })
  const offer = toast({ kind: 'success', title: 'Deleted', action })
  release()

  expect(shown(events, brief)).toMatchObject({ toast: { lastsMs: 6_000 } })
  expect(shown(events, failed)).toMatchObject({ toast: { lastsMs: 0 } })
  expect(shown(events, offer)).toMatchObject({ toast: { lastsMs: 0 } })
})

test('a notice keeps the id it is given', () => {
  const events: ToastEvent[] = []
  const release = takeToasts((event) => events.push(event))
  const id = toast({ kind: 'info', title: 'Step 1', id: 'operation-7' })
  release()

  expect(id).toBe('operation-7')
  expect(shown(events, 'operation-7')).toBeDefined()
})
