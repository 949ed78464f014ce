/** What every console says of its connection; why there is none is in `connection-words.ts`. */
import { useLingui } from '@lingui/react/macro'

import { formatNumber } from '../components/format.ts'
import type { ConnectionState, Phase } from './connection-state.ts'

/** How the connection is, in one or two words. */
export function useStatusWords(): (state: ConnectionState) => string {
  const { t } = useLingui()
  return ({ status, unstable, behind, reason }) => {
    if (status === 'open' && behind) return t`Image stopped`
    if (status === 'open') return unstable ? t`Unstable` : t`Connected`
    if (status === 'connecting') return t`Connecting…`
    if (status === 'reconnecting') return t`Reconnecting…`
    if (status === 'closed') return t`Disconnected`
    return reason?.kind === 'starting' ? t`Starting…` : t`Waiting`
  }
}

/** What an attempt waits for and how much came, shown if it takes long. */
export function usePhaseWords(): (phase: Phase | undefined, bytes: number) => string {
  const { t } = useLingui()
  return (phase, bytes) => {
    if (phase === 'picture' && bytes >= 1_000) {
      const kilobytes = formatNumber(Math.round(bytes / 1_000))
      return t`Receiving the first image: ${kilobytes} kB so far…`
    }
    if (phase === 'ticket') return t`Requesting a console address from the zone…`
    if (phase === 'opening') return t`Connecting to the console proxy…`
    if (phase === 'greeting' || phase === 'picture') return t`Waiting for the first image…`
    return ''
  }
}
