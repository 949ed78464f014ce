/**
 * Helps to write a query: suggestions at the cursor, chips, and what is wrong. It works on an input
 * that the page has had before this was loaded, so it listens to it and sets its ARIA attributes.
 */
import { useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'
import {
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type RefObject,
} from 'react'
import { useLocation } from 'react-router'

import { parseQuery, type Span } from '#contract/query/parse.ts'
import { printQuery } from '#contract/query/print.ts'

import { useInventory } from '../../../api/inventory.ts'
import { zoneCity } from '../../../components/zone-city.ts'
import { useFavorites } from '../../../stores/favorites.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import type { Names } from '../list/select-rows.ts'
import { Chips, hasFilters } from './Chips.tsx'
import { absentTerms } from './filter-rows.ts'
import { ignoredParts } from './ignored.ts'
import { countValues } from './known-values.ts'
import { notesId, QueryNotes } from './QueryNotes.tsx'
import { shortZone, suggest, type Option, type Suggestions } from './suggest.ts'
import { optionId, SuggestionList } from './SuggestionList.tsx'
import { Underlines } from './Underlines.tsx'
import { useInputState } from './use-input-state.ts'

export type QueryAidProps = {
  input: RefObject<HTMLInputElement | null>
  text: string
  names: Names
  onText: (text: string) => void
}

const clearIcon = <X />
const nothing: Suggestions = { start: 0, end: 0, options: [], isValue: false }

function useSuggestions(
  text: string,
  cursor: number,
  open: boolean,
  names: Names,
): Suggestions {
  const rows = useInventory((state) => state.rows)
  // Their health changes at each look, and no value with it.
  const zones = useInventory((state) => state.zones.map(({ zone }) => zone).join(' '))
  const favorites = useFavorites(({ keys }) => keys)
  const known = useMemo(
    () =>
      open
        ? countValues(rows.values(), names, zones.split(' ').filter(Boolean), favorites)
        : undefined,
    [open, rows, names, zones, favorites],
  )
  return useMemo(
    () => (known ? suggest(text, cursor, known, zoneCity) : nothing),
    [known, text, cursor],
  )
}

/** What is wrong with the query, without the part that is being written. */
function useNotes(text: string, writing: number | undefined, names: Names) {
  const rows = useInventory((state) => state.rows)
  const loaded = useInventory((state) => state.loaded)
  const zones = useInventory((state) => state.zones)
  const complete = loaded && zones.every(({ at }) => at !== undefined)
  const query = useMemo(() => parseQuery(text), [text])
  const absent = useMemo(
    () => (complete ? absentTerms(query, rows, names) : []),
    [complete, query, rows, names],
  )
  const isDone = ({ start, end }: Span) =>
    writing === undefined || writing < start || writing > end
  const { pathname, search } = useLocation()
  const ignored = useMemo(() => {
    const codes = loaded ? zones.map(({ zone }) => zone) : undefined
    return ignoredParts(pathname, new URLSearchParams(search), codes)
  }, [pathname, search, loaded, zones])
  return {
    query,
    ignored,
    problems: query.problems.filter(isDone),
    absent: absent.filter(isDone),
  }
}

type Keys = {
  options: readonly Option[]
  active: number
  text: string
  isOpen: boolean
  setActive: (index: number) => void
  setOpen: (open: boolean) => void
  onTake: (option: Option) => void
  onText: (text: string) => void
}

/** The first instance in the list, which may be under a heading, on a phone and on the wall; then a heading. */
const firsts = [
  '[aria-rowindex="2"] th a',
  '[aria-rowindex="3"] th a',
  '[data-focus-home] [aria-posinset="1"] a',
  '[aria-rowindex="1"] > [role=gridcell] a',
  '[aria-rowindex="2"] th button',
  '[data-focus-home] h2 button',
]

/** Moves the focus to the first instance that was found, or to the first heading if all are collapsed. */
function toFirst(): boolean {
  for (const selector of firsts) {
    const first = document.querySelector<HTMLElement>(selector)
    if (!first) continue
    first.focus()
    return true
  }
  return false
}

/** Whether the key was for the suggestions, or leads to what was found. */
function pressed(event: KeyboardEvent, keys: Keys): boolean {
  const { options, active, text, isOpen, setActive, setOpen, onTake, onText } = keys
  const count = options.length
  const option = options[active]
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false
  switch (event.key) {
    case 'ArrowDown':
    case 'ArrowUp':
      if (count === 0) {
        // Its suggestions are open, and there are none.
        if (event.key === 'ArrowDown' && isOpen && text.trim() !== '') return toFirst()
        setOpen(true)
        return true
      }
      if (event.key === 'ArrowDown') setActive(active + 1 < count ? active + 1 : 0)
      else setActive(active > 0 ? active - 1 : count - 1)
      return true
    case 'Enter':
    case 'Tab':
      if (option && !event.shiftKey) {
        onTake(option)
        return true
      }
      setOpen(false)
      return event.key === 'Enter' && toFirst()
    case 'Escape':
      if (count > 0) setOpen(false)
      else if (text !== '') onText('')
      else return false
      return true
    default:
      return false
  }
}

/** Listens to the input's keys, and tells it and screen readers what is suggested. */
function useInputWiring(
  input: RefObject<HTMLInputElement | null>,
  keys: Keys,
  hasProblems: boolean,
): void {
  const latest = useRef(keys)
  useLayoutEffect(() => {
    latest.current = keys
  })
  useEffect(() => {
    const box = input.current
    const onKeyDown = (event: KeyboardEvent) => {
      if (!pressed(event, latest.current)) return
      event.preventDefault()
      event.stopPropagation()
    }
    const onInput = () => {
      latest.current.setOpen(true)
      latest.current.setActive(-1)
    }
    const onBlur = () => latest.current.setOpen(false)
    // What was typed while this was being loaded.
    if (box && box === document.activeElement && box.value !== '') onInput()
    box?.addEventListener('keydown', onKeyDown)
    box?.addEventListener('input', onInput)
    box?.addEventListener('blur', onBlur)
    return () => {
      box?.removeEventListener('keydown', onKeyDown)
      box?.removeEventListener('input', onInput)
      box?.removeEventListener('blur', onBlur)
    }
  }, [input])
  const isOpen = keys.options.length > 0
  const activeId = isOpen && keys.active >= 0 ? optionId(keys.active) : null
  useEffect(() => {
    const put = (name: string, value: string | null) => {
      if (value === null) input.current?.removeAttribute(name)
      else input.current?.setAttribute(name, value)
    }
    put('aria-expanded', String(isOpen))
    put('aria-activedescendant', activeId)
    put('aria-invalid', hasProblems ? 'true' : null)
    put('aria-describedby', notesId)
  }, [input, isOpen, activeId, hasProblems])
}

export function QueryAid({ input, text, names, onText }: QueryAidProps) {
  const { t } = useLingui()
  const { focused, cursor } = useInputState(input)
  const [open, setOpen] = useState(false)
  const [chosen, setActive] = useState(-1)
  const zones = useInventory((state) => state.zones)
  const isOpen = focused && open
  const { start, end, options, isValue } = useSuggestions(text, cursor, isOpen, names)
  const active = chosen < 0 && isValue ? 0 : Math.min(chosen, options.length - 1)
  const { query, ...notes } = useNotes(text, focused ? cursor : undefined, names)
  // Where the cursor goes when the input has its new text.
  const next = useRef<{ text: string; select: Span }>(undefined)
  const write = (now: string, select: Span) => {
    next.current = { text: now, select }
    onText(now)
  }
  useLayoutEffect(() => {
    if (next.current?.text !== text) return
    input.current?.setSelectionRange(next.current.select.start, next.current.select.end)
    next.current = undefined
  }, [input, text])

  const onTake = (option: Option) => {
    const space = option.isField || /^\s/.test(text.slice(end)) ? '' : ' '
    const at = start + option.text.length
    const after = option.isField ? at : at + 1
    write(text.slice(0, start) + option.text + space + text.slice(end), {
      start: after,
      end: after,
    })
    setActive(-1)
    setOpen(option.isField)
  }
  const keys = { options, active, text, isOpen, setActive, setOpen, onTake, onText }
  useInputWiring(input, keys, notes.problems.length > 0)

  const edit = (part: Span) => {
    input.current?.focus()
    input.current?.setSelectionRange(part.start, part.end)
  }
  const box = useRef<HTMLDivElement>(null)
  const remove = (index: number) => {
    const left = query.clauses.filter((_, at) => at !== index)
    onText(printQuery(left))
    const chips = [...(box.current?.querySelectorAll<HTMLElement>('[data-chip]') ?? [])]
    // The places stay, and each has the next chip now. Free words alone are no chips.
    const next = hasFilters(left) ? chips[Math.min(index, left.length - 1)] : undefined
    ;(next ?? input.current)?.focus()
  }
  const codes = zones.map(({ zone }) => zone)
  return (
    <div ref={box}>
      {!focused && hasFilters(query.clauses) ? (
        <Chips clauses={query.clauses} onEdit={edit} onRemove={remove} />
      ) : (
        <Underlines input={input} text={text} parts={notes.problems} />
      )}
      <IconButton
        label={t`Clear search`}
        size="sm"
        className={`absolute! end-1 top-[calc((var(--control-height)-1.75rem)/2)] pointer-coarse:end-0 pointer-coarse:top-0 ${text === '' ? 'invisible' : ''}`}
        onClick={() => {
          onText('')
          input.current?.focus()
        }}
      >
        {clearIcon}
      </IconButton>
      {isOpen && options.length > 0 && (
        <SuggestionList
          options={options}
          active={active}
          zoneOf={(value) => codes.find((zone) => shortZone(zone, codes) === value)}
          onTake={onTake}
        />
      )}
      <QueryNotes text={text} {...notes} />
    </div>
  )
}
