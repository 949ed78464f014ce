/**
 * Serves one viewer of a simulated screen: RFB 3.8 (RFC 6143) over any byte stream, without a
 * password because the ticket was checked before. An update is sent when the viewer requested one and
 * the screen differs from what was last sent, so a slow viewer gets fewer updates and no backlog.
 */
import type { Duplex } from 'node:stream'

import { cellHeight, cellWidth } from '../font.ts'
import type { Cells } from '../screen.ts'
import {
  boxOf,
  changedAreas,
  cropped,
  gridOf,
  type Box,
  type Grid,
  type Size,
} from './areas.ts'
import { readClientMessage, type ClientMessage } from './client-messages.ts'
import {
  capabilities,
  extendedClipboard,
  notifyText,
  plainCutText,
  provideText,
  requestText,
  type ExtendedCut,
} from './clipboard.ts'
import { encodeRaw, encodeZrle, nativeFormat, paintCells, paintsIn } from './pixels.ts'

const encoding = {
  raw: 0,
  zrle: 16,
  size: -223,
  extendedSize: -308,
  extendedKeys: -258,
  lamps: -261,
} as const

/** Reason and status of a size message: who changed the size, and whether a request was rejected. */
const by = { server: 0, viewer: 1, other: 2 } as const
const prohibited = 1

type ViewerDeps = {
  /** Shown as the desktop's name. */
  name: string
  stream: Duplex
  /** The cells to show at this moment, the cursor drawn in. */
  picture(): Cells
  size(): Size
  /** Whether the screen accepted the requested size. */
  onResize(size: Size): boolean
  /** The present clipboard text. */
  clipboard(): string
  onCut(text: string): void
  lamps(): number
  onKey(down: boolean, keysym: number, scancode?: number): void
  onClose(): void
}

export class Viewer {
  readonly #deps: ViewerDeps
  #input: Buffer = Buffer.alloc(0)
  #stage: 'version' | 'security' | 'init' | 'open' | 'closed' = 'version'
  #paints = paintsIn(nativeFormat)
  #wanted: 'nothing' | 'changes' | 'everything' = 'nothing'
  #shown: Cells | undefined
  #size: Size
  #sizing: 'fixed' | 'plain' | 'extended' = 'fixed'
  /** A size that is still to be sent, with its reason and status. */
  #owesSize: { by: number; status: number } | undefined
  #hasExtendedClipboard = false
  #shownLamps: number | undefined
  #owesExtendedKeys = false
  #readsLamps = false
  #readsZrle = false
  #zrleBegun = false

