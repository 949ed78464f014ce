/**
 * Keeps what a person may not do out of a screen: reads the RFB messages of a viewer (RFC 6143, 7.5, with QEMU's and
 * TigerVNC's additions) and leaves out keys, the pointer and text, or the clipboard. What it can't read could be
 * anything, so it ends the connection.
 */
import type { ScreenRights } from '#contract/people/policy.ts'

/** What the connection of a person without all rights is limited to. */
export type Limits = Pick<ScreenRights, 'type' | 'copy'>

/** Whether a person's messages have to be read. */
export const isLimited = ({ type, copy }: Limits): boolean => !type || !copy

/** The extended clipboard; QEMU sends no text to a viewer that doesn't ask for it. */
const extendedClipboard = 0xc0a1e5ce | 0
const clipboardActions = { caps: 1 << 24, notify: 1 << 27, provide: 1 << 28 }
/** QEMU takes no longer text. */
const longestText = 1024 * 1024
/** There are some dozens. */
const encodingsMost = 1_000
/** More than any viewer sends at once: the largest message, and some others. */
const longestBytes = 2 * longestText
/** More parts than this are joined: each takes some memory, however short it is. */
const mostParts = 1_000
/** A message about the clipboard that brings no text: its actions, and a size for each format. */
const longestQuestion = 12 + 4 * 16

/** Messages of a fixed length that only ask or describe: SetPixelFormat, an update, EnableContinuousUpdates. */
const harmless = new Map([
  [0, 20],
  [3, 10],
  [150, 10],
])
/** KeyEvent, PointerEvent, and xvp, which restarts the machine. */
const acting = new Map([
  [4, 8],
  [5, 6],
  [250, 4],
])

type Stage = 'version' | 'security' | 'password' | 'init' | 'open'

/**
 * How long the first message is, and what is passed on: all of it, nothing, or something else. A number if it isn't
 * whole yet: how many bytes it takes to read on.
 */
type Reading = { used: number; pass: boolean | Buffer } | number

export class UnreadableViewer extends Error {}

export class ClientLimits {
  readonly #limits: Limits
  #stage: Stage = 'version'
  /** What isn't read yet, in the parts in which it came: joining them for each part would take too long. */
  #parts: Buffer[] = []
  #length = 0
  #needed = 1
  /** How many of the next bytes belong to a message that is left out. */
  #skip = 0

  constructor(limits: Limits) {
    this.#limits = limits
  }

  /** What is passed on of these bytes; throws an `UnreadableViewer` for what isn't known or too long. */
  take(bytes: Buffer): Buffer {
    const rest = bytes.subarray(this.#skip)
    this.#skip -= bytes.length - rest.length
    if (rest.length > 0) this.#parts.push(rest)
    this.#length += rest.length
    if (this.#length > longestBytes) throw new UnreadableViewer()
    if (this.#length >= this.#needed) return this.#takeAll()
    if (this.#parts.length > mostParts)
      this.#parts = [Buffer.concat(this.#parts, this.#length)]
    return Buffer.alloc(0)
  }

  #takeAll(): Buffer {
    const bytes = Buffer.concat(this.#parts, this.#length)
    const passed: Buffer[] = []
    let at = 0
    // What is passed on as it came is one piece, however many messages it has.
    let from = 0
    this.#needed = 1
    while (at < bytes.length) {
      const reading = this.#read(bytes.subarray(at))
      if (typeof reading === 'number') {
        this.#needed = reading
        break
      }
      const { used, pass } = reading
      if (pass !== true) {
        passed.push(bytes.subarray(from, at))
        if (pass) passed.push(pass)
        from = at + used
      }
      at += used
    }
    const end = Math.min(at, bytes.length)
    passed.push(bytes.subarray(Math.min(from, end), end))
    this.#skip = at - end
    this.#length = bytes.length - end
    this.#parts = this.#length > 0 ? [bytes.subarray(end)] : []
    return Buffer.concat(passed)
  }

  #read(bytes: Buffer): Reading {
    switch (this.#stage) {
      case 'version':
        return this.#readVersion(bytes)
      case 'security':
        return this.#readSecurity(bytes)
      case 'password':
        return this.#whole(bytes, 16, 'init')
      case 'init':
        this.#stage = 'open'
        // Shared: an exclusive viewer disconnects those who work at the screen.
        return { used: 1, pass: Buffer.of(1) }
      case 'open':
        return this.#readMessage(bytes)
    }
  }

  #whole(bytes: Buffer, length: number, next: Stage): Reading {
    if (bytes.length < length) return length
    this.#stage = next
    return { used: length, pass: true }
  }

  #readVersion(bytes: Buffer): Reading {
    if (bytes.length < 12) return 12
    // In 3.3 the server chooses the security, which these bytes don't tell.
    if (!/^RFB 003\.00[78]\n$/.test(bytes.toString('latin1', 0, 12)))
      throw new UnreadableViewer()
    return this.#whole(bytes, 12, 'security')
  }

  /** No security, or a password, whose answer has a length; others encrypt or have messages of their own. */
  #readSecurity(bytes: Buffer): Reading {
    if (bytes[0] !== 1 && bytes[0] !== 2) throw new UnreadableViewer()
    return this.#whole(bytes, 1, bytes[0] === 1 ? 'init' : 'password')
  }

