/**
 * A short text beside what it explains, on hover and on keyboard focus. Our own, because Base
 * UI's costs 30 kB and this one is in the first chunk. The bubble is a manual popover: the top
 * layer needs neither portal nor z-index and works inside dialogs. It can be hovered, and Escape
 * closes it and nothing beneath it (WCAG 1.4.13).
 */
import {
  cloneElement,
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type ReactElement,
  type ReactNode,
} from 'react'

import { giveFocusOn } from './return-focus.ts'

type TooltipProps = {
  /** null: no tooltip at present; the child stays the same element in both cases. */
  text: ReactNode | null
  /** Also as the child's description; off where the text only repeats the child's name. */
  describe?: boolean
  delayMs?: number
  /** The class of the bubble, to hide it if it would only repeat the visible text. */
  className?: string | undefined
  children: ReactElement<{ 'aria-describedby'?: string | undefined }>
}

const gap = 6
const margin = 8
// Long enough to cross the gap between the child and the bubble.
const lingerMs = 120

function place(bubble: HTMLElement, anchor: Element): void {
  const around = anchor.getBoundingClientRect()
  const { width, height } = bubble.getBoundingClientRect()
  const above = around.top - gap - height
  const top = above >= margin ? above : around.bottom + gap
  const centred = around.left + around.width / 2 - width / 2
  const left = Math.max(margin, Math.min(centred, window.innerWidth - width - margin))
  bubble.style.left = `${Math.round(left)}px`
  bubble.style.top = `${Math.round(top)}px`
}

/** Opens after a delay, closes after a moment, and at once on Escape or scroll. */
function useBubble(delayMs: number, silent: boolean) {
  const [open, setOpen] = useState(false)
  const timer = useRef<number>(undefined)

  const change = useCallback((next: boolean, afterMs: number) => {
    window.clearTimeout(timer.current)
    if (afterMs === 0) setOpen(next)
    else timer.current = window.setTimeout(() => setOpen(next), afterMs)
  }, [])

  // Outside system: the clock. A timer must not outlive the component.
  useEffect(() => () => window.clearTimeout(timer.current), [])

  // Outside system: the document's keys and scrolling, only while there is something to close.
  useEffect(() => {
    if (!open || silent) return
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      // A tooltip that is hidden by its class must not handle Escape.
      if (document.querySelector('[role=tooltip]')?.checkVisibility() === false) return
      event.stopPropagation()
      change(false, 0)
    }
    const onScroll = () => change(false, 0)
    document.addEventListener('keydown', onKeyDown, true)
    document.addEventListener('scroll', onScroll, { capture: true, passive: true })
    return () => {
      document.removeEventListener('keydown', onKeyDown, true)
      document.removeEventListener('scroll', onScroll, true)
    }
  }, [open, silent, change])

  return {
    open,
    show: () => change(true, 0),
    showLater: () => change(true, delayMs),
    hide: () => change(false, 0),
    hideLater: () => change(false, lingerMs),
  }
}

export function Tooltip({
  text,
  describe = true,
  delayMs = 400,
  className = '',
  children,
}: TooltipProps) {
  const id = useId()
  const wrapper = useRef<HTMLSpanElement>(null)
  const silent = text === null || text === undefined || text === ''
  const { open, show, showLater, hide, hideLater } = useBubble(delayMs, silent)

  const bubbleRef = useCallback((bubble: HTMLElement | null) => {
    const anchor = wrapper.current?.firstElementChild
    if (!bubble || !anchor) return
    bubble.showPopover()
    place(bubble, anchor)
  }, [])

  // Each button has a tooltip. Effects are cleaned up before React takes the element out.
  useLayoutEffect(() => {
    const own = wrapper.current
    return () => {
      if (own) giveFocusOn(own)
    }
  }, [])

  const before = children.props['aria-describedby']
  const describedBy = describe && !silent ? [before, id].filter(Boolean).join(' ') : before

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- listens in on its child
    <span
      ref={wrapper}
      className="contents"
      onPointerEnter={(event) => event.pointerType !== 'touch' && showLater()}
      onPointerLeave={hideLater}
      onFocus={(event) => event.target.matches(':focus-visible') && show()}
      onBlur={hide}
      onPointerDown={hide}
      // Touch has no hover, so a tap on a disabled button shows its reason. Not on click, because a
      // disabled button stops the click event.
      onPointerUp={(event) =>
        event.pointerType === 'touch' &&
        event.target instanceof Element &&
        event.target.closest('[aria-disabled="true"]') &&
        show()
      }
    >
      {cloneElement(children, { 'aria-describedby': describedBy })}
      {describe && !silent && (
        <span id={id} hidden>
          {text}
        </span>
      )}
      {open && !silent && (
        <span
          ref={bubbleRef}
          popover="manual"
          role="tooltip"
          className={`inset-auto m-0 w-max max-w-72 rounded-md border-0 bg-text px-2 py-1 text-left text-xs font-normal break-words whitespace-normal text-bg forced-colors:border ${className}`}
        >
          {text}
        </span>
      )}
    </span>
  )
}
