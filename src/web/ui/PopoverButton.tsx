import { lazy, useRef } from 'react'

import { Coming } from './Coming.tsx'
import { OverlayTrigger, type OverlayTriggerLook } from './OverlayTrigger.tsx'
import type { PopoverContent } from './Popover.tsx'
import { useLateOverlay } from './use-late-overlay.ts'

const load = () => import('./Popover.tsx')
const Popover = lazy(async () => ({ default: (await load()).Popover }))
const preload = () => void load().catch(() => undefined)

type PopoverButtonProps = OverlayTriggerLook & {
  title: string
  content: PopoverContent
  align?: 'start' | 'end' | undefined
}

/** A button with a panel that is loaded at the first hover or focus. */
export function PopoverButton({
  title,
  content,
  align = 'end',
  ...look
}: PopoverButtonProps) {
  const anchor = useRef<HTMLButtonElement>(null)
  const overlay = useLateOverlay()
  return (
    <>
      <OverlayTrigger
        {...look}
        ref={anchor}
        popup="dialog"
        open={overlay.open}
        onOpen={overlay.setOpen}
        onPreload={preload}
      />
      {overlay.mounted && (
        <Coming>
          <Popover
            open={overlay.open}
            onOpenChange={overlay.setOpen}
            onClosed={overlay.unmount}
            anchor={anchor}
            align={align}
            title={title}
            content={content}
          />
        </Coming>
      )}
    </>
  )
}
