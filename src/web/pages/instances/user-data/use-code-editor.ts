/**
 * Replaces a text area by the code editor, with its text, caret and focus. Until the editor is
 * loaded, and if it can't be loaded, the text area stays.
 */
import { useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'

import { userDataKind, type UserDataSystem } from '#contract/user-data/systems.ts'

import type { CodeEditor } from './code-editor.ts'
import type { YamlProblem } from './yaml-problems.ts'

type EditedText = {
  label: string
  value: string
  onChange: (text: string) => void
  /** What will read the text. */
  system: UserDataSystem
}

/** Give `host` to an empty element and `area` to the text area; call `load` when it is first used. */
export function useCodeEditor({ label, value, onChange, system }: EditedText) {
  const host = useRef<HTMLDivElement>(null)
  const area = useRef<HTMLTextAreaElement>(null)
  const editor = useRef<CodeEditor>(undefined)
  const latest = useRef({ value, onChange })
  const requested = useRef(false)
  const sent = useRef(new Set<string>())
  const lastSent = useRef<string>(undefined)
  const [ready, setReady] = useState(false)
  const [problems, setProblems] = useState<YamlProblem[]>([])
  const isYaml = userDataKind(value, system) === 'cloud-config'

  useEffect(() => {
    latest.current = { value, onChange }
    // Text that the editor had or sent can come back late, after newer input. Any other text is new.
    const isNew = !sent.current.has(value)
    if (isNew) editor.current?.setText(value)
    if (isNew || value === lastSent.current) sent.current = new Set([value])
    editor.current?.setYaml(isYaml)
  }, [value, onChange, isYaml])
  // React doesn't know the editor, so it has to be closed here.
  useEffect(() => () => editor.current?.close(), [])

  const load = async () => {
    if (requested.current) return
    requested.current = true
    try {
      const { createCodeEditor } = await import('./code-editor.ts')
      if (!host.current) return
      const text = area.current?.value ?? latest.current.value
      sent.current.add(text)
      const hadFocus = document.activeElement === area.current
      editor.current = createCodeEditor({
        host: host.current,
        text,
        label,
        isYaml: userDataKind(text, system) === 'cloud-config',
        caret: area.current?.selectionStart ?? text.length,
        onChange: (next) => {
          sent.current.add(next)
          lastSent.current = next
          latest.current.onChange(next)
        },
        onProblems: setProblems,
      })
      // A hidden element can't have the focus.
      flushSync(() => setReady(true))
      if (hadFocus) editor.current.focus()
    } catch {
      // The text area keeps working; loading is tried again at the next focus.
      requested.current = false
    }
  }
  return {
    host,
    area,
    ready,
    /** Empty unless the text is cloud-config. */
    problems: isYaml ? problems : [],
    load,
    focus: () => editor.current?.focus(),
    goTo: (line: number) => editor.current?.goTo(line),
  }
}
