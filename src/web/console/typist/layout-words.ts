import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'

import type { LayoutName } from './layouts-known.ts'

export const layoutWords: Record<LayoutName, MessageDescriptor> = {
  us: msg`English (US)`,
  uk: msg`English (UK)`,
  de: msg`German`,
  'de-CH': msg`German (Switzerland)`,
  fr: msg`French`,
  'fr-CH': msg`French (Switzerland)`,
  es: msg`Spanish`,
  it: msg`Italian`,
  pt: msg`Portuguese`,
}
