/** What the tools are called and look like in the menu and above their panels; the screen comes before it. */
import type { MessageDescriptor } from '@lingui/core'
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
import type { ReactNode } from 'react'

import type { ToolId } from './tool.ts'

type Face = {
  label: MessageDescriptor
  /** A second, muted line in the menu. */
  detail?: MessageDescriptor
  icon: ReactNode
}

export const toolFaces: Record<ToolId, Face> = {
  'send-text': {
    label: msg`Send text`,
    detail: msg`Types text into the instance key by key`,
    icon: <TextCursorInput />,
  },
  password: {
    label: msg`Type password`,
    detail: msg`Types the stored password without showing it`,
    icon: <KeyRound />,
  },
  recipes: {
    label: msg`Rescue commands`,
    detail: msg`Step-by-step commands with explanations`,
    icon: <LifeBuoy />,
  },
  text: {
    label: msg`Screen text`,
    detail: msg`Select, copy, search or read aloud`,
    icon: <ScanText />,
  },
  explain: {
    label: msg`Explain this screen`,
    detail: msg`What it means and what to do next`,
    icon: <MessageCircleQuestion />,
  },
  'time-machine': {
    label: msg`Screen history`,
    detail: msg`View or save the last ten minutes`,
    icon: <History />,
  },
  about: {
    label: msg`Connection details`,
    icon: <Info />,
  },
}
