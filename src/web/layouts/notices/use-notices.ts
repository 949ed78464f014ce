/**
 * While no tab of Vedette is seen, what ends is in the title of one of them, and in a notification of the desktop if
 * the person has turned these on.
 */
import { useLingui } from '@lingui/react/macro'
import { useCallback, useEffect, useRef } from 'react'
import { useNavigate } from 'react-router'

import { formatNumber } from '../../components/format.ts'
import { permission, useDesktopNotices } from '../../stores/desktop-notices.ts'
import { OneTeller } from './one-teller.ts'
import { markTitle, unmarkTitle } from './title-mark.ts'
import { isBad, useEnded, type Ended } from './use-ended.ts'

/** Desktops keep few of them as well. */
const noticesKept = 20

/** `✓ Start: web-01 · Vedette`, with a number if more has ended. */
function useMarkWords() {
  const { t } = useLingui()
  return useCallback(
    ({ title, outcome }: Ended, ended: number) => {
      const count = formatNumber(ended)
      const sign = outcome === 'done' ? '✓' : isBad(outcome) ? '✗' : '?'
      return ended > 1
        ? t`(${count}) ${sign} ${title} · Vedette`
        : t`${sign} ${title} · Vedette`
    },
    [t],
  )
}

/** Shows a notification; returns whether the browser did. */
function notify(one: Ended, title: string, onOpen: () => void): Notification | undefined {
  if (!useDesktopNotices.getState().isOn || permission() !== 'granted') return undefined
  try {
    const shown = new Notification(title, {
      body: one.text,
      // Another tab would replace it instead of repeating it.
      tag: one.id,
      icon: '/icon-192.png',
    })
    shown.addEventListener('click', () => {
      shown.close()
      window.focus()
      onOpen()
    })
    return shown
  } catch {
    // Browsers of phones have the permission, and reject this.
    return undefined
  }
}

export function useNotices(person: string | undefined): void {
  const { t } = useLingui()
  const navigate = useNavigate()
  const wordsOf = useMarkWords()
  const teller = useRef<OneTeller>(undefined)
  const unseen = useRef<Ended[]>([])
  const shown = useRef<Notification[]>([])
  const go = useRef(navigate)
  useEffect(() => {
    go.current = navigate
  })

  useEffect(() => {
    const one = new OneTeller(() => {
      unseen.current = []
      unmarkTitle()
      // What a person now sees on the page needs no notice beside it.
      for (const notice of shown.current) notice.close()
      shown.current = []
    })
    teller.current = one
    return () => {
      one.close()
      unmarkTitle()
    }
  }, [])

  const tell = useCallback(
    (one: Ended) => {
      const show = async () => {
        if (!(await teller.current?.tells())) return
        unseen.current = [...unseen.current.filter(({ id }) => id !== one.id), one]
        // A failure stays in the title until it is seen, whatever ends after it.
        const first = unseen.current.findLast(({ outcome }) => isBad(outcome)) ?? one
        markTitle(wordsOf(first, unseen.current.length))
        const { title } = one
        const words = {
          done: t`${title} (done)`,
          failed: t`${title} (failed)`,
          'timed-out': t`${title} (timed out)`,
          unknown: t`${title} (outcome unknown)`,
          running: title,
        }
        const notice = notify(one, words[one.outcome], () => void go.current(one.path))
        if (notice) shown.current = [...shown.current, notice].slice(-noticesKept)
      }
      void show()
    },
    [t, wordsOf],
  )
  useEnded(person, tell)
}
