/** Opens instances and pages, and starts actions, by typing a few letters; loaded with the first Ctrl-K. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import { useMatch, useNavigate } from 'react-router'

import { InstanceState } from '../../components/InstanceState.tsx'
import { withAddresses } from '../../components/presenter/mask.ts'
import { useOpenScreen } from '../../screen/ScreenLink.tsx'
import { usePalette } from '../../stores/palette.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { rememberOpened } from './recent.ts'
import { usePaletteGroups, type PaletteEntry, type PaletteGroup } from './use-entries.tsx'

/** A text in which what was typed is marked. */
function Found({ text, typed }: { text: string; typed: string }) {
  const wanted = typed.trim().toLocaleLowerCase()
  const at = wanted === '' ? -1 : text.toLocaleLowerCase().indexOf(wanted)
  if (at < 0) return text
  // Presenter mode masks an address only where it isn't divided.
  const [start, end] = withAddresses(text, at, at + wanted.length)
  return (
    <>
      {text.slice(0, start)}
      <mark className="bg-transparent font-semibold text-inherit underline decoration-accent decoration-2 underline-offset-2">
        {text.slice(start, end)}
      </mark>
      {text.slice(end)}
    </>
  )
}

type EntryProps = { entry: PaletteEntry; isAt: boolean; typed: string }

function EntryLine({ entry, isAt, typed }: EntryProps) {
  const isOff = entry.kind === 'action' && entry.disabledReason !== null
  return (
    <span
      className={`flex min-h-9 items-center gap-2.5 rounded-md px-2 text-sm pointer-coarse:min-h-11 ${isAt ? 'bg-selected forced-colors:outline-2' : ''} ${isOff ? 'text-muted' : ''}`}
    >
      {entry.kind === 'instance' ? (
        <InstanceState
          state={entry.row.state}
          overdue={entry.row.overdue}
          className="w-28 shrink-0 text-xs/5.5"
        />
      ) : (
        <span className="flex w-5 shrink-0 justify-center [&_svg]:size-4">
          {entry.icon}
        </span>
      )}
      <bdi
        className="min-w-0 truncate font-medium"
        {...(entry.kind === 'instance' ? { translate: 'no' as const } : {})}
      >
        <Found text={entry.label} typed={typed} />
      </bdi>
      {entry.detail && (
        <span className="ms-auto min-w-0 truncate text-xs text-muted">
          <Found text={entry.detail} typed={typed} />
        </span>
      )}
    </span>
  )
}

/** The groups as a list box; the text field keeps the focus. */
function Entries({
  groups,
  at,
  typed,
  idOf,
  onAt,
  onChoose,
  listId,
}: {
  groups: readonly PaletteGroup[]
  at: string | undefined
  typed: string
  idOf: (entry: PaletteEntry) => string
  onAt: (entry: PaletteEntry) => void
  onChoose: (entry: PaletteEntry) => void
  listId: string
}) {
  const { t } = useLingui()
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a select has no groups with details
    <div id={listId} role="listbox" aria-label={t`Results`} className="grid gap-2">
      {groups.map(({ title, entries }) => (
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an optgroup belongs to a select
        <div key={title} role="group" aria-label={title}>
          <p aria-hidden="true" className="px-2 py-1 text-xs text-muted">
            {title}
          </p>
          {entries.map((entry) => (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the text field has the keys
            <div
              key={entry.id}
              id={idOf(entry)}
              // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an option holds only text
              role="option"
              tabIndex={-1}
              aria-selected={entry.id === at}
              aria-disabled={entry.kind === 'action' && entry.disabledReason !== null}
              onPointerMove={() => onAt(entry)}
              onClick={() => onChoose(entry)}
            >
              <EntryLine entry={entry} isAt={entry.id === at} typed={typed} />
            </div>
          ))}
        </div>
      ))}
    </div>
  )
}

/** The instance whose page or screen is open. */
function useHere(): { zone: string; id: string } | undefined {
  const { zone, id } = useMatch('/instances/:zone/:id/*')?.params ?? {}
  return zone && id ? { zone, id } : undefined
}

