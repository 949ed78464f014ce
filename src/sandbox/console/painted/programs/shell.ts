/**
 * Runs the loop of a simulated shell: prompt, input line, output, history. The caller provides the
 * commands (linux-commands.ts, windows.ts, rescue.ts).
 */
import { createLineEditor } from './line-editor.ts'
import type { Program, Terminal } from './terminal.ts'

/** The output lines of a command. */
export type Command = (words: string[]) => string[]

type ShellDeps = {
  terminal: Terminal
  prompt(): string
  /** Prints the prompt in colors; must print the same characters as `prompt`. */
  showPrompt?(): void
  commands: ReadonlyMap<string, Command>
  unknown(name: string): string
  /** The history; the caller keeps it from one login to the next. */
  history: string[]
  onExit(): void
}

const maxHistory = 200

/** Takes over the terminal; the first prompt is printed at once. */
export function openShell(deps: ShellDeps): void {
  const { terminal, history, commands } = deps
  const { screen } = terminal
  const names = [...commands.keys(), 'clear', 'exit', 'history'].sort()

  const say = (lines: string[]) => {
    for (const line of lines) {
      screen.print(`${line}\n`)
      terminal.record(line)
    }
  }

  const answer = (words: string[]): string[] => {
    const [name = '', ...rest] = words
    const command = commands.get(name)
    return command ? command(rest) : [deps.unknown(name)]
  }

  const onLine = (line: string) => {
    terminal.record(deps.prompt() + line)
    const words = wordsOf(line)
    const [name] = words
    if (name === undefined) return editor.begin()

    if (history.at(-1) !== line) history.push(line)
    if (history.length > maxHistory) history.shift()
    if (name === 'exit' || name === 'logout') return deps.onExit()
    if (name === 'clear' || name === 'cls') screen.clear()
    else if (name === 'history')
      say(history.map((past, i) => `${String(i + 1).padStart(5)}  ${past}`))
    else say(answer(words))
    // After a command that turns it off or reboots it, no prompt is printed.
    if (terminal.runs(program)) editor.begin()
  }

  const editor = createLineEditor({
    screen,
    history,
    prompt: () => deps.prompt(),
    complete: (line) => names.filter((name) => name.startsWith(line)),
    onLine,
    ...(deps.showPrompt ? { showPrompt: deps.showPrompt } : {}),
  })
  const program: Program = { key: (key) => editor.key(key) }
  terminal.run(program)
  editor.begin()
}

/** Splits words like a simple shell, with quotes and backslashes. */
function wordsOf(line: string): string[] {
  const words: string[] = []
  const pattern = /(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"?|'[^']*'?|\\$)+/g
  for (const [word] of line.matchAll(pattern)) {
    words.push(word.replace(/\\(.)|"((?:[^"\\]|\\.)*)"?|'([^']*)'?/g, unquote))
  }
  return words
}

function unquote(_: string, escaped?: string, double?: string, single?: string): string {
  return escaped ?? double?.replace(/\\(["\\$`])/g, '$1') ?? single ?? ''
}
