import { useLingui } from '@lingui/react/macro'

import { isRefusedCode } from '#contract/console.ts'

import type { ConnectionReason, ConnectionState, Phase } from './connection-state.ts'

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

/** What an attempt waits for, for whoever waits long enough to wonder. */
export function usePhaseWords(): (phase: Phase | undefined) => string {
  const { t } = useLingui()
  return (phase) => {
    if (phase === 'ticket') return t`Waiting for the zone to tell where the screen is…`
    if (phase === 'opening') return t`Waiting for the screen’s proxy…`
    if (phase === 'greeting' || phase === 'picture')
      return t`Waiting for the first picture…`
    return ''
  }
}

/**
 * Why there is no living picture, in one sentence; nothing where the status says it all. What a
 * close code means depends on how far the attempt had come (vnc.md 5.1).
 */
export function useReasonWords(): (reason: ConnectionReason | undefined) => string {
  const { t } = useLingui()
  const lost = (phase: Phase, code: number, text: string) => {
    if (isRefusedCode(code))
      return t`The screen’s proxy refused this address: ${text}. The next attempt fetches a new one.`
    if (text) return t`The screen’s proxy closed the connection: ${text}.`
    // A browser tells neither why a socket never opened nor whether anybody was there.
    if (phase === 'opening')
      return t`The screen’s proxy could not be reached, or refused this address. Each address is good once, so the next attempt fetches a new one.`
    if (phase === 'greeting')
      return t`The screen hung up before it showed a picture. Somebody may be using it alone.`
    if (code === 1006) return t`The network broke off.`
    if (code === 1000 || code === 1001)
      return t`The screen’s proxy ended the connection (code ${code}).`
    return t`The screen’s proxy had a problem (code ${code}).`
  }
  const silent = (phase: Phase) => {
    if (phase === 'ticket') return t`The zone did not tell where the screen is in time.`
    if (phase === 'opening') return t`The screen’s proxy did not answer.`
    if (phase === 'live') return t`Nothing was heard from the screen for too long.`
    return t`The screen’s proxy answered, but the screen showed nothing.`
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
        return lost(reason.phase, reason.code, reason.text)
      case 'silent':
        return silent(reason.phase)
      case 'garbage':
        return t`What came is not a screen’s data.`
      case 'flood':
        return t`The screen sends more than this browser can show, so it was disconnected.`
      case 'offline':
        return t`This computer has no network. It goes on when there is one.`
      case 'security':
        return reason.text || t`The screen asks for a password that nobody here has.`
      case 'viewer':
        return t`The viewer could not be loaded.`
      case 'problem':
        return reason.problem.message
    }
  }
}
