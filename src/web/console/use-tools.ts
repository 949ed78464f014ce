import { useState } from 'react'
import { useLocation } from 'react-router'

import type { ToolToOpen } from '../screen/ScreenLink.tsx'
import type { Tool } from './tool.ts'
import { tools } from './tools.ts'

export type OpenTools = {
  /** In the order of the menu. */
  all: readonly Tool[]
  open: readonly Tool[]
  toggle: (tool: Tool) => void
  close: (tool: Tool) => void
  /** Opens one by its id; false if there is none. */
  openById: (id: string) => boolean
}

/** Two panels would leave no space for the screen. */
const narrow = () => window.matchMedia('(width < 48rem)').matches

/** Which tools are open: at most one at the side and one at the bottom. */
export function useOpenTools(): OpenTools {
  const asked = (useLocation().state as ToolToOpen | null)?.tool // only Vedette's links set it
  const [open, setOpen] = useState<readonly Tool[]>(() =>
    tools.filter(({ id }) => id === asked),
  )
  const close = (tool: Tool) => setOpen((now) => now.filter((one) => one !== tool))
  const toggle = (tool: Tool) =>
    setOpen((now) =>
      now.includes(tool)
        ? now.filter((one) => one !== tool)
        : [...now.filter(({ place }) => !narrow() && place !== tool.place), tool],
    )
  const openById = (id: string) => {
    const tool = tools.find((one) => one.id === id)
    if (tool && !open.includes(tool)) toggle(tool)
    return tool !== undefined
  }
  return { all: tools, open, toggle, close, openById }
}
