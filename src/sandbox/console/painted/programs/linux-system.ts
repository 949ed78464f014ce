/**
 * Runs the system commands of a simulated Linux: its log, services and processes, and messages for
 * the missing network, editor and manual. All of it depends only on the instance.
 */
import type { MachineSpec } from '../../machine.ts'
import type { Command } from './shell.ts'
import type { Terminal } from './terminal.ts'

const mib = 1024 * 1024

/** The kernel's lines, which a boot and `dmesg` print. */
export function kernelLines(spec: MachineSpec): string[] {
  return [
    'Linux version 6.0-simulated',
    'Command line: root=/dev/vda1 ro console=tty0',
    `x86/cpu: ${spec.cpus} CPU${spec.cpus > 1 ? 's' : ''} present`,
    `Memory: ${Math.round(spec.memoryBytes / 1024)}K available`,
    'Console: colour VGA+ 80x25',
    `virtio_blk virtio0: [vda] ${spec.diskGib * 2_097_152} 512-byte logical blocks`,
    'virtio_net virtio1 eth0: link up',
    'EXT4-fs (vda1): mounted filesystem, read-only',
    'input: AT Translated Set 2 keyboard',
  ]
}

/** The lines with the seconds since the boot. */
export function stamped(lines: string[]): { stamp: string; line: string }[] {
  let seconds = 0
  return lines.map((line) => {
    seconds += 0.0313 + line.length / 2000
    return { stamp: seconds.toFixed(6).padStart(12), line }
  })
}

const services: Record<string, string> = {
  cron: 'Regular background program processing daemon',
  'cloud-init': 'Initial cloud-init job',
  networking: 'Raise network interfaces',
  ssh: 'OpenBSD Secure Shell server',
}

/** The commands about the system, by name. */
export function systemCommands(terminal: Terminal, user: string): [string, Command][] {
  const { spec } = terminal
  const since = new Date(terminal.bootedAt).toISOString().slice(0, 19).replace('T', ' ')
  const noEditor =
    (name: string): Command =>
    () => [`${name}: files can't be edited on a simulated screen`]
  return [
    [
      'dmesg',
      () => stamped(kernelLines(spec)).map(({ stamp, line }) => `[${stamp}] ${line}`),
    ],
    ['journalctl', () => journal(terminal, user)],
    ['systemctl', (words) => systemctl(words, since)],
    ['top', () => top(terminal, user)],
    ['lsblk', () => blockDevices(spec)],
    [
      'lscpu',
      () => [
        'Architecture:  x86_64',
        `CPU(s):        ${spec.cpus}`,
        'Model name:    simulated',
      ],
    ],
    ['ping', ([host = '']) => ping(host)],
    [
      'curl',
      ([url = '']) => [`curl: (7) Failed to connect to ${url || 'nowhere'}: no network`],
    ],
    ['mount', () => ['/dev/vda1 on / type ext4 (ro,simulated)']],
    ['env', () => [`USER=${user}`, 'SHELL=/bin/bash', 'TERM=linux', 'LANG=C.UTF-8']],
    ['nano', noEditor('nano')],
    ['vi', noEditor('vi')],
    [
      'man',
      ([name]) => [
        name ? `No manual entry for ${name}; try: help` : 'What manual page do you want?',
      ],
    ],
  ]
}

function journal(terminal: Terminal, user: string): string[] {
  const { spec } = terminal
  const at = new Date(terminal.bootedAt).toUTCString().slice(8, 11)
  const day = new Date(terminal.bootedAt).toISOString()
  const head = `${at} ${day.slice(8, 10)} ${day.slice(11, 19)} ${spec.name}`
  return [
    ...kernelLines(spec).map((line) => `${head} kernel: ${line}`),
    ...Object.values(services).map((what) => `${head} systemd[1]: Started ${what}.`),
    `${head} login[112]: session opened for user ${user}`,
  ].slice(-20)
}

function systemctl([verb, name = '']: string[], since: string): string[] {
  const unit = name.replace(/\.service$/, '')
  const what = services[unit]
  if (verb === undefined || verb === 'list-units' || (verb === 'status' && name === ''))
    return Object.entries(services).map(
      ([one, words]) => `${`${one}.service`.padEnd(22)} loaded active running ${words}`,
    )
  if (what === undefined) return [`Unit ${unit || name}.service could not be found.`]
  if (verb === 'is-active') return ['active']
  if (verb !== 'status') return [`${verb}: services can't be changed on a simulated screen`]
  return [
    `● ${unit}.service - ${what}`,
    `     Loaded: loaded (/lib/systemd/system/${unit}.service; enabled)`,
    `     Active: active (running) since ${since} UTC`,
  ]
}

function top(terminal: Terminal, user: string): string[] {
  const { spec } = terminal
  const total = Math.round(spec.memoryBytes / mib)
  const minutes = Math.max(0, Math.floor((terminal.now() - terminal.bootedAt) / 60_000))
  return [
    `top - up ${minutes} min,  1 user,  load average: 0.00, 0.00, 0.00`,
    'Tasks:   4 total,   1 running,   3 sleeping',
    `%Cpu(s):  0.0 us,  0.0 sy, 100.0 id  (${spec.cpus} CPU${spec.cpus > 1 ? 's' : ''})`,
    `MiB Mem : ${total} total`,
    '',
    '    PID USER      %CPU  COMMAND',
    '      1 root       0.0  init',
    '    112 root       0.0  login',
    `    117 ${user.slice(0, 8).padEnd(10)} 0.0  bash`,
    'This is a simulated screen, so this list does not update.',
  ]
}

function blockDevices(spec: MachineSpec): string[] {
  const size = `${spec.diskGib}G`
  return [
    'NAME   SIZE TYPE MOUNTPOINT',
    `vda  ${size.padStart(6)} disk`,
    `└─vda1 ${size.padStart(4)} part /`,
  ]
}

function ping(host: string): string[] {
  if (host === '') return ['ping: usage error: Destination address required']
  if (host === 'localhost' || host.startsWith('127.'))
    return [`64 bytes from ${host}: icmp_seq=1 ttl=64 time=0.03 ms`]
  return [`ping: ${host}: no network on a simulated screen`]
}
