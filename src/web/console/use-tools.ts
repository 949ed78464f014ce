import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useLocation } from 'react-router'

import { useRightBlock } from '../components/people/role-block.ts'
import type { ConnectionState } from '../screen/connection-state.ts'
import type { ToolToOpen } from '../screen/ScreenLink.tsx'
import type { MenuEntry } from '../ui/menu-entry.ts'
import type { Tool } from './tool.ts'
import { tools } from './tools.tsx'

export type OpenTools = {
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
  return { open, toggle, close, openById }
}

/** The tools as a menu, with the reason if one can't be opened now. */
export function useToolEntries(
  { open, toggle }: OpenTools,
  { status, size }: ConnectionState,
  viewOnly: boolean,
): () => MenuEntry[] {
  const { t } = useLingui()
  const rightBlock = useRightBlock()
  const reason = ({ needs, right }: Tool) => {
    const block = needs === 'keys' ? rightBlock('type') : right ? rightBlock(right) : null
    if (block) return block
    if (needs === 'picture' && !size) return t`Nothing is on the screen yet.`
    if (needs !== 'keys') return null
    if (status !== 'open') return t`The console isn’t connected.`
    return viewOnly ? t`The console is view-only.` : null
  }
  return () =>
    tools.map((tool) => ({
      label: t(tool.label),
      icon: tool.icon,
      detail: tool.detail && t(tool.detail),
      checked: open.includes(tool),
      // An open tool can always be closed.
      disabledReason: open.includes(tool) ? null : reason(tool),
      onSelect: () => toggle(tool),
    }))
}
