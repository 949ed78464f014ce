import { useEffect, useRef, useState } from 'react'
import { useSearchParams } from 'react-router'

import { readView, writeView, type ListView } from './list-view.ts'

const settleMs = 150

/**
 * The view in the address, and how to change it. The typed text is kept here first and goes
 * into the address when the typing pauses: browsers limit how often an address may change,
 * and a key must never be lost to that.
 */
export function useListView(): [ListView, (change: Partial<ListView>) => void] {
  const [search, setSearch] = useSearchParams()
  const [text, setText] = useState(() => search.get('q') ?? '')
  const written = useRef(text)

  const inAddress = search.get('q') ?? ''
  // The address is outside: Back and links change the text, our own writing does not.
  useEffect(() => {
    if (inAddress === written.current) return
    written.current = inAddress
    setText(inAddress)
  }, [inAddress])

  useEffect(() => {
    if (text === written.current) return undefined
    const timer = setTimeout(() => {
      written.current = text
      setSearch((now) => writeView(now, { ...readView(now), text }), { replace: true })
    }, settleMs)
    return () => clearTimeout(timer)
  }, [text, setSearch])

  const change = (part: Partial<ListView>) => {
    if (part.text !== undefined) setText(part.text)
    const { text: _text, ...rest } = part
    if (Object.keys(rest).length === 0) return
    setSearch((now) => writeView(now, { ...readView(now), ...rest }), { replace: true })
  }
  return [{ ...readView(search), text }, change]
}
