/** The heavy half of `PopoverButton`: a small non-modal panel with a few controls. */
import { Popover as BasePopover } from '@base-ui/react/popover'
import type { ReactNode, RefObject } from 'react'

import { pressedAnchor } from './pressed-anchor.ts'
import { StrictCsp } from './StrictCsp.tsx'

export type PopoverContent = ReactNode | ((close: () => void) => ReactNode)

export type PopoverProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  onClosed: () => void
  anchor: RefObject<HTMLButtonElement | null>
  align: 'start' | 'end'
  title: string
  content: PopoverContent
}

export function Popover({
  open,
  onOpenChange,
  onClosed,
  anchor,
  align,
  title,
  content,
}: PopoverProps) {
  return (
    <StrictCsp>
      <BasePopover.Root
        open={open}
        onOpenChange={(next, { event }) => {
          if (next || !pressedAnchor(event, anchor)) onOpenChange(next)
        }}
        onOpenChangeComplete={(next) => !next && onClosed()}
      >
        <BasePopover.Portal>
          <BasePopover.Positioner
            anchor={anchor}
            align={align}
            sideOffset={4}
            collisionPadding={8}
            // An absolute one is first laid out where it doesn't fit, and a phone keeps the page that wide.
            positionMethod="fixed"
            className="z-40"
          >
            <BasePopover.Popup
              finalFocus={anchor}
              className="ui-scroll max-h-(--available-height) max-w-[calc(100vw-1rem)] min-w-56 overflow-y-auto rounded-lg bg-surface p-3 text-text shadow-float outline-none transition-[opacity,transform] data-ending-style:opacity-0 data-starting-style:-translate-y-0.5 data-starting-style:opacity-0 forced-colors:border"
            >
              <BasePopover.Title className="mb-2 text-sm font-semibold">
                {title}
              </BasePopover.Title>
              {typeof content === 'function' ? content(() => onOpenChange(false)) : content}
            </BasePopover.Popup>
          </BasePopover.Positioner>
        </BasePopover.Portal>
      </BasePopover.Root>
    </StrictCsp>
  )
}
