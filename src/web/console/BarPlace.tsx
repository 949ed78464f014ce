/**
 * Holds the console's bar. In full screen the bar is hidden until the pointer is at the upper edge,
 * a finger taps its handle or it gets the focus (Ctrl+Alt+Shift), and while a menu is open.
 */
import { useLingui } from '@lingui/react/macro'
import type { ReactNode, RefObject } from 'react'

export function BarPlace({
  hides,
  leaveTo,
  children,
}: {
  hides: boolean
  leaveTo: RefObject<HTMLElement | null>
  children: ReactNode
}) {
  const { t } = useLingui()
  return (
    <div
      className={
        hides ? 'group absolute inset-x-0 top-0 z-10 h-1.5 pointer-coarse:h-6' : ''
      }
    >
      {hides && (
        <button
          type="button"
          aria-label={t`Show toolbar`}
          className="absolute inset-0"
          onClick={() => leaveTo.current?.focus()}
        >
          <span className="absolute inset-x-0 top-1 mx-auto h-1 w-12 rounded-full bg-white/40" />
        </button>
      )}
      <div
        className={
          hides
            ? 'pointer-events-none relative -translate-y-full opacity-0 transition-[opacity,transform] group-focus-within:pointer-events-auto group-focus-within:translate-y-0 group-focus-within:opacity-100 group-hover:pointer-events-auto group-hover:translate-y-0 group-hover:opacity-100 group-has-aria-expanded:pointer-events-auto group-has-aria-expanded:translate-y-0 group-has-aria-expanded:opacity-100'
            : ''
        }
      >
        {children}
      </div>
    </div>
  )
}
