import { useState } from 'react'

export type MonthCard = 'usage' | 'footprint'

const storageKey = (card: MonthCard) => `vedette:hidden:${card}`

/** Whether a card that can't show anything was hidden; remembered in this browser. */
export function useHidden(card: MonthCard): [boolean, (value: boolean) => void] {
  const [isHidden, setHidden] = useState(() => {
    try {
      return localStorage.getItem(storageKey(card)) !== null
    } catch {
      return false
    }
  })
  const set = (value: boolean) => {
    setHidden(value)
    try {
      if (value) localStorage.setItem(storageKey(card), '1')
      else localStorage.removeItem(storageKey(card))
    } catch {
      // It then lasts as long as the page.
    }
  }
  return [isHidden, set]
}
