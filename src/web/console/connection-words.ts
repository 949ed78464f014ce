import { useLingui } from '@lingui/react/macro'

import type { ConnectionReason, ConnectionState } from './connection-state.ts'

/** How the connection is, in one or two words. */
export function useStatusWords(): (state: ConnectionState) => string {
  const { t } = useLingui()
  return ({ status, unstable, reason }) => {
    if (status === 'open') return unstable ? t`Unstable` : t`Connected`
    if (status === 'connecting') return t`Connecting…`
    if (status === 'reconnecting') return t`Reconnecting…`
    if (status === 'closed') return t`Disconnected`
    return reason?.kind === 'starting' ? t`Starting…` : t`Waiting`
  }
}

/** Why there is no living picture, in one sentence; nothing where the status says it all. */
export function useReasonWords(): (reason: ConnectionReason | undefined) => string {
  const { t } = useLingui()
  const lost = (code: number, text: string) => {
    if (text) return t`The screen’s proxy closed the connection: ${text}.`
    if (code === 1006) return t`The network broke off, or the proxy refused.`
    if (code > 0) return t`The screen’s proxy closed the connection (code ${code}).`
    return t`The screen’s data could not be understood.`
  }
  return (reason) => {
    switch (reason?.kind) {
      case undefined:
      case 'not-running':
      case 'starting':
      case 'left':
        return ''
      case 'gone':
        return t`There is no screen any more.`
      case 'lost':
        return lost(reason.code, reason.text)
      case 'silent':
        return t`Nothing was heard from the screen for too long.`
      case 'offline':
        return t`This computer has no network.`
      case 'security':
        return reason.text || t`The screen asks for a password that nobody here has.`
      case 'viewer':
        return t`The viewer could not be loaded.`
      case 'problem':
        return reason.problem.message
    }
  }
}
