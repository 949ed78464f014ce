/**
 * A menu at a button that is not its own: long tables have one menu for all their rows. It is
 * open from the moment it is rendered, until `onClosed`.
 */
import { lazy, useMemo, useState } from 'react'

import { Coming } from './Coming.tsx'
import type { MenuItems } from './menu-entry.ts'

const load = () => import('./Menu.tsx')
const Menu = lazy(async () => ({ default: (await load()).Menu }))

export const preloadMenu = () => void load().catch(() => undefined)

type MenuAtProps = {
  anchor: HTMLElement
  at?: { x: number; y: number } | undefined
  label: string
  items: MenuItems
  byKeyboard: boolean
  onClosed: () => void
}

export function MenuAt({ anchor, at, label, items, byKeyboard, onClosed }: MenuAtProps) {
  const [open, setOpen] = useState(true)
  const ref = useMemo(() => ({ current: anchor }), [anchor])
  return (
    <Coming>
      <Menu
        open={open}
        onOpenChange={setOpen}
        onClosed={onClosed}
        anchor={ref}
        at={at}
        align="end"
        startOnFirst={byKeyboard}
        label={label}
        items={items}
      />
    </Coming>
  )
}
