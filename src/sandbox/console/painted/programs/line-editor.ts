/**
 * Edits one line of input: characters, Backspace, Ctrl+C, Ctrl+L, Ctrl+U, Tab and the history.
 * Editing happens at the end of the line only. Shells and login prompts share it.
 */
import type { Key } from '../rfb/keys.ts'
import type { Screen } from '../screen.ts'

const maxLength = 1000

type LineEditorDeps = {
  screen: Screen
  prompt(): string
  onLine(line: string): void
  /** For passwords: typing shows nothing. */
  hidden?: boolean
  /** Lines to step through with the arrows, oldest first. */
  history?: readonly string[]
  /** The possible completions of a line, for Tab. */
  complete?(line: string): string[]
  /** Prints the prompt in another way; called before each line. */
  showPrompt?(): void
}

type LineEditor = {
  /** Prints the prompt and starts an empty line. */
  begin(): void
  key(key: Key): void
}

/** The common start of two words. */
function commonStart(one: string, other: string): string {
  let length = 0
  while (length < one.length && one[length] === other[length]) length += 1
  return one.slice(0, length)
}

/** An editor that prints on the screen and calls `onLine` with each finished line. */
export function createLineEditor(deps: LineEditorDeps): LineEditor {
  const { screen } = deps
  const history = deps.history ?? []
  let line: string[] = []
  let at = 0

  const show = (characters: string[]) => {
    if (!deps.hidden) screen.print(characters.join(''))
  }

  const erase = (count: number) => {
    if (!deps.hidden) screen.print('\b \b'.repeat(count))
  }

  const begin = () => {
    line = []
    at = history.length
    if (deps.showPrompt) deps.showPrompt()
    else screen.print(deps.prompt())
  }

  const replace = (text: string) => {
    erase(line.length)
    line = [...text]
    show(line)
  }

  const step = (by: number) => {
    const to = at + by
    if (to < 0 || to > history.length) return
    at = to
    replace(history[to] ?? '')
  }

  // A single completion is inserted. Of several, the common start is; if the line already has it,
  // they are listed.
  const complete = () => {
    const soFar = line.join('')
    const found = deps.complete?.(soFar) ?? []
    const [first = ''] = found
    if (found.length <= 1) return first && replace(`${first} `)
    const shared = found.reduce(commonStart)
    if (shared.length > soFar.length) return replace(shared)
    const kept = at
    screen.print(`\n${found.join('  ')}\n`)
    begin()
    at = kept
    replace(soFar)
  }

  const control = (letter: string) => {
    if (letter === 'u') replace('')
    else if (letter === 'c') {
      screen.print('^C\n')
      begin()
    } else if (letter === 'l') {
      const kept = line
      const was = at
      screen.clear()
      begin()
      line = kept
      at = was
      show(line)
    } else if (letter === 'd' && deps.history && line.length === 0) finish('exit')
  }

  const finish = (text: string) => {
    screen.print('\n')
    deps.onLine(text)
  }

  const key = ({ name, text }: Key) => {
    if (name === 'text' && line.length < maxLength) {
      line.push(text)
      show([text])
    } else if (name === 'enter') finish(line.join(''))
    else if (name === 'backspace' && line.pop() !== undefined) erase(1)
    else if (name === 'up') step(-1)
    else if (name === 'down') step(1)
    else if (name === 'tab') complete()
    else if (name === 'control') control(text)
  }

  return { begin, key }
}
