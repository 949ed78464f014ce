/**
 * Simulates a Linux: firmware, boot lines, a login and a shell. The first and last boot lines say
 * that it is simulated.
 */
import type { MachineSpec } from '../../machine.ts'
import { colour, type Colour } from '../screen.ts'
import { createLineEditor } from './line-editor.ts'
import { dateLine, linuxCommands } from './linux-commands.ts'
import { createFiles, kernelPath, motd } from './linux-files.ts'
import { kernelLines, stamped } from './linux-system.ts'
import { openShell } from './shell.ts'
import { deaf, type Terminal } from './terminal.ts'

const mib = 1024 * 1024

/** Boots from the disk; the login prompt follows after about two and a half seconds. */
export function bootLinux(terminal: Terminal): void {
  const { screen, spec } = terminal
  terminal.run(deaf)
  showFirmware(terminal)
  if (spec.fault === 'no-kernel')
    return void terminal.after(500, () => showNoKernel(terminal))
  let at = 500
  terminal.after(at, () => {
    screen.clear()
    tinted(
      terminal,
      colour.white,
      `Booting ${spec.templateName} (Vedette sandbox, simulated)\n`,
    )
  })
  for (const { stamp, line } of stamped(kernelLines(spec))) {
    at += 70
    terminal.after(at, () => {
      tinted(terminal, colour.green, `[${stamp}] `)
      screen.print(`${line}\n`)
    })
  }
  for (const line of serviceLines(spec)) {
    at += 110
    terminal.after(at, () => showService(terminal, line))
  }
  terminal.after(at + 350, () => openLogin(terminal, []))
}

function showNoKernel(terminal: Terminal): void {
  const { screen } = terminal
  screen.clear()
  const lines = [
    `error: file '${kernelPath}' not found.`,
    'error: you need to load the kernel first.',
    '',
    'This instance does not boot because its kernel is missing.',
    'Revert the instance to a snapshot, or start it in rescue mode to repair the disk.',
    '',
  ]
  for (const line of lines) {
    screen.print(`${line}\n`)
    terminal.record(line)
  }
  screen.print('grub rescue> ')
}

/** The first lines of any boot, on a cleared screen. */
export function showFirmware(terminal: Terminal): void {
  const { screen, spec } = terminal
  screen.ink(colour.silver, colour.black)
  screen.showCursor(true)
  screen.clear()
  tinted(terminal, colour.white, 'Vedette sandbox firmware')
  screen.print(` · ${spec.bootMode === 'uefi' ? 'UEFI' : 'legacy BIOS'}\n\n`)
  screen.print(`Machine   ${spec.instanceId}\n`)
  screen.print(`Memory    ${Math.round(spec.memoryBytes / mib)} MiB\n`)
  screen.print(`CPUs      ${spec.cpus}\n`)
  screen.print(`Disk      ${spec.diskGib} GiB\n\n`)
  if (terminal.note !== undefined) screen.print(`${terminal.note}\n\n`)
}

const failedService = 'Started shop 2.5 (updated from 2.4)'

function serviceLines(spec: MachineSpec): string[] {
  return [
    'Mounted /',
    `Set hostname to ${spec.name}`,
    'Started cloud-init: local stage',
    spec.publicIp === undefined
      ? 'Configured network'
      : `Configured network: ${spec.publicIp}`,
    'Started OpenSSH server',
    'Started cron',
    ...(spec.fault === 'bad-update' ? [failedService] : []),
    'Reached target: login on tty1',
  ]
}

function showService(terminal: Terminal, line: string): void {
  const failed = line === failedService
  terminal.screen.print('[')
  if (failed) tinted(terminal, colour.brightRed, 'FAILED')
  else tinted(terminal, colour.brightGreen, '  OK  ')
  terminal.screen.print(`] ${line}\n`)
}

/** The lines of a Linux that shuts down. */
export function showShutdown(terminal: Terminal): void {
  terminal.screen.ink(colour.silver, colour.black)
  terminal.screen.print('\n')
  for (const line of ['Stopped OpenSSH server', 'Stopped network', 'Unmounted /']) {
    showService(terminal, line)
  }
  terminal.screen.print('Reached target: power off\n')
}

/** A cleared screen with the login prompt. `history` is kept between logins, like a file. */
function openLogin(terminal: Terminal, history: string[]): void {
  const { screen, spec } = terminal
  screen.clear()
  screen.print(`${spec.templateName} (Vedette sandbox, simulated) tty1\n`)
  screen.print(`${terminal.note === undefined ? '' : `${terminal.note}\n`}\n`)
  askName(terminal, history)
}

function askName(terminal: Terminal, history: string[]): void {
  const { screen, spec } = terminal
  const editor = createLineEditor({
    screen,
    prompt: () => `${spec.name} login: `,
    onLine: (line) => {
      const name = line.trim()
      if (name === '') return editor.begin()
      askPassword(terminal, name, history)
    },
  })
  terminal.run(editor)
  editor.begin()
}

// Any password is accepted: it protects nothing, and visitors of the sandbox have none.
function askPassword(terminal: Terminal, name: string, history: string[]): void {
  const { screen, spec } = terminal
  const editor = createLineEditor({
    screen,
    hidden: true,
    prompt: () => 'Password: ',
    onLine: () => {
      screen.print(`Last login: ${dateLine(terminal.bootedAt)} on tty1\n`)
      screen.print(`${motd(spec).join('\n')}\n`)
      openLinuxShell(terminal, name, history)
    },
  })
  terminal.run(editor)
  editor.begin()
}

function openLinuxShell(terminal: Terminal, name: string, history: string[]): void {
  const { screen, spec } = terminal
  const sign = name === 'root' ? '#' : '$'
  const files = createFiles(spec, name)
  openShell({
    terminal,
    history,
    prompt: () => `${name}@${spec.name}:${files.here()}${sign} `,
    showPrompt() {
      tinted(terminal, colour.brightGreen, `${name}@${spec.name}`)
      screen.print(':')
      tinted(terminal, colour.brightBlue, files.here())
      screen.print(`${sign} `)
    },
    commands: linuxCommands(terminal, { name }, files),
    unknown: (command) => `-bash: ${command}: command not found`,
    onExit: () => openLogin(terminal, history),
  })
}

/** Prints in a color, then sets silver again. */
export function tinted(terminal: Terminal, ink: Colour, text: string): void {
  terminal.screen.ink(ink)
  terminal.screen.print(text)
  terminal.screen.ink(colour.silver)
}