/** What the keys do. */
function Hints() {
  const { t } = useLingui()
  const hints: [keys: string[], words: string][] = [
    [['Enter'], t({ message: 'Open', context: 'verb' })],
    [['Shift', 'Enter'], t`Open console`],
    [['Tab'], t`All actions`],
  ]
  return (
    <p className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted max-sm:hidden">
      {hints.map(([keys, words]) => (
        <span key={words} className="flex items-center gap-1">
          {keys.map((key) => (
            <Kbd key={key}>{key}</Kbd>
          ))}
          {words}
        </span>
      ))}
    </p>
  )
}

/** Does what an entry is for, after the palette has closed. */
function useChoose(onClose: () => void) {
  const navigate = useNavigate()
  const openScreen = useOpenScreen()
  return (entry: PaletteEntry | undefined, isScreen = false) => {
    if (!entry || (entry.kind === 'action' && entry.disabledReason !== null)) return
    onClose()
    if (entry.kind === 'action') entry.run()
    else if (entry.kind === 'page') void navigate(entry.to)
    else {
      const { row } = entry
      rememberOpened(row.key)
      if (isScreen) openScreen(row)
      else void navigate(`/instances/${row.zone}/${row.id}`)
    }
  }
}

export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const choose = useChoose(onClose)
  const input = useRef<HTMLInputElement>(null)
  const listId = useId()
  const { text, setText } = usePalette()
  const [chosenAt, setChosenAt] = useState<string>()
  const [isAll, setAll] = useState(false)
  // What moves under an arrow key or the pointer would open something else.
  const [frozen, setFrozen] = useState<PaletteGroup[]>()
  const fresh = usePaletteGroups(text, useHere(), chosenAt, isAll)
  const groups = frozen ?? fresh
  const entries = groups.flatMap((group) => group.entries)
  const at = entries.find(({ id }) => id === chosenAt) ?? entries[0]
  const idOf = ({ id }: PaletteEntry) => `${listId}-${id.replaceAll(/[^\w-]/g, '-')}`

  const highlight = (entry: PaletteEntry | undefined) => {
    setFrozen(groups)
    setChosenAt(entry?.id)
  }
  const move = (by: number) => {
    if (entries.length === 0 || !at) return
    highlight(entries[(entries.indexOf(at) + by + entries.length) % entries.length])
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }
    const by = steps[event.key]
    if (by !== undefined) move(by)
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing)
      choose(at, event.shiftKey)
    else if (event.key === 'Tab' && !event.shiftKey && !isAll) {
      setFrozen(undefined)
      setAll(true)
    } else return
    event.preventDefault()
  }
  useEffect(() => {
    const option = at && document.querySelector(`#${CSS.escape(idOf(at))}`)
    option?.scrollIntoView({ block: 'nearest' })
  })
  return (
    <Dialog open onClose={onClose} title={t`Search or run a command`} initialFocus={input}>
      <div className="grid gap-3 pt-1">
        <TextInput
          ref={input}
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a select takes no free words
          role="combobox"
          aria-label={t`Search or run a command`}
          aria-expanded
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={at ? idOf(at) : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder={t`Name, IP address, label, page or action`}
          value={text}
          onChange={({ target }) => {
            setText(target.value)
            setFrozen(undefined)
            setChosenAt(undefined)
            setAll(false)
          }}
          onKeyDown={onKeyDown}
        />
        <div className="ui-scroll max-h-108 overflow-y-auto max-sm:max-h-none">
          <Entries
            {...{ groups, idOf, listId }}
            at={at?.id}
            typed={text}
            onAt={highlight}
            onChoose={(entry) => choose(entry)}
          />
          {entries.length === 0 && (
            <p className="px-2 py-6 text-center text-sm text-muted">
              <Trans>Nothing matches.</Trans>
            </p>
          )}
        </div>
        <Hints />
      </div>
    </Dialog>
  )
}