  #readMessage(bytes: Buffer): Reading {
    const [type = 0] = bytes
    const plain = harmless.get(type) ?? acting.get(type)
    if (plain !== undefined) return this.#fixed(bytes, plain, harmless.has(type))
    if (type === 2) return this.#readEncodings(bytes)
    if (type === 6) return this.#readText(bytes)
    // Fence: flags, and a length in its last byte.
    if (type === 248) return this.#counted(bytes, 9, (head) => 9 + (head[8] ?? 0), true)
    // SetDesktopSize.
    if (type === 251)
      return this.#counted(bytes, 8, (head) => 8 + 16 * (head[6] ?? 0), false)
    if (type === 255) return this.#readQemu(bytes)
    throw new UnreadableViewer()
  }

  #fixed(bytes: Buffer, length: number, isHarmless: boolean): Reading {
    if (bytes.length < length) return length
    return { used: length, pass: isHarmless || this.#limits.type }
  }

  #counted(
    bytes: Buffer,
    head: number,
    lengthOf: (bytes: Buffer) => number,
    isHarmless: boolean,
  ): Reading {
    return bytes.length < head ? head : this.#fixed(bytes, lengthOf(bytes), isHarmless)
  }

  /** QEMU's key event, or what it is asked about sound. */
  #readQemu(bytes: Buffer): Reading {
    if (bytes.length < 4) return 4
    if (bytes[1] === 0) return this.#fixed(bytes, 12, false)
    if (bytes[1] !== 1) throw new UnreadableViewer()
    return this.#fixed(bytes, bytes.readUInt16BE(2) === 2 ? 10 : 4, true)
  }

  #readEncodings(bytes: Buffer): Reading {
    if (bytes.length < 4) return 4
    const used = 4 + 4 * bytes.readUInt16BE(2)
    if (used > 4 + 4 * encodingsMost) throw new UnreadableViewer()
    if (bytes.length < used) return used
    const wanted: number[] = []
    for (let at = 4; at < used; at += 4) {
      const encoding = bytes.readInt32BE(at)
      if (this.#limits.copy || encoding !== extendedClipboard) wanted.push(encoding)
    }
    const pass = Buffer.alloc(4 + 4 * wanted.length)
    bytes.copy(pass, 0, 0, 2)
    pass.writeUInt16BE(wanted.length, 2)
    for (const [index, encoding] of wanted.entries())
      pass.writeInt32BE(encoding, 4 + 4 * index)
    return { used, pass }
  }

  /** A text for the machine's clipboard, or a message about it, whose length is negative. */
  #readText(bytes: Buffer): Reading {
    if (bytes.length < 8) return 8
    const told = bytes.readInt32BE(4)
    const used = 8 + Math.abs(told)
    if (used > 8 + longestText) throw new UnreadableViewer()
    if (told >= 0 ? !this.#limits.type : !this.#limits.copy) return { used, pass: false }
    if (told < 0 && !this.#limits.type) {
      if (used < 12 || used > longestQuestion) return { used, pass: false }
      if (bytes.length < 12) return 12
      if (!onlyAsks(bytes.readUInt32BE(8))) return { used, pass: false }
    }
    return bytes.length < used ? used : { used, pass: true }
  }
}

/** Whether a message about the clipboard brings no text. What it can says also that it may (docs/vnc.md#the-extended-clipboard). */
function onlyAsks(flags: number): boolean {
  const { caps, notify, provide } = clipboardActions
  return (flags & caps) !== 0 || (flags & (notify | provide)) === 0
}
