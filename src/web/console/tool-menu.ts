/** Builds the Tools menu, with the reason if a tool can't be opened now. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'

import type { ScreenRights } from '#contract/people/policy.ts'

import { rightWords } from '../components/people/right-words.ts'
import { i18n } from '../i18n.ts'
import type { ConnectionState } from '../screen/connection-state.ts'
import type { MenuEntry } from '../ui/menu-entry.ts'
import { toolFaces } from './tool-faces.tsx'
import type { Tool } from './tool.ts'
import type { OpenTools } from './use-tools.ts'

const words = (message: MessageDescriptor) => i18n._(message)

type Now = {
  state: ConnectionState
  viewOnly: boolean
  /** Undefined until the session is known. */
  rights: ScreenRights | undefined
}

function reasonFor(
  { needs, right }: Tool,
  { state, viewOnly, rights }: Now,
): string | null {
  const needed = needs === 'keys' ? 'type' : right
  if (needed && rights?.[needed] === false) return words(rightWords[needed])
  if (needs === 'picture' && !state.size) return words(msg`Nothing is on the screen yet.`)
  if (needs !== 'keys') return null
  if (state.status !== 'open') return words(msg`The console isn’t connected.`)
  return viewOnly ? words(msg`The console is view-only.`) : null
}

/** The entries as they are now; called at each rendering of the open menu. */
export function toolMenu({ all, open, toggle }: OpenTools, now: Now): MenuEntry[] {
  return all.map((tool) => {
    const { label, detail, icon } = toolFaces[tool.id]
    return {
      label: words(label),
      icon,
      detail: detail && words(detail),
      checked: open.includes(tool),
      // An open tool can always be closed.
      disabledReason: open.includes(tool) ? null : reasonFor(tool, now),
      onSelect: () => toggle(tool),
    }
  })
}
