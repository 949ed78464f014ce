/**
 * Lists the tools beside a screen: each is one entry here and one component, which is loaded when it
 * is first opened. To add one, write
 *
 *   const Lens = lazy(async () => ({ default: (await import('./lens/LensPanel.tsx')).LensPanel }))
 *   { id: 'lens', label: msg`Text`, icon: <ScanText />, place: 'side', needs: 'picture', Panel: Lens }
 *
 * The component gets `ToolProps`. It is mounted while its panel is open and must stop everything when
 * it is unmounted. It uses the screen only through `connection`: `taps` for what is sent and painted,
 * `sendKey`, `frame()`, `abilities`, `lights`.
 */
import { msg } from '@lingui/core/macro'
import {
  History,
  Info,
  KeyRound,
  LifeBuoy,
  MessageCircleQuestion,
  ScanText,
  TextCursorInput,
} from 'lucide-react'
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
    label: msg`Send text`,
    detail: msg`Types text into the instance key by key`,
    icon: <TextCursorInput />,
    place: 'side',
    needs: 'keys',
    Panel: SendTextPanel,
  },
  {
    id: 'password',
    label: msg`Type password`,
    detail: msg`Types the stored password without showing it`,
    icon: <KeyRound />,
    place: 'side',
    needs: 'keys',
    Panel: PasswordPanel,
  },
  {
    id: 'recipes',
    label: msg`Rescue commands`,
    detail: msg`Step-by-step commands with explanations`,
    icon: <LifeBuoy />,
    place: 'side',
    needs: 'keys',
    Panel: RecipesPanel,
  },
  {
    id: 'text',
    label: msg`Screen text`,
    detail: msg`Select, copy, search or read aloud`,
    icon: <ScanText />,
    place: 'side',
    needs: 'picture',
    right: 'copy',
    Panel: TextPanel,
  },
  {
    id: 'explain',
    label: msg`Explain this screen`,
    detail: msg`What it means and what to do next`,
    icon: <MessageCircleQuestion />,
    place: 'side',
    needs: 'picture',
    Panel: ExplainPanel,
  },
  {
    id: 'time-machine',
    label: msg`Screen history`,
    detail: msg`View or save the last ten minutes`,
    icon: <History />,
    place: 'bottom',
    needs: 'picture',
    right: 'play',
    Panel: TimeMachinePanel,
  },
  {
    id: 'about',
    label: msg`Connection details`,
    icon: <Info />,
    place: 'side',
    needs: 'nothing',
    Panel: AboutPanel,
  },
]
