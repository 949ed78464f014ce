/**
 * Simulates rescue mode: a network boot, a menu and a recovery shell, as started by the zone's
 * `rescue-profile`.
 */
import { colour } from '../screen.ts'
import { linuxCommands } from './linux-commands.ts'
import { createFiles } from './linux-files.ts'
import { showFirmware, tinted } from './linux.ts'
import { openShell, type Command } from './shell.ts'
import { deaf, type Program, type Terminal } from './terminal.ts'

const choices = ['Recovery shell', 'Boot from the local disk', 'Reboot'] as const
const countdownSeconds = 10
const menuLeft = 18
const menuTop = 7

/** Boots from the network: a menu after two seconds; ten later, the recovery shell. */
export function bootRescue(terminal: Terminal, profile: 'netboot' | 'netboot-efi'): void {
  const { screen, spec } = terminal
  terminal.run(deaf)
  showFirmware(terminal)
  const mac = macOf(spec.instanceId)
  const lines = [
    `Network boot (${profile}) · simulated`,
    `net0: ${mac} using virtio-net (open)`,
    '  [Link: up, TX: 0 RX: 0]',
    `Configuring (net0 ${mac})...... ok`,
    `net0: ${spec.publicIp ?? 'no address'}`,
    'Fetching the rescue menu... ok',
  ]
  lines.forEach((line, i) => {
    terminal.after(400 + i * 260, () => screen.print(`${line}\n`))
  })
  terminal.after(400 + lines.length * 260, () => openMenu(terminal))
}

function openMenu(terminal: Terminal): void {
  const { screen } = terminal
  let chosen = 0
  let left: number | undefined = countdownSeconds

  const choose = () => {
    if (chosen === 0) openRecovery(terminal)
    else terminal.restart({ fromDisk: chosen === 1 })
  }
  const draw = () => drawMenu(terminal, chosen, left)
  const tick = () => {
    if (left === undefined || !terminal.runs(menu)) return
    left -= 1
    if (left === 0) return choose()
    draw()
    terminal.after(1000, tick)
  }
  const menu: Program = {
    key({ name }) {
      left = undefined
      if (name === 'up') chosen = (chosen + choices.length - 1) % choices.length
      else if (name === 'down') chosen = (chosen + 1) % choices.length
      if (name === 'enter') choose()
      else draw()
    },
  }
  terminal.run(menu)
  screen.showCursor(false)
  draw()
  terminal.after(1000, tick)
}

function drawMenu(terminal: Terminal, chosen: number, left: number | undefined): void {
  const { screen, spec } = terminal
  screen.ink(colour.silver, colour.black)
  screen.clear()
  const width = 42
  const line = (row: number, text: string) => {
    screen.moveTo(menuLeft, menuTop + row)
    screen.print(text)
  }
  screen.ink(colour.cyan)
  line(0, `╔${'═'.repeat(width)}╗`)
  for (let row = 1; row <= choices.length + 3; row++) line(row, `║${' '.repeat(width)}║`)
  line(choices.length + 4, `╚${'═'.repeat(width)}╝`)
  screen.ink(colour.white)
  screen.moveTo(menuLeft + 3, menuTop + 1)
  screen.print(`Rescue ${spec.name}`.slice(0, width - 3))
  choices.forEach((choice, i) => {
    if (i === chosen) screen.ink(colour.black, colour.cyan)
    else screen.ink(colour.silver, colour.black)
    screen.moveTo(menuLeft + 2, menuTop + 3 + i)
    screen.print(` ${choice}`.padEnd(width - 2))
  })
  screen.ink(colour.grey, colour.black)
  line(choices.length + 6, '  Up, Down: choose · Enter: start')
  if (left !== undefined) line(choices.length + 7, `  Starts automatically in ${left} s`)
  screen.ink(colour.silver, colour.black)
}

function openRecovery(terminal: Terminal): void {
  const { screen, spec } = terminal
  screen.ink(colour.silver, colour.black)
  screen.showCursor(true)
  screen.clear()
  tinted(terminal, colour.yellow, `Recovery shell for ${spec.name}\n`)
  screen.print(
    'The disk is not mounted. This is a simulated screen: changes are not saved.\n',
  )
  screen.print('Try: help\n\n')
  if (terminal.fault() === 'no-kernel')
    screen.print(
      '/boot/vmlinuz is missing on the disk. To restore it, type: repair-boot\n\n',
    )
  const commands = linuxCommands(terminal, { name: 'root' }, createFiles(spec, 'root'))
  for (const [name, command] of recoveryCommands(terminal)) commands.set(name, command)
  openShell({
    terminal,
    prompt: () => 'rescue# ',
    history: [],
    commands,
    unknown: (name) => `sh: ${name}: not found`,
    onExit: () => openMenu(terminal),
  })
}

function recoveryCommands(terminal: Terminal): [string, Command][] {
  const size = `${terminal.spec.diskGib}G`
  return [
    [
      'lsblk',
      () => [
        'NAME   SIZE TYPE',
        `vda  ${size.padStart(6)} disk`,
        `└─vda1 ${size.padStart(4)} part`,
      ],
    ],
    [
      'repair-boot',
      () => {
        if (terminal.fault() !== 'no-kernel')
          return ['Nothing to repair: the kernel is there.']
        terminal.setFault(undefined)
        return [
          '/boot/vmlinuz was restored from its copy. To boot from the disk, type: reboot',
        ]
      },
    ],
    ['fsck', () => ['/dev/vda1: clean (simulated)']],
    ['mount', () => ['mount: /dev/vda1: a simulated instance has no disk']],
  ]
}

/** A stable, locally administered hardware address. */
function macOf(instanceId: string): string {
  const digits = instanceId
    .replace(/[^0-9a-f]/gi, '')
    .padEnd(6, '0')
    .slice(-6)
    .toLowerCase()
  return `0a:00:00:${digits.slice(0, 2)}:${digits.slice(2, 4)}:${digits.slice(4, 6)}`
}
