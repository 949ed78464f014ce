import type { LinguiConfig } from '@lingui/conf'

import { languages } from './src/contract/languages.ts'

/** English is the source language and is written in the code (docs/languages.md). */
const config: LinguiConfig = {
  sourceLocale: 'en',
  locales: [...languages],
  // Ours, by which names are shown whole.
  runtimeConfigModule: { Trans: ['#web/ui/trans.ts', 'Trans'] },
  catalogs: [{ path: 'src/web/locales/{locale}', include: ['src/web'] }],
}

export default config
