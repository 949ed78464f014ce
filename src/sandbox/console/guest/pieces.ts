/**
 * Collects what a guest consists of: Debian's cloud kernel, BusyBox, keymaps and file system tools,
 * kept in a cache (`packages.ts`). None of it is in the repository.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gunzipSync } from 'node:zlib'

import { run } from '../children.ts'
import { cpio, file, folder, link, type CpioEntry } from './cpio.ts'
import { keymapFiles } from './keymaps.ts'
import { cacheDir, fromPackages, walk } from './packages.ts'

/** Increase this when the cached files change, so that an old cache isn't used. */
const edition = 'guest-2'
const keymapFolder = 'usr/share/keymaps'
type GuestPieces = {
  kernel: string
  /** An archive of the tools; `userland.ts` adds our own files. */
  tools: string
  /** A folder with `mke2fs` and its libraries. */
  formatter: string
  /** A folder with the signed loaders that firmware with secure boot starts, by their names there. */
  loaders: string
}

const packages = [
  'busybox-static',
  'kbd',
  'console-data',
  'e2fsprogs',
  'shim-signed',
  'grub-efi-amd64-signed',
]
const tools = ['busybox', 'loadkeys', 'resize2fs', 'e2fsck']
const libraries =
  /^(ld-linux-x86-64\.so\.2|lib(c|e2p|ext2fs|com_err|blkid|uuid|kbdfile|z)\.so\.\d+)$/

/** In the order in which they must be loaded, without those built into the kernel. */
const modules = [
  'virtio_ring',
  'virtio',
  'virtio_pci_legacy_dev',
  'virtio_pci_modern_dev',
  'virtio_pci',
  'virtio_blk',
  'virtio_console',
  'evdev',
  'button',
]

/** Loaded only with EFI firmware, because it logs errors otherwise. */
const efiModule = 'efivarfs'

/** The loaders signed by Microsoft and by Debian, and the file names that start them. */
const loaders = [
  ['shimx64.efi.signed', 'BOOTX64.EFI'],
  ['grubx64.efi.signed', 'grubx64.efi'],
] as const

const piecesIn = (home: string): GuestPieces => ({
  kernel: join(home, 'vmlinuz'),
  tools: join(home, 'tools.cpio'),
  formatter: join(home, 'formatter'),
  loaders: join(home, 'loaders'),
})

/** The pieces, downloaded if they are missing. Rejects with a sentence that says why. */
export async function guestPieces(cache = cacheDir()): Promise<GuestPieces> {
  const home = await fromPackages(cache, {
    edition,
    what: 'guest',
    names: packageNames,
    keep,
    fetchMs: 180_000,
  })
  return piecesIn(home)
}

/** Includes the kernel and the libraries, whose package names change between releases. */
async function packageNames(): Promise<string[]> {
  const needs = async (name: string, which: RegExp) => {
    const { stdout } = await run('apt-cache', ['depends', '--important', name])
    return [...stdout.matchAll(/Depends: (\S+)/g)]
      .map(([, needed = '']) => needed)
      .filter((needed) => which.test(needed))
  }
  const kernel = await needs('linux-image-cloud-amd64', /^linux-image-/)
  const shared = await needs('e2fsprogs', /^lib/)
  if (kernel.length === 0)
    throw new Error('apt cannot find linux-image-cloud-amd64. Run apt-get update as root')
  return [...packages, ...kernel, ...shared]
}

/** Keeps the few files a guest needs and deletes the other hundred megabytes. */
async function keep(root: string, to: string): Promise<void> {
  const formatter = join(to, 'formatter')
  mkdirSync(formatter, { recursive: true })
  const found = walk(root)
  const one = (name: string) => {
    const path = found.find((each) => basename(each) === name)
    if (!path) throw new Error(`the Debian packages don't contain ${name}`)
    return path
  }
  const read = (name: string) => readFileSync(one(name))
  const kernel = found.find((path) => basename(path).startsWith('vmlinuz-'))
  if (!kernel) throw new Error("Debian's packages hold no kernel")
  renameSync(kernel, join(to, 'vmlinuz'))

  const shared = [
    ...new Set(found.map((path) => basename(path)).filter((name) => libraries.test(name))),
  ]
  const { stdout } = await run(one('busybox'), ['--list'])
  const applets = stdout.trim().split('\n')
  const loaded = await Promise.all(modules.map((name) => moduleEntry(name, found)))
  const present = loaded.filter((entry) => entry !== undefined)
  const forEfi = await moduleEntry(efiModule, found)
  const entries: CpioEntry[] = [
    ...['bin', 'lib', 'lib64', 'lib/modules', 'usr', 'usr/bin'].map((path) => folder(path)),
    ...tools.map((name) => file(`bin/${name}`, read(name), 0o755)),
    ...shared.map((name) => file(`lib/${name}`, read(name), 0o755)),
    link('lib64/ld-linux-x86-64.so.2', '../lib/ld-linux-x86-64.so.2'),
    ...applets
      .filter((name) => !tools.includes(name))
      .map((name) => link(`bin/${name}`, 'busybox')),
    ...present,
    ...(forEfi ? [forEfi] : []),
    file('lib/modules/order', `${present.map(({ path }) => path).join('\n')}\n`),
    ...keymapEntries(found),
  ]
  writeFileSync(join(to, 'tools.cpio'), cpio(entries))

  for (const name of ['mke2fs', ...shared])
    writeFileSync(join(formatter, name), read(name), { mode: 0o755 })

  mkdirSync(join(to, 'loaders'))
  for (const [name, as] of loaders) renameSync(one(name), join(to, 'loaders', as))
}

async function moduleEntry(name: string, found: string[]): Promise<CpioEntry | undefined> {
  const spelt = new RegExp(`^${name.replaceAll('_', '[-_]')}\\.ko(\\.xz)?$`)
  const path = found.find((each) => spelt.test(basename(each)))
  if (!path) return undefined
  // Newer kernels compress their modules, which BusyBox can't unpack.
  if (path.endsWith('.xz')) await run('xz', ['-d', path])
  return file(`lib/modules/${name}.ko`, readFileSync(path.replace(/\.xz$/, '')))
}

/** The keymaps and what they include, in the folders where `loadkeys` looks for them. */
function keymapEntries(found: string[]): CpioEntry[] {
  const wanted = found.flatMap((path) => {
    const [, below] = path.split('/share/keymaps/')
    const name = below?.split('/').at(-1)?.replace(/\..*/, '') ?? ''
    const ours = /^(i386\/)?include\//.test(below ?? '')
    const keymap = below?.startsWith('i386/') && keymapFiles.includes(name)
    return below && (ours || keymap) ? [{ path, below }] : []
  })
  const folders = new Set<string>()
  for (const { below } of wanted) {
    const parts = `${keymapFolder}/${below}`.split('/')
    for (let deep = 1; deep < parts.length; deep += 1)
      folders.add(parts.slice(0, deep).join('/'))
  }
  return [
    ...[...folders].map((path) => folder(path)),
    // Unpacked, because `loadkeys` would need another program to unpack them.
    ...wanted.map(({ path, below }) =>
      file(`${keymapFolder}/${below.replace(/\.gz$/, '')}`, gunzipSync(readFileSync(path))),
    ),
  ]
}
