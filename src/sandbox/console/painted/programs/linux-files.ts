/**
 * Holds the small file tree of a simulated Linux, built from what the zone knows about the
 * instance. The files can't be changed.
 */
import type { MachineSpec } from '../../machine.ts'

/** The greeting at login, also in /etc/motd. */
export function motd(spec: MachineSpec): string[] {
  return [
    `Welcome to ${spec.name}, a simulated instance in the Vedette sandbox`,
    `Template: ${spec.templateName}`,
    '',
    'It boots, accepts a login and runs a few commands, but there is no operating',
    'system behind this screen. Changes are not saved. To start, type: help',
    ...(spec.fault === 'bad-update'
      ? ['', 'shop.service FAILED since the update from 2.4 to 2.5.']
      : []),
    '',
  ]
}

export const kernelPath = '/boot/vmlinuz'

const homeOf = (name: string) => (name === 'root' ? '/root' : `/home/${name}`)

const folders = [
  'bin',
  'boot',
  'dev',
  'etc',
  'home',
  'proc',
  'root',
  'run',
  'tmp',
  'usr',
  'var',
]

function filesOf(spec: MachineSpec, user: string): Record<string, string[]> {
  return {
    ...(spec.fault === 'no-kernel' ? {} : { [kernelPath]: ['A simulated kernel.'] }),
    '/etc/motd': motd(spec),
    '/etc/hostname': [spec.name],
    '/etc/hosts': ['127.0.0.1 localhost', `127.0.1.1 ${spec.name}`],
    '/etc/fstab': ['/dev/vda1 / ext4 defaults 0 1'],
    '/etc/resolv.conf': ['# simulated: DNS does not work here'],
    '/etc/os-release': [
      `PRETTY_NAME="${spec.templateName} (simulated)"`,
      `ID=${spec.templateFamily || 'linux'}`,
      'VARIANT="Vedette sandbox (simulated)"',
    ],
    '/etc/passwd': [
      'root:x:0:0:root:/root:/bin/bash',
      ...(user === 'root' ? [] : [`${user}:x:1000:1000::${homeOf(user)}:/bin/bash`]),
    ],
    '/proc/loadavg': ['0.00 0.00 0.00 1/42 117'],
    '/proc/cmdline': ['root=/dev/vda1 ro console=tty0'],
    '/proc/cpuinfo': Array.from({ length: spec.cpus }, (_, index) => [
      `processor\t: ${index}`,
      'model name\t: simulated',
    ]).flat(),
    '/proc/meminfo': [`MemTotal:       ${Math.round(spec.memoryBytes / 1024)} kB`],
    [`${homeOf(user)}/readme.txt`]: [
      'Changes on a simulated screen are not saved. To start, type: help',
    ],
  }
}

export type Files = {
  /** The current folder, as a path and as the prompt shows it. */
  path(): string
  here(): string
  /** Changes to a folder, or home without a path. Returns the lines of an error, if any. */
  enter(path?: string): string[]
  list(paths: string[]): string[]
  /** Removes the kernel, which is the only file that can be; returns the lines of an error, if any. */
  remove(paths: string[]): string[]
  /** A file's lines, or the error of `command`. */
  read(command: string, path: string): string[]
}

/** The file tree for one user, starting in the home folder. */
export function createFiles(spec: MachineSpec, user: string): Files {
  const home = homeOf(user)
  const files = new Map(Object.entries(filesOf(spec, user)))
  let at = home

  const absolute = (path: string): string => {
    const from = path.startsWith('~') ? home + path.slice(1) : path
    const parts: string[] = []
    for (const part of (from.startsWith('/') ? from : `${at}/${from}`).split('/')) {
      if (part === '..') parts.pop()
      else if (part !== '' && part !== '.') parts.push(part)
    }
    return `/${parts.join('/')}`
  }

  const isFolder = (path: string) =>
    path === '/' ||
    path === home ||
    folders.includes(path.slice(1)) ||
    [...files.keys()].some((file) => file.startsWith(`${path}/`))

  const inside = (path: string): string[] => {
    const prefix = path === '/' ? '/' : `${path}/`
    const names = [...files.keys(), home]
      .filter((file) => file.startsWith(prefix))
      .map((file) => file.slice(prefix.length).split('/')[0] ?? '')
    return [...new Set(path === '/' ? folders : names)].sort()
  }

  const missing = (command: string, path: string) =>
    `${command}: ${path}: No such file or directory`

  const listOne = (path: string): string[] => {
    const whole = absolute(path)
    if (files.has(whole)) return [path]
    if (!isFolder(whole)) return [missing('ls', path)]
    const names = inside(whole)
    return names.length > 0 ? [names.join('  ')] : []
  }

  return {
    path: () => at,
    here: () => (at === home ? '~' : at),
    enter(path = home) {
      const whole = absolute(path)
      if (files.has(whole)) return [`-bash: cd: ${path}: Not a directory`]
      if (!isFolder(whole)) return [missing('-bash: cd', path)]
      at = whole
      return []
    },
    list: (paths) => (paths.length > 0 ? paths : ['.']).flatMap(listOne),
    remove: (paths) =>
      paths.flatMap((path) => {
        const whole = absolute(path.replace(/\*$/, '')).replace(/^\/boot$/, kernelPath)
        if (whole === kernelPath && files.delete(kernelPath)) return []
        if (!files.has(whole) && !isFolder(whole)) return [missing('rm', path)]
        return [`rm: cannot remove '${path}': only ${kernelPath} can be removed here`]
      }),
    read(command, path) {
      const whole = absolute(path)
      const isThere = path !== '' && isFolder(whole)
      if (isThere && !files.has(whole)) return [`${command}: ${path}: Is a directory`]
      return files.get(whole) ?? [missing(command, path)]
    },
  }
}
