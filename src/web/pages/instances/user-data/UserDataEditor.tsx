import { Trans, useLingui } from '@lingui/react/macro'
import { Maximize2, Minimize2 } from 'lucide-react'
import { useEffect, useRef, useState, type RefObject } from 'react'

import {
  systemReads,
  userDataKind,
  type UserDataSystem,
} from '#contract/user-data/systems.ts'

import { Button } from '../../../ui/Button.tsx'
import { FieldContext } from '../../../ui/field-context.ts'
import { Select } from '../../../ui/Select.tsx'
import { TextArea } from '../../../ui/TextArea.tsx'
import { keepLineEnds, withLf } from './line-ends.ts'
import { withSnippet, type Snippet } from './snippets.ts'
import { useCodeEditor } from './use-code-editor.ts'
import { UserDataNotes } from './UserDataNotes.tsx'
import type { YamlProblem } from './yaml-problems.ts'

const noField = {}

type FieldProps = {
  label: string
  value: string
  onChange: (text: string) => void
  /** What will read the text. */
  system: UserDataSystem
}

function Snippets({ value, onChange, system }: Omit<FieldProps, 'label'>) {
  const { t } = useLingui()
  const names: Record<Snippet, string> = {
    user: t`Create a user`,
    packages: t`Install packages`,
    script: t`Run a script`,
    greeting: t`Message of the day`,
    mount: t`Mount a disk`,
  }
  const kind = userDataKind(value, system)
  const usesIt = systemReads(system, 'cloud-config') && system !== 'flatcar'
  const takes = kind === 'cloud-config' || (kind === 'empty' && usesIt)
  return (
    <Select
      aria-label={t`Insert example`}
      value=""
      className="w-48"
      onChange={({ target }) => {
        if (target.value && takes) onChange(withSnippet(value, target.value as Snippet)) // the options'
      }}
    >
      <option value="">
        {takes ? t`Insert example…` : t`Examples work only with cloud-config.`}
      </option>
      {Object.entries(names).map(([snippet, name]) => (
        <option key={snippet} value={snippet} disabled={!takes}>
          {name}
        </option>
      ))}
    </Select>
  )
}

/** Whether an element fills the screen, and how to change that. */
function useElementFullScreen(element: RefObject<HTMLElement | null>) {
  const [full, setFull] = useState(false)
  useEffect(() => {
    const follow = () => setFull(document.fullscreenElement === element.current)
    document.addEventListener('fullscreenchange', follow)
    return () => document.removeEventListener('fullscreenchange', follow)
  }, [element])
  const toggle = async () => {
    const change = full ? document.exitFullscreen() : element.current?.requestFullscreen()
    // A browser may reject this; the element then keeps its size.
    await change?.catch(() => undefined)
  }
  return { full, toggle }
}

function FullScreenButton({ full, onToggle }: { full: boolean; onToggle: () => void }) {
  const Icon = full ? Minimize2 : Maximize2
  return (
    <Button
      size="sm"
      variant="ghost"
      icon={<Icon aria-hidden="true" size={14} />}
      onClick={onToggle}
    >
      {full ? <Trans>Exit full screen</Trans> : <Trans>Full screen</Trans>}
    </Button>
  )
}

type ProblemListProps = { problems: YamlProblem[]; onGoTo: (line: number) => void }

function ProblemList({ problems, onGoTo }: ProblemListProps) {
  const { t } = useLingui()
  return (
    <ul aria-label={t`Errors`} className="grid gap-0.5 text-xs text-error">
      {problems.slice(0, 5).map(({ line, message }) => (
        <li key={line}>
          <button type="button" className="ui-link text-error" onClick={() => onGoTo(line)}>
            <Trans>Line {line}</Trans>
          </button>
          : <span translate="no">{message}</span>
        </li>
      ))}
    </ul>
  )
}

/** The field, with a remark on what is unusual in it; the line ends of the text are kept. */
export function UserDataEditor(props: FieldProps) {
  const { value, onChange } = props
  return (
    <div className="grid gap-2">
      <LfEditor
        {...props}
        value={withLf(value)}
        onChange={(next) => onChange(keepLineEnds(value, next))}
      />
      <UserDataNotes value={value} onChange={onChange} />
    </div>
  )
}

/** Edits user data: in a plain text area at first, in the code editor once it has the focus. */
function LfEditor(props: FieldProps) {
  const { value, onChange, system } = props
  const frame = useRef<HTMLDivElement>(null)
  const { full, toggle } = useElementFullScreen(frame)
  const { host, area, ready, problems, load, focus, goTo } = useCodeEditor(props)
  const toggleFull = async () => {
    await load()
    await toggle()
    focus()
  }
  return (
    <div
      ref={frame}
      data-secret
      className={`grid gap-2 ${full ? 'h-dvh grid-rows-[auto_minmax(0,1fr)_auto] bg-bg p-4' : ''}`}
    >
      <div className="flex flex-wrap items-center gap-2">
        {/* The field's label belongs to the text, not to this menu. */}
        <FieldContext value={noField}>
          <Snippets {...{ value, onChange, system }} />
        </FieldContext>
        {document.fullscreenEnabled && (
          <FullScreenButton full={full} onToggle={() => void toggleFull()} />
        )}
      </div>
      <div
        ref={host}
        className={
          ready
            ? `resize-y overflow-hidden rounded-md border border-control bg-surface focus-within:border-focus ${full ? 'h-full' : 'h-48 min-h-24'}`
            : 'hidden'
        }
      />
      {!ready && (
        <TextArea
          ref={area}
          mono
          rows={8}
          value={value}
          onFocus={() => void load()}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
      {problems.length > 0 && <ProblemList problems={problems} onGoTo={goTo} />}
    </div>
  )
}
