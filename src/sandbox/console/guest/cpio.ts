/**
 * Writes the archive in which Linux takes its first files (`newc`): no root and no `cpio` program
 * are needed, and it holds device nodes where a boot needs them. It is uncompressed because
 * unpacking costs more than reading under emulation (docs/sandbox.md#the-guest-image).
 */
/** A file, folder, link or node; `data` is a file's bytes or a link's target. */
export type CpioEntry = {
  path: string
  /** With the file type in its upper bits, as in `stat`. */
  mode: number
  data?: Buffer | string
  /** Major and minor number of a node. */
  device?: [major: number, minor: number]
}

const kinds = { folder: 0o040000, file: 0o100000, link: 0o120000, node: 0o020000 } as const

export const folder = (path: string, mode = 0o755): CpioEntry => ({
  path,
  mode: kinds.folder | mode,
})
export const file = (path: string, data: Buffer | string, mode = 0o644): CpioEntry => ({
  path,
  mode: kinds.file | mode,
  data,
})
export const link = (path: string, to: string): CpioEntry => ({
  path,
  mode: kinds.link | 0o777,
  data: to,
})
export const node = (path: string, major: number, minor: number): CpioEntry => ({
  path,
  mode: kinds.node | 0o600,
  device: [major, minor],
})

/** One archive of all entries; the kernel reads several in a row as one. */
export function cpio(entries: CpioEntry[]): Buffer {
  const all = [...entries, { path: 'TRAILER!!!', mode: 0 }]
  return Buffer.concat(all.flatMap((entry, index) => record(entry, index + 1)))
}

function record({ path, mode, data = '', device = [0, 0] }: CpioEntry, inode: number) {
  const name = Buffer.from(`${path}\0`)
  const body = typeof data === 'string' ? Buffer.from(data) : data
  const [major, minor] = device
  // uid and gid 0, one link, no time, so that the same files are the same bytes.
  const numbers = [inode, mode, 0, 0, 1, 0, body.length, 0, 0, major, minor, name.length, 0]
  const head = `070701${numbers.map((n) => n.toString(16).padStart(8, '0')).join('')}`
  return [Buffer.from(head), name, pad(head.length + name.length), body, pad(body.length)]
}

const pad = (length: number) => Buffer.alloc((4 - (length % 4)) % 4)
