/**
 * Runs the commands of a simulated Linux with what the zone knows about the instance. No command
 * simulates a network or a disk.
 */
import type { MachineSpec } from '../../machine.ts'
import { minColumns } from '../screen.ts'
import { kernelPath, type Files } from './linux-files.ts'
import { systemCommands } from './linux-system.ts'
import type { Command } from './shell.ts'
import type { Terminal } from './terminal.ts'

const mib = 1024 * 1024

type LinuxUser = { name: string }

/** The commands for one logged-in user. */
export function linuxCommands(
  terminal: Terminal,
  user: LinuxUser,
  files: Files,
): Map<string, Command> {
  const { spec } = terminal

  const commands: Map<string, Command> = new Map<string, Command>([
    ['echo', (words) => [words.filter((word, i) => i > 0 || word !== '-e').join(' ')]],
    ['whoami', () => [user.name]],
    ['id', () => [identity(user.name)]],
    ['hostname', () => [spec.name]],
    ['pwd', () => [files.path()]],
    ['cd', ([path]) => files.enter(path)],
    ['true', () => []],
    [
      'uname',
      (words) => [words.length > 0 ? `Linux ${spec.name} 6.0-simulated x86_64` : 'Linux'],
    ],
    ['date', () => [dateLine(terminal.now())]],
    ['uptime', () => [uptimeLine(terminal)]],
    ['w', () => [uptimeLine(terminal), `${user.name.padEnd(10)} tty1     -bash`]],
    ['ls', (words) => files.list(words.filter((word) => !word.startsWith('-')))],
    ['cat', (words) => words.flatMap((path) => files.read('cat', path))],
    ['head', (words) => lastWord(words, (path) => files.read('head', path).slice(0, 10))],
    ['tail', (words) => lastWord(words, (path) => files.read('tail', path).slice(-10))],
    ['grep', ([word = '', path = '']) => grep(word, files.read('grep', path))],
    ['rm', (words) => remove(terminal, files, words)],
    ['which', (words) => words.filter((name) => commands.has(name)).map(binaryOf)],
    ['clip', (words) => clip(terminal, words)],
    ['free', () => memoryTable(spec)],
    ['df', () => diskTable(spec)],
    ['nproc', () => [String(spec.cpus)]],
    ['ip', () => addresses(spec)],
    ['ps', () => processes(user.name)],
  ])
  for (const [name, command] of systemCommands(terminal, user.name))
    commands.set(name, command)
  addPower(commands, terminal)
  commands.set('sudo', (words) => {
    const [name = '', ...rest] = words
    if (name === 'whoami') return ['root']
    return commands.get(name)?.(rest) ?? [`sudo: ${name || 'a command'}: command not found`]
  })
  commands.set('help', () => [
    'This is a simulated screen. There is no operating system behind it.',
    ...folded([
      'Available commands:',
      ...[...commands.keys(), 'history', 'clear', 'exit'].sort(),
    ]),
  ])
  return commands
}

const lastWord = (words: string[], read: (path: string) => string[]) => {
  const path = words.at(-1)
  return path === undefined ? [] : read(path)
}

const grep = (word: string, lines: string[]) => lines.filter((line) => line.includes(word))

const binaryOf = (name: string) => `/usr/bin/${name}`

/** The clipboard shared with the viewers: `clip` shows it, `clip WORDS` sets it. */
function clip(terminal: Terminal, words: string[]): string[] {
  if (words.length === 0) return terminal.clipboard().split('\n')
  terminal.cut(words.join(' '))
  return []
}

/** Without its kernel, the instance doesn't boot again: a disk to be repaired or reverted. */
function remove(terminal: Terminal, files: Files, words: string[]): string[] {
  const paths = words.filter((word) => !word.startsWith('-'))
  if (paths.length === 0) return ['rm: missing operand']
  const errors = files.remove(paths)
  if (files.read('cat', kernelPath)[0]?.startsWith('cat:')) terminal.setFault('no-kernel')
  return errors
}

