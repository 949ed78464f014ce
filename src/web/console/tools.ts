/**
 * Lists the tools beside a screen: each is one entry here and one component, which is loaded when it
 * is first opened. To add one, write it here, name its id in tool.ts, and give it its words and icon in
 * tool-faces.tsx, which is loaded later:
 *
 *   const Lens = lazy(async () => ({ default: (await import('./lens/LensPanel.tsx')).LensPanel }))
 *   { id: 'lens', place: 'side', needs: 'picture', Panel: Lens }
 *
 * The component gets `ToolProps`. It is mounted while its panel is open and must stop everything when
 * it is unmounted. It uses the screen only through `connection`: `taps` for what is sent and painted,
 * `sendKey`, `frame()`, `abilities`, `lights`.
 */
import { lazy } from 'react'

import type { Tool } from './tool.ts'

const AboutPanel = lazy(async () => ({
  default: (await import('./AboutPanel.tsx')).AboutPanel,
}))

const SendTextPanel = lazy(async () => ({
  default: (await import('./typist/SendTextPanel.tsx')).SendTextPanel,
}))
const PasswordPanel = lazy(async () => ({
  default: (await import('./typist/PasswordPanel.tsx')).PasswordPanel,
}))
const RecipesPanel = lazy(async () => ({
  default: (await import('./typist/RecipesPanel.tsx')).RecipesPanel,
}))
const TextPanel = lazy(async () => ({
  default: (await import('./lens/TextPanel.tsx')).TextPanel,
}))
const ExplainPanel = lazy(async () => ({
  default: (await import('./lens/ExplainPanel.tsx')).ExplainPanel,
}))

const TimeMachinePanel = lazy(async () => ({
  default: (await import('./recorder/TimeMachinePanel.tsx')).TimeMachinePanel,
}))

/** In the order of the menu. */
export const tools: readonly Tool[] = [
  {
    id: 'send-text',
    place: 'side',
    needs: 'keys',
    Panel: SendTextPanel,
  },
  {
    id: 'password',
    place: 'side',
    needs: 'keys',
    Panel: PasswordPanel,
  },
  {
    id: 'recipes',
    place: 'side',
    needs: 'keys',
    Panel: RecipesPanel,
  },
  {
    id: 'text',
    place: 'side',
    needs: 'picture',
    right: 'copy',
    Panel: TextPanel,
  },
  {
    id: 'explain',
    place: 'side',
    needs: 'picture',
    Panel: ExplainPanel,
  },
  {
    id: 'time-machine',
    place: 'bottom',
    needs: 'picture',
    right: 'play',
    Panel: TimeMachinePanel,
  },
  {
    id: 'about',
    place: 'side',
    needs: 'nothing',
    Panel: AboutPanel,
  },
]
