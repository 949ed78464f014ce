import { useLingui } from '@lingui/react/macro'

import {
  isCloseReason,
  isRefusedCode,
  refusedCode,
  type CloseReason,
} from '#contract/console.ts'

import { formatList } from '../components/format.ts'
import { useProblemWords } from '../components/problem-words.ts'
import type { ConnectionReason, Phase } from './connection-state.ts'
import type { Blocked } from './local-network.ts'

/** Says what a proxy means that refuses a websocket with this status; only the relay knows it. */
function useStatusMeaning(): (status: number) => string {
  const { t } = useLingui()
  return (status) => {
    const told = t`The zone returned status ${status}.`
    const meaning = () => {
      if (status >= 300 && status < 400)
        return t`The console proxy is somewhere else, and Vedette doesn’t follow it there.`
      if (status === 400)
        return t`The console proxy doesn’t accept this kind of connection.`
      if (status === 401 || status === 403)
        return t`The console proxy rejected the console address, which may have expired or been used.`
      if (status === 404 || status === 410)
        return t`The console proxy doesn’t know the console address, or the instance has no screen.`
      if (status === 407 || status === 511)
        return t`A network proxy between Vedette’s server and the zone asks for a sign-in.`
      if (status === 409 || status === 423)
        return t`The instance has no screen now, or someone else is using it exclusively.`
      if (status === 429) return t`The console proxy has too many requests.`
      if (status === 426 || status === 501 || status === 505)
        return t`The host doesn’t support websockets.`
      if (status >= 500) return t`The console proxy has a problem of its own.`
      return t`The console proxy rejected the connection.`
    }
    return `${told} ${meaning()}`
  }
}

function useBlockedWords(): (blocked: Blocked) => string {
  const { t } = useLingui()
  return (blocked) =>
    blocked === 'denied'
      ? t`Your browser doesn’t let this page connect to your local network, where the console host may be. Allow “Local network access” in the browser’s settings for this site, or ask your administrator to set CONSOLE_VIA=relay.`
      : t`Your browser may be asking whether this page may connect to devices on your local network, where the console host is. Select Allow, or ask your administrator to set CONSOLE_VIA=relay.`
}

function useSilentWords(): (phase: Phase) => string {
  const { t } = useLingui()
  return (phase) => {
    if (phase === 'ticket') return t`The zone took too long to provide a console address.`
    if (phase === 'opening') return t`The console proxy didn’t respond.`
    if (phase === 'live') return t`The console stopped responding.`
    return t`The console proxy responded but sent no image.`
  }
}

type ImageReason = Extract<ConnectionReason, { kind: 'stalled' | 'undrawable' }>

/** Why an image could not be shown that came, or a part of it. */
function useImageWords(): (reason: ImageReason) => string {
  const { t } = useLingui()
  return (reason) => {
    if (reason.kind === 'undrawable')
      return t`The console sent an image that this browser can’t draw.`
    return reason.phase === 'live'
      ? t`The image stopped following the instance.`
      : t`Only a part of the first image arrived.`
  }
}

/**
 * Says in one sentence why there is no live image; nothing if the status says it all. What
 * a close code means depends on how far the attempt had come
 * (docs/vnc.md#the-disconnect-event).
 */
export function useReasonWords(): (reason: ConnectionReason | undefined) => string {
  const { t } = useLingui()
  const imageWords = useImageWords()
  const silent = useSilentWords()
  const problemWords = useProblemWords()
  const statusWords = useStatusMeaning()
  const blockedWords = useBlockedWords()
  const closed = (reason: CloseReason, code: number) => {
    const status = code - refusedCode(0)
    const words: Record<CloseReason, string> = {
      'address-used': t`The console address has expired or was already used. The next attempt requests a new one.`,
      'zone-status': statusWords(status),
      'no-response': t`The console proxy didn’t respond.`,
      'screen-gone': t`The screen is no longer available.`,
      'too-much-early': t`The browser sent too much data before the console was connected.`,
      'shutting-down': t`The Vedette server is stopping or restarting.`,
      'session-ended': t`Your session has ended, or your rights have changed.`,
      'not-limitable': t`You may not do everything with screens, and this one uses a kind of VNC that Vedette can’t limit. An admin can give you the right to type and copy.`,
    }
    return words[reason]
  }
  const lost = (phase: Phase, code: number, text: string) => {
    if (isCloseReason(text)) return closed(text, code)
    if (isRefusedCode(code))
      return t`The console proxy rejected this address: ${text}. The next attempt requests a new one.`
    if (text) return t`The console proxy closed the connection: ${text}.`
    // A browser doesn't report why a socket didn't open, nor whether the server responded.
    if (phase === 'opening')
      return t`Can’t reach the console proxy, or it rejected this address. Each address works only once, so the next attempt requests a new one.`
    if (phase === 'greeting')
      return t`The connection closed before the first image. Someone else may be using the console exclusively.`
    if (code === 1006) return t`The network connection was lost.`
    if (code === 1000 || code === 1001)
      return t`The console proxy closed the connection (code ${code}).`
    return t`The console proxy reported an error (code ${code}).`
  }
  return (reason) => {
    const names = reason?.kind === 'taken' ? formatList(new Set(reason.by)) : ''
    switch (reason?.kind) {
      case undefined:
      case 'not-running':
      case 'starting':
      case 'left':
        return ''
      case 'taken':
        return reason.by.length > 0
          ? t`${names} opened this screen, which is shown to one viewer at a time.`
          : t`Someone else, or another window of yours, opened this screen, which is shown to one viewer at a time.`
      case 'aside':
        return t`The browser had put this page aside.`
      case 'gone':
        return t`The screen is no longer available.`
      case 'lost':
        if (reason.blocked) return blockedWords(reason.blocked)
        return lost(reason.phase, reason.code, reason.text)
      case 'silent':
        if (reason.blocked) return blockedWords(reason.blocked)
        return silent(reason.phase)
      case 'stalled':
      case 'undrawable':
        return imageWords(reason)
      case 'garbage':
        return t`The server sent data that isn’t a VNC stream.`
      case 'flood':
        return t`Disconnected because the console sends more data than this browser can show.`
      case 'offline':
        return t`Your computer is offline. The console reconnects when you’re back online.`
      case 'security':
        return (
          reason.text || t`This console asks for a VNC password that Vedette doesn’t have.`
        )
      case 'viewer':
        return t`Can’t load the console viewer.`
      case 'problem':
        return problemWords(reason.problem)
    }
  }
}
