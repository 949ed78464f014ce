import { useLingui } from '@lingui/react/macro'

import { readAgent } from './read-agent.ts'

/** A user agent in plain words, such as “Firefox on Linux”. */
export function useBrowserWords(): (agent: string) => string {
  const { t } = useLingui()
  return (agent) => {
    const { browser, system } = readAgent(agent)
    if (browser && system) return t`${browser} on ${system}`
    return browser ?? system ?? t`Unknown browser`
  }
}
