import { lazy, useRef, useState } from 'react'

import { Coming } from './Coming.tsx'
import type { MenuItems } from './menu-entry.ts'
import { OverlayTrigger, type OverlayTriggerLook } from './OverlayTrigger.tsx'
import { useLateOverlay } from './use-late-overlay.ts'

const load = () => import('./Menu.tsx')
const Menu = lazy(async () => ({ default: (await load()).Menu }))
const preload = () => void load().catch(() => undefined)

type MenuButtonProps = OverlayTriggerLook & {
  /** A function is called each time the open menu renders, so that closed menus cost nothing. */
  items: MenuItems
  align?: 'start' | 'end' | undefined
}

/** A button with a menu that is loaded at the first hover or focus. */
export function MenuButton({ items, align = 'end', ...look }: MenuButtonProps) {
  const anchor = useRef<HTMLButtonElement>(null)
  const overlay = useLateOverlay()
  const [byKeyboard, setByKeyboard] = useState(false)
  return (
    <>
      <OverlayTrigger
        {...look}
        ref={anchor}
        popup="menu"
        open={overlay.open}
        onOpen={(open, keyboard) => {
          setByKeyboard(keyboard)
          overlay.setOpen(open)
        }}
        onPreload={preload}
      />
      {overlay.mounted && (
        <Coming>
          <Menu
            open={overlay.open}
            onOpenChange={overlay.setOpen}
            onClosed={overlay.unmount}
            anchor={anchor}
            align={align}
            startOnFirst={byKeyboard}
            label={look.label}
            items={items}
          />
        </Coming>
      )}
    </>
  )
}
