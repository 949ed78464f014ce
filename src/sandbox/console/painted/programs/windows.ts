/**
 * Simulates a Windows without a desktop: a start screen, a lock screen that waits for
 * Ctrl+Alt+Delete, a password prompt, then a command prompt. Each screen says that it is simulated.
 */
import { minColumns, colour, minRows } from '../screen.ts'
import { openShell, type Command } from './shell.ts'
import { deaf, type Program, type Terminal } from './terminal.ts'

const footer = 'Vedette sandbox · simulated screen without an operating system'

/** Boots to the locked screen in about two and a half seconds. */
export function bootWindows(terminal: Terminal): void {
  const { screen } = terminal
  terminal.run(deaf)
  screen.ink(colour.white, colour.black)
  screen.showCursor(false)
  screen.clear()
  screen.ink(colour.cyan)
  centre(terminal, 10, terminal.spec.templateName)
  screen.ink(colour.silver)
  centre(terminal, minRows - 2, footer)
  screen.ink(colour.white)
  const frames = ['•  ', '•• ', '•••', ' ••', '  •', '   ']
  for (let i = 0; i < 12; i++) {
    terminal.after(200 * i, () => centre(terminal, 13, frames[i % frames.length] ?? ''))
  }
  terminal.after(800, () => centre(terminal, 15, 'Getting ready'))
  if (terminal.note !== undefined) centre(terminal, 19, terminal.note)
  terminal.after(2400, () => lock(terminal))
}

/** What it shows while it shuts down. */
export function showWindowsShutdown(terminal: Terminal): void {
  const { screen } = terminal
  screen.ink(colour.white, colour.blue)
  screen.showCursor(false)
  screen.clear()
  centre(terminal, 11, 'Shutting down')
}

function centre(terminal: Terminal, row: number, text: string): void {
  const line = text.slice(0, minColumns - 2)
  terminal.screen.moveTo(Math.floor((minColumns - line.length) / 2), row)
  terminal.screen.print(line)
}

function lock(terminal: Terminal): void {
  const { screen, spec } = terminal
  const minute = () => {
    if (!terminal.runs(locked)) return
    const time = new Date(terminal.now())
    screen.ink(colour.white, colour.blue)
    centre(terminal, 7, time.toISOString().slice(11, 16))
    screen.ink(colour.silver, colour.blue)
    centre(terminal, 9, time.toUTCString().slice(0, 16))
    // A displayed clock shows the real time.
    terminal.after((60_000 - (terminal.now() % 60_000)) * terminal.speed, minute)
  }
  const locked: Program = {
    key({ name }) {
      if (name === 'restart') askPassword(terminal)
    },
  }
  terminal.run(locked)
  screen.ink(colour.white, colour.blue)
  screen.showCursor(false)
  screen.clear()
  centre(terminal, 13, 'Press Ctrl+Alt+Delete to unlock.')
  screen.ink(colour.cyan, colour.blue)
  centre(terminal, 3, `${spec.name} · ${spec.templateName}`)
  screen.ink(colour.silver, colour.blue)
  centre(terminal, minRows - 2, footer)
  minute()
}

function askPassword(terminal: Terminal): void {
  const { screen, spec } = terminal
  screen.ink(colour.white, colour.blue)
  screen.clear()
  const left = 24
  screen.moveTo(left, 8)
  screen.print(spec.defaultUser || 'Administrator')
  const frame = [
    '┌──────────────────────────────┐',
    '│                              │',
    '└──────────────────────────────┘',
  ]
  frame.forEach((line, i) => {
    screen.moveTo(left, 10 + i)
    screen.print(line)
  })
  screen.ink(colour.silver, colour.blue)
  screen.moveTo(left, 14)
  screen.print('Type the password, then press Enter.')
  centre(terminal, minRows - 2, footer)
  screen.ink(colour.white, colour.blue)
  screen.showCursor(true)

  screen.moveTo(left + 2, 11)
  let typed = 0
  terminal.run({
    key({ name }) {
      if (name === 'escape') lock(terminal)
      else if (name === 'enter') openPrompt(terminal)
      else if (name === 'text' && typed < 27) {
        typed += 1
        screen.print('•')
      } else if (name === 'backspace' && typed > 0) {
        typed -= 1
        screen.print('\b \b')
      }
    },
  })
}

function openPrompt(terminal: Terminal): void {
  const { screen, spec } = terminal
  const user = spec.defaultUser || 'Administrator'
  screen.ink(colour.silver, colour.black)
  screen.showCursor(true)
  screen.clear()
  screen.print(`${spec.templateName} [Vedette sandbox, simulated]\n`)
  screen.print(
    'There is no Windows behind this screen. A few commands work. Type: help\n\n',
  )
  openShell({
    terminal,
    prompt: () => `C:\\Users\\${user}>`,
    history: [],
    commands: commandsOf(terminal, user),
    unknown: (name) => `'${name}' is not a supported command on this simulated screen.`,
    onExit: () => lock(terminal),
  })
}

function commandsOf(terminal: Terminal, user: string): Map<string, Command> {
  const { spec } = terminal
  const commands = new Map<string, Command>([
    ['echo', (words) => [words.join(' ')]],
    ['hostname', () => [spec.name]],
    ['whoami', () => [`${spec.name}\\${user}`.toLowerCase()]],
    ['ver', () => ['', `${spec.templateName} (simulated)`, '']],
    ['date', () => [new Date(terminal.now()).toISOString().slice(0, 10)]],
    ['time', () => [new Date(terminal.now()).toISOString().slice(11, 19)]],
    ['dir', () => [` Directory of C:\\Users\\${user}`, '', '   0 File(s)', '']],
    ['ipconfig', () => ['', `   IPv4 Address. . . : ${spec.publicIp ?? 'none'}`, '']],
  ])
  commands.set('shutdown', (words) => {
    if (!words.includes('/r')) {
      return terminal.powerOff()
        ? []
        : ['You can only turn off this instance from Vedette.']
    }
    terminal.restart()
    return []
  })
  commands.set('help', () => [
    [...commands.keys(), 'cls', 'exit', 'history'].sort().join(' '),
  ])
  return commands
}