/** Wraps words into lines that fit the screen. */
function folded(words: string[]): string[] {
  const lines: string[] = []
  for (const word of words) {
    const last = lines.at(-1)
    if (last === undefined || last.length + word.length >= minColumns - 1) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines
}

function addPower(commands: Map<string, Command>, terminal: Terminal) {
  const off: Command = () =>
    terminal.powerOff() ? [] : ['You can only turn off this instance from Vedette.']
  const again: Command = () => {
    terminal.restart()
    return []
  }
  commands.set('poweroff', off)
  commands.set('halt', off)
  commands.set('reboot', again)
  commands.set('shutdown', (words) => (words.includes('-r') ? again(words) : off(words)))
}

const identity = (name: string) =>
  name === 'root'
    ? 'uid=0(root) gid=0(root) groups=0(root)'
    : `uid=1000(${name}) gid=1000(${name}) groups=1000(${name}),27(sudo)`

/** A date as `date` prints it, in UTC. */
export function dateLine(time: number): string {
  // The language fixes this form: Mon, 23 Nov 2026 11:00:00 GMT
  const [day, dayOfMonth = '', month, year, clock] = new Date(time)
    .toUTCString()
    .split(/,? /)
  return `${day} ${month} ${String(Number(dayOfMonth)).padStart(2)} ${clock} UTC ${year}`
}

function uptimeLine(terminal: Terminal): string {
  const minutes = Math.max(0, Math.floor((terminal.now() - terminal.bootedAt) / 60_000))
  const days = Math.floor(minutes / 1440)
  const hours = Math.floor((minutes % 1440) / 60)
  const rest = String(minutes % 60).padStart(2, '0')
  const span = hours > 0 || days > 0 ? `${hours}:${rest}` : `${minutes} min`
  const clock = new Date(terminal.now()).toISOString().slice(11, 19)
  const up = days > 0 ? `${days} day${days > 1 ? 's' : ''}, ${span}` : span
  return ` ${clock} up ${up},  1 user,  load average: 0.00, 0.00, 0.00`
}

function columns(cells: (string | number)[], widths: number[]): string {
  return cells
    .map((cell, i) => {
      const width = widths[i] ?? 0
      return i === 0 ? String(cell).padEnd(width) : String(cell).padStart(width)
    })
    .join(' ')
}

function memoryTable(spec: MachineSpec): string[] {
  const total = Math.round(spec.memoryBytes / mib)
  const used = Math.round(total * 0.06) + 38
  const cache = Math.round(total * 0.11)
  const widths = [8, 11, 11, 11, 11]
  return [
    columns(['', 'total', 'used', 'free', 'buff/cache'], widths),
    columns(['Mem:', total, used, Math.max(0, total - used - cache), cache], widths),
    columns(['Swap:', 0, 0, 0, 0], widths),
    '(MiB)',
  ]
}

function diskTable(spec: MachineSpec): string[] {
  const used = Math.min(spec.diskGib, 1.7)
  const widths = [14, 7, 7, 7, 5]
  const percent = `${Math.ceil((used / spec.diskGib) * 100)}%`
  return [
    `${columns(['Filesystem', 'Size', 'Used', 'Avail', 'Use%'], widths)} Mounted on`,
    `${columns(['/dev/vda1', `${spec.diskGib}G`, `${used}G`, `${(spec.diskGib - used).toFixed(1)}G`, percent], widths)} /`,
  ]
}

function addresses(spec: MachineSpec): string[] {
  const loopback = ['1: lo: <LOOPBACK,UP>', '    inet 127.0.0.1/8']
  if (spec.publicIp === undefined) return [...loopback, '2: eth0: <BROADCAST,UP>']
  const kind = spec.publicIp.includes(':') ? 'inet6' : 'inet'
  return [
    ...loopback,
    '2: eth0: <BROADCAST,UP>',
    `    ${kind} ${spec.publicIp} scope global`,
  ]
}

function processes(user: string): string[] {
  return [
    '    PID TTY          TIME CMD',
    '      1 ?        00:00:01 init',
    `    112 tty1     00:00:00 login -- ${user}`,
    '    117 tty1     00:00:00 bash',
    '    131 tty1     00:00:00 ps',
  ]
}
