/**
 * Shows an instance's screen beside its row when the pointer rests on its name, or Space is
 * pressed there. It listens on the whole grid, so that a thousand rows cost nothing.
 */
import { lazy, Suspense, useEffect, useRef, useState, type RefObject } from 'react'

const RowGlance = lazy(async () => ({
  default: (await import('./RowGlance.tsx')).RowGlance,
}))

const glance = '[data-part=glance]'
const restMs = 450
/** Long enough to move the pointer onto the screen. */
const lingerMs = 200

type Shown = { zone: string; id: string; anchor: HTMLElement; byKeyboard: boolean }

function nameCell(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('th[scope=row]') : null
}

function shownAt(anchor: HTMLElement, byKeyboard: boolean): Shown | undefined {
  const [zone, id] = anchor.closest('tr')?.dataset['rowKey']?.split('/') ?? []
  return zone && id ? { zone, id, anchor, byKeyboard } : undefined
}

/** Whether it is beside its instance: a row's elements may have become another one's. */
const isOf = ({ anchor, zone, id }: Shown): boolean =>
  anchor.closest('tr')?.dataset['rowKey'] === `${zone}/${id}`

export function GridGlance({ grid }: { grid: RefObject<HTMLTableElement | null> }) {
  const [shown, setShown] = useState<Shown>()
  const timer = useRef(0)
  const later = (next: Shown | undefined, ms: number) => {
    clearTimeout(timer.current)
    timer.current = window.setTimeout(() => setShown(next), ms)
  }

  // The grid's rows come and go while it scrolls, so the table itself listens.
  useEffect(() => {
    const table = grid.current
    if (!table) return
    const off = new AbortController()
    const options = { signal: off.signal }
    const wait = (next: Shown | undefined, ms: number) => {
      clearTimeout(timer.current)
      timer.current = window.setTimeout(
        () => setShown(next && isOf(next) ? next : undefined),
        ms,
      )
    }
    const hide = () => wait(undefined, 0)
    table.addEventListener(
      'pointerover',
      ({ target, pointerType }) => {
        const cell = pointerType === 'touch' ? null : nameCell(target)
        if (cell) wait(shownAt(cell, false), restMs)
        else wait(undefined, lingerMs)
      },
      options,
    )
    table.addEventListener(
      'pointerleave',
      ({ relatedTarget }) => {
        // React has reported the pointer's arrival on the screen before this.
        const over = relatedTarget instanceof Element && relatedTarget.closest(glance)
        if (!over) wait(undefined, lingerMs)
      },
      options,
    )
    table.addEventListener('pointerdown', hide, options)
    table.addEventListener(
      'keydown',
      (event) => {
        const cell = nameCell(event.target)
        if (event.key === ' ' && cell) {
          event.preventDefault()
          clearTimeout(timer.current)
          setShown((now) => (now?.anchor === cell ? undefined : shownAt(cell, true)))
        } else if (event.key !== 'Shift') hide()
      },
      options,
    )
    table.parentElement?.addEventListener('scroll', hide, options)
    return () => {
      off.abort()
      clearTimeout(timer.current)
    }
  }, [grid])

  // The elements of a row may get another instance while the pointer rests on them.
  useEffect(() => {
    const row = shown?.anchor.closest('tr')
    if (!row) return
    const observer = new MutationObserver(() => setShown(undefined))
    observer.observe(row, { attributeFilter: ['data-row-key'] })
    return () => observer.disconnect()
  }, [shown])

  if (!shown) return null
  return (
    <Suspense fallback={null}>
      <RowGlance
        key={`${shown.zone}/${shown.id}`}
        {...shown}
        onClose={() => {
          setShown(undefined)
          shown.anchor.querySelector('a')?.focus()
        }}
        onPointer={(inside) => later(inside ? shown : undefined, lingerMs)}
      />
    </Suspense>
  )
}
