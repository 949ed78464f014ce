import type { LinguiConfig } from '@lingui/conf'

/** English is the source language and lives in the code; catalogues hold translations. */
const config: LinguiConfig = {
  sourceLocale: 'en',
  locales: ['en'],
  // Ours, by which names are shown whole.
  runtimeConfigModule: { Trans: ['#web/ui/trans.ts', 'Trans'] },
  catalogs: [{ path: 'src/web/locales/{locale}', include: ['src/web'] }],
}

export default config
