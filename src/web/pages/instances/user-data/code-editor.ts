/**
 * Makes the code editor, which is loaded when the field first gets the focus. It is in a shadow root,
 * because only there CodeMirror uses constructed style sheets, which the page's policy allows,
 * instead of <style> elements, which it doesn't.
 */
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { Compartment, EditorState, StateEffect, StateField } from '@codemirror/state'
import {
  Decoration,
  drawSelection,
  EditorView,
  keymap,
  lineNumbers,
  type DecorationSet,
} from '@codemirror/view'
import { tags } from '@lezer/highlight'

import { yamlProblems, type YamlProblem } from './yaml-problems.ts'

export type CodeEditor = {
  setText(text: string): void
  setYaml(on: boolean): void
  goTo(line: number): void
  focus(): void
  close(): void
}

type Options = {
  host: HTMLElement
  text: string
  label: string
  isYaml: boolean
  /** The caret's position in the text area that the editor replaces. */
  caret: number
  onChange: (text: string) => void
  onProblems: (problems: YamlProblem[]) => void
}

const markLines = StateEffect.define<number[]>()
const wrong = Decoration.line({ class: 'cm-wrong' })
const wrongLines = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(set, { changes, effects, state }) {
    let next = set.map(changes)
    for (const effect of effects) {
      if (!effect.is(markLines)) continue
      const starts = effect.value
        .filter((line) => line >= 1 && line <= state.doc.lines)
        .map((line) => state.doc.line(line).from)
        .toSorted((a, b) => a - b)
      next = Decoration.set(starts.map((from) => wrong.range(from)))
    }
    return next
  },
  provide: (field) => EditorView.decorations.from(field),
})

const look = EditorView.theme({
  '&': { height: '100%', color: 'var(--tone-text)', backgroundColor: 'transparent' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
    fontSize: '0.75rem',
    lineHeight: '1.125rem',
    overflow: 'auto',
  },
  '.cm-content': {
    caretColor: 'var(--tone-text)',
    padding: '6px 0',
    // Set by presenter mode (masked-page.ts), which can't mask addresses in here.
    WebkitTextSecurity: 'var(--masked-text, none)',
  },
  '.cm-gutters': {
    backgroundColor: 'transparent',
    color: 'var(--tone-muted)',
    border: 'none',
  },
  '.cm-cursor': { borderLeftColor: 'var(--tone-text)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground':
    { background: 'var(--tone-selected)' },
  '.cm-wrong': {
    backgroundColor: 'var(--tone-error-tint)',
    boxShadow: 'inset 2px 0 var(--tone-error)',
  },
})

const colours = HighlightStyle.define([
  { tag: tags.comment, color: 'var(--tone-muted)', fontStyle: 'italic' },
  {
    tag: [tags.propertyName, tags.definition(tags.propertyName)],
    color: 'var(--tone-accent)',
  },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--tone-running)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--tone-warning)' },
  { tag: [tags.punctuation, tags.separator], color: 'var(--tone-muted)' },
])

/** Adds the editor to `host`, and removes it when it is closed. */
export function createCodeEditor(options: Options): CodeEditor {
  const root = options.host.shadowRoot ?? options.host.attachShadow({ mode: 'open' })
  const language = new Compartment()
  let isYaml = options.isYaml
  let timer: number | undefined
  let isTold = false
  const check = () => {
    const problems = isYaml ? yamlProblems(view.state.doc.toString()) : []
    view.dispatch({ effects: markLines.of(problems.map(({ line }) => line)) })
    options.onProblems(problems)
  }
  const checkSoon = () => {
    clearTimeout(timer)
    timer = window.setTimeout(check, 300)
  }
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: options.text,
      selection: { anchor: Math.min(options.caret, options.text.length) },
      extensions: [
        lineNumbers(),
        history(),
        drawSelection(),
        EditorView.lineWrapping,
        // Tab leaves the field, as everywhere, so that it is no keyboard trap.
        keymap.of([...defaultKeymap, ...historyKeymap]),
        language.of(isYaml ? yaml() : []),
        syntaxHighlighting(colours),
        wrongLines,
        look,
        EditorView.contentAttributes.of({
          'aria-label': options.label,
          spellcheck: 'false',
          translate: 'no',
        }),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return
          // What the page itself set is no edit.
          if (!isTold) options.onChange(update.state.doc.toString())
          checkSoon()
        }),
      ],
    }),
  })
  check()
  return {
    setText(text) {
      const now = view.state.doc.toString()
      if (text === now) return
      isTold = true
      view.dispatch({ changes: { from: 0, to: now.length, insert: text } })
      isTold = false
    },
    setYaml(on) {
      if (on === isYaml) return
      isYaml = on
      view.dispatch({ effects: language.reconfigure(on ? yaml() : []) })
      checkSoon()
    },
    goTo(line) {
      const { from } = view.state.doc.line(Math.min(line, view.state.doc.lines))
      view.dispatch({ selection: { anchor: from }, scrollIntoView: true })
      view.focus()
    },
    focus: () => view.focus(),
    close() {
      clearTimeout(timer)
      view.destroy()
    },
  }
}
