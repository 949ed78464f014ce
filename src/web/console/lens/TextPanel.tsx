/** Shows the screen's text: to select and copy on the screen, to search, and to read. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { ChevronDown, ChevronUp, Copy, Search, TextSelect } from 'lucide-react'
import { useState } from 'react'
import { createPortal } from 'react-dom'

import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { toast } from '../../ui/toast.ts'
import type { ToolProps } from '../tool.ts'
import { findText, linksOf, screenText } from './lines.ts'
import { LiveText } from './LiveText.tsx'
import { NoText } from './NoText.tsx'
import type { ScreenText } from './read-screen.ts'
import { Marks, SelectLayer } from './TextLayer.tsx'
import { usePictureBox } from './use-picture-box.ts'
import { useScreenText } from './use-screen-text.ts'

function useCopy(): (text: string) => void {
  const { t } = useLingui()
  return (text) => {
    navigator.clipboard.writeText(text).then(
      () => toast({ kind: 'success', title: t`Text copied` }),
      () => toast({ kind: 'error', title: t`Your browser blocked copying.` }),
    )
  }
}

function Links({ text }: { text: ScreenText }) {
  const { t } = useLingui()
  const urls = [...new Set(linksOf(text.lines).map(({ url }) => url))]
  if (urls.length === 0) return null
  return (
    <ul aria-label={t`Links on this screen`} className="grid gap-1 text-sm">
      {urls.map((url) => (
        <li key={url} className="min-w-0">
          <a
            href={url}
            target="_blank"
            rel="noreferrer"
            translate="no"
            className="break-all text-accent underline"
          >
            {url}
          </a>
        </li>
      ))}
    </ul>
  )
}

type Hits = { wanted: string; at: number }

function SearchBox({
  count,
  hits,
  onChange,
}: {
  count: number
  hits: Hits
  onChange: (hits: Hits) => void
}) {
  const { t } = useLingui()
  const step = (by: number) =>
    onChange({ ...hits, at: count === 0 ? 0 : (hits.at + by + count) % count })
  const none = count === 0 ? t`No matches` : null
  const position = Math.min(hits.at, count - 1) + 1
  return (
    <div className="flex items-center gap-1">
      <TextInput
        type="search"
        className="min-w-0 grow"
        prefix={<Search />}
        aria-label={t`Search screen text`}
        placeholder={t`Search screen text`}
        value={hits.wanted}
        onChange={({ target }) => onChange({ wanted: target.value, at: 0 })}
        onKeyDown={(event) => {
          if (event.key === 'Enter') step(event.shiftKey ? -1 : 1)
        }}
      />
      {hits.wanted && (
        <>
          <output className="min-w-12 text-center text-xs text-muted tabular-nums">
            {count === 0 ? (
              <Trans>No matches</Trans>
            ) : (
              <Trans>
                {position} of {count}
              </Trans>
            )}
          </output>
          <IconButton
            label={t`Previous match`}
            size="sm"
            disabledReason={none}
            onClick={() => step(-1)}
          >
            <ChevronUp />
          </IconButton>
          <IconButton
            label={t`Next match`}
            size="sm"
            disabledReason={none}
            onClick={() => step(1)}
          >
            <ChevronDown />
          </IconButton>
        </>
      )}
    </div>
  )
}

export function TextPanel({ connection, layer }: ToolProps) {
  const text = useScreenText(connection)
  const box = usePictureBox(connection, layer)
  const copy = useCopy()
  const [selecting, setSelecting] = useState(false)
  const [hits, setHits] = useState<Hits>({ wanted: '', at: 0 })
  if (!text) return <NoText read={text === null} />
  const found = findText(text.lines, hits.wanted)
  const current = Math.min(hits.at, found.length - 1)
  const { unknown } = text
  return (
    <div className="grid min-w-0 gap-3">
      <div className="flex flex-wrap gap-2">
        <Button
          size="sm"
          icon={<TextSelect />}
          aria-pressed={selecting}
          onClick={() => setSelecting(!selecting)}
        >
          {selecting ? <Trans>Stop selecting</Trans> : <Trans>Select text</Trans>}
        </Button>
        <Button size="sm" icon={<Copy />} onClick={() => copy(screenText(text.lines))}>
          <Trans>Copy all text</Trans>
        </Button>
      </div>
      {selecting && (
        <p className="text-xs text-muted">
          <Trans>
            Drag over the screen, or use Shift and the arrow keys. Press Ctrl+Shift+C to
            copy, or Esc to return to the instance.
          </Trans>
        </p>
      )}
      <SearchBox count={found.length} hits={hits} onChange={setHits} />
      <Links text={text} />
      <LiveText text={text} />
      {unknown > 0 && (
        <p className="text-xs text-muted">
          <Plural
            value={unknown}
            one="# character couldn’t be read and is shown as ▯."
            other="# characters couldn’t be read and are shown as ▯."
          />
        </p>
      )}
      {layer &&
        box &&
        createPortal(
          <>
            <Marks spans={found} current={current} text={text} box={box} />
            {selecting && (
              <SelectLayer
                text={text}
                box={box}
                onCopy={copy}
                onLeave={() => {
                  setSelecting(false)
                  connection.input.focus()
                }}
              />
            )}
          </>,
          layer,
        )}
    </div>
  )
}