  /** Serves one viewer; the greeting is sent at once. */
  constructor(deps: ViewerDeps) {
    this.#deps = deps
    this.#size = deps.size()
    const { stream } = deps
    stream.on('data', (chunk: Buffer) => this.#receive(chunk))
    stream.on('drain', () => this.refresh())
    stream.on('end', () => stream.end())
    stream.on('error', () => this.#finish())
    stream.on('close', () => this.#finish())
    stream.write('RFB 003.008\n')
  }

  /** Call this when the screen or the lights may have changed. */
  refresh(): void {
    const { stream } = this.#deps
    if (this.#stage !== 'open' || this.#wanted === 'nothing') return
    if (stream.writableNeedDrain || !stream.writable) return

    if (this.#sizing !== 'fixed' && this.#tellSize()) return
    const { columns, rows, ...picture } = this.#deps.picture()
    const grid = gridOf(this.#size, { columns, rows })
    const cells = cropped({ columns, rows, ...picture }, grid)
    const shown = this.#shown
    const before = this.#wanted === 'everything' ? undefined : shown
    const areas = before ? changedAreas(before, cells) : [{ column: 0, row: 0, ...grid }]
    const rectangles = [
      ...this.#notices(),
      ...areas.map((area) => this.#rectangle(boxOf(area), paintCells(cells, area))),
      ...(before ? [] : this.#margins(grid)),
    ]
    if (rectangles.length === 0) return

    this.#update(rectangles)
    this.#shown = { ...grid, cells: Uint32Array.from(cells.cells) }
  }

  /** Offers the machine's clipboard text to this viewer. */
  offerClipboard(): void {
    if (this.#stage !== 'open') return
    const text = this.#deps.clipboard()
    this.#deps.stream.write(
      this.#hasExtendedClipboard ? notifyText(true) : plainCutText(text),
    )
  }

  #update(rectangles: Buffer[]) {
    const count = Buffer.of(0, 0, rectangles.length >> 8, rectangles.length & 0xff)
    this.#deps.stream.write(Buffer.concat([count, ...rectangles]))
    this.#wanted = 'nothing'
  }

  /** Sends a size without content: the content follows at the viewer's next request. */
  #tellSize(): boolean {
    const size = this.#deps.size()
    const changed = size.width !== this.#size.width || size.height !== this.#size.height
    if (!changed && !this.#owesSize) return false
    const told = this.#owesSize ?? { by: by.other, status: 0 }
    this.#owesSize = undefined
    this.#size = size
    this.#shown = undefined
    const extended = this.#sizing === 'extended'
    if (!extended && !changed) return false
    const box = { x: extended ? told.by : 0, y: extended ? told.status : 0, ...size }
    const head = rectangleHead(box, extended ? encoding.extendedSize : encoding.size)
    this.#update([extended ? Buffer.concat([head, oneScreen(size)]) : head])
    return true
  }

  /** Sends the last update and ends the stream. May be called twice. */
  close(): void {
    this.refresh()
    this.#deps.stream.end()
    this.#finish()
  }

  #finish() {
    if (this.#stage === 'closed') return
    this.#stage = 'closed'
    this.#deps.onClose()
  }

  #fail(): undefined {
    this.#deps.stream.destroy()
    this.#finish()
  }

  #receive(chunk: Buffer) {
    this.#input = this.#input.length > 0 ? Buffer.concat([this.#input, chunk]) : chunk
    while (this.#input.length > 0 && this.#stage !== 'closed') {
      const used = this.#stage === 'open' ? this.#readMessage() : this.#shakeHands()
      if (used === undefined) break
      this.#input = this.#input.subarray(used)
    }
    this.refresh()
  }

  /** Handles one step of the handshake; returns how many bytes it used. */
  #shakeHands(): number | undefined {
    const { stream, name } = this.#deps
    switch (this.#stage) {
      case 'version':
        if (this.#input.length < 12) return undefined
        // Older versions have another handshake; all present viewers support 3.8.
        if (this.#input.toString('latin1', 0, 12) !== 'RFB 003.008\n') return this.#fail()
        stream.write(Buffer.of(1, 1))
        this.#stage = 'security'
        return 12
      case 'security':
        if (this.#input[0] !== 1) return this.#fail()
        stream.write(Buffer.alloc(4))
        this.#stage = 'init'
        return 1
      default: // ClientInit's one byte is the shared flag: other viewers always stay connected
        stream.write(serverInit(name, this.#size))
        this.#stage = 'open'
        return 1
    }
  }

  #readMessage(): number | undefined {
    const reading = readClientMessage(this.#input)
    if (reading === 'fault') return this.#fail()
    if (reading) this.#obey(reading.message)
    return reading?.used
  }

  #obey(message: ClientMessage) {
    switch (message.type) {
      case 'pixel-format':
        this.#paints = paintsIn(message.format)
        this.#shown = undefined
        return
      case 'encodings':
        return this.#chooseEncodings(message.encodings)
      case 'update-request': // whatever the requested area, it gets the whole screen
        if (!message.incremental) this.#wanted = 'everything'
        else if (this.#wanted === 'nothing') this.#wanted = 'changes'
        return
      case 'key':
        this.#deps.onKey(message.down, message.keysym, message.scancode)
        return
      case 'desktop-size': {
        const { width, height } = message
        const status = this.#deps.onResize({ width, height }) ? 0 : prohibited
        this.#owesSize = { by: by.viewer, status }
        return
      }
      case 'cut-text':
        return this.#deps.onCut(message.text)
      case 'extended-cut':
        return this.#cut(message.cut)
      case 'ignored':
    }
  }

  #chooseEncodings(encodings: number[]) {
    this.#readsZrle = encodings.includes(encoding.zrle)
    this.#readsLamps = encodings.includes(encoding.lamps)
    this.#owesExtendedKeys = encodings.includes(encoding.extendedKeys)
    const extended = encodings.includes(encoding.extendedSize)
    const plain = encodings.includes(encoding.size)
    this.#sizing = extended ? 'extended' : plain ? 'plain' : 'fixed'
    // The first size message announces that size changes are supported.
    if (extended) this.#owesSize = { by: by.server, status: 0 }
    const hadClipboard = this.#hasExtendedClipboard
    this.#hasExtendedClipboard = encodings.includes(extendedClipboard)
    if (this.#hasExtendedClipboard && !hadClipboard) this.#deps.stream.write(capabilities())
  }

  #cut(cut: ExtendedCut) {
    const { stream } = this.#deps
    const text = this.#deps.clipboard()
    if (cut.action === 'request') stream.write(provideText(text))
    else if (cut.action === 'peek') stream.write(notifyText(text !== ''))
    else if (cut.action === 'notify' && cut.hasText) stream.write(requestText())
    else if (cut.action === 'provide' && cut.text !== undefined) this.#deps.onCut(cut.text)
  }

  #notices(): Buffer[] {
    const notices: Buffer[] = []
    if (this.#owesExtendedKeys) notices.push(rectangleHead(nowhere, encoding.extendedKeys))
    this.#owesExtendedKeys = false
    const lamps = this.#deps.lamps()
    if (this.#readsLamps && lamps !== this.#shownLamps) {
      notices.push(
        Buffer.concat([rectangleHead(nowhere, encoding.lamps), Buffer.of(lamps)]),
      )
      this.#shownLamps = lamps
    }
    return notices
  }

  /** The black areas right of and below the cells. */
  #margins({ columns, rows }: Grid): Buffer[] {
    const { width, height } = this.#size
    const right = columns * cellWidth
    const below = rows * cellHeight
    const boxes: Box[] = [
      { x: right, y: 0, width: width - right, height },
      { x: 0, y: below, width: right, height: height - below },
    ]
    return boxes
      .filter((box) => box.width > 0 && box.height > 0)
      .map((box) => this.#rectangle(box, new Uint8Array(box.width * box.height)))
  }

  /** `indexes` are the palette numbers of its pixels. */
  #rectangle(box: Box, indexes: Uint8Array): Buffer {
    if (!this.#readsZrle) {
      return Buffer.concat([
        rectangleHead(box, encoding.raw),
        encodeRaw(indexes, this.#paints),
      ])
    }
    const body = encodeZrle(indexes, box.width, this.#paints, !this.#zrleBegun)
    this.#zrleBegun = true
    const length = Buffer.alloc(4)
    length.writeUInt32BE(body.length)
    return Buffer.concat([rectangleHead(box, encoding.zrle), length, body])
  }
}

const nowhere: Box = { x: 0, y: 0, width: 0, height: 0 }

function rectangleHead({ x, y, width, height }: Box, kind: number): Buffer {
  const head = Buffer.alloc(12)
  head.writeUInt16BE(x, 0)
  head.writeUInt16BE(y, 2)
  head.writeUInt16BE(width, 4)
  head.writeUInt16BE(height, 6)
  head.writeInt32BE(kind, 8)
  return head
}

/** The one screen there is, as ExtendedDesktopSize lists it. */
function oneScreen({ width, height }: Size): Buffer {
  const screens = Buffer.alloc(20)
  screens.writeUInt8(1)
  screens.writeUInt32BE(1, 4)
  screens.writeUInt16BE(width, 12)
  screens.writeUInt16BE(height, 14)
  return screens
}

function serverInit(name: string, { width, height }: Size): Buffer {
  const title = Buffer.from(name)
  const init = Buffer.alloc(24)
  init.writeUInt16BE(width, 0)
  init.writeUInt16BE(height, 2)
  init[4] = nativeFormat.bitsPerPixel
  init[5] = nativeFormat.depth
  init[7] = 1 // true color
  nativeFormat.max.forEach((level, i) => init.writeUInt16BE(level, 8 + i * 2))
  nativeFormat.shift.forEach((bits, i) => (init[14 + i] = bits))
  init.writeUInt32BE(title.length, 20)
  return Buffer.concat([init, title])
}
