// One viewer of a painted screen: the server's side of RFB 3.8 (RFC 6143) over any byte stream.
// No password (the ticket has been checked before), any true-colour format, Raw and ZRLE,
// QEMU's extended keys and keyboard lamps. An update goes out when the viewer asked for one
// and something differs from what it was last sent; a slow viewer gets fewer, never a backlog.

import type { Duplex } from 'node:stream'

import { readClientMessage, type ClientMessage } from './client-messages.ts'
import { CELL_HEIGHT, CELL_WIDTH } from './font.ts'
import {
  encodeRaw,
  encodeZrle,
  nativeFormat,
  paintCells,
  paintsIn,
  type Area,
} from './pixels.ts'
import { COLUMNS, ROWS } from './screen.ts'

export const WIDTH = COLUMNS * CELL_WIDTH
export const HEIGHT = ROWS * CELL_HEIGHT

const encoding = { raw: 0, zrle: 16, extendedKeys: -258, lamps: -261 } as const

export type ViewerDeps = {
  /** Shown as the desktop's name. */
  name: string
  stream: Duplex
  /** The cells to show at this moment, the cursor drawn in. */
  picture(): Uint32Array
  lamps(): number
  onKey(down: boolean, keysym: number, scancode?: number): void
  onClose(): void
}

export class Viewer {
  private readonly deps: ViewerDeps
  private input: Buffer = Buffer.alloc(0)
  private stage: 'version' | 'security' | 'init' | 'open' | 'closed' = 'version'
  private paints = paintsIn(nativeFormat)
  private wanted: 'nothing' | 'changes' | 'everything' = 'nothing'
  private shown: Uint32Array | undefined
  private shownLamps: number | undefined
  private owesExtendedKeys = false
  private readsLamps = false
  private readsZrle = false
  private zrleBegun = false

  /** Serves one viewer; the greeting goes out at once. */
  constructor(deps: ViewerDeps) {
    this.deps = deps
    const { stream } = deps
    stream.on('data', (chunk: Buffer) => this.receive(chunk))
    stream.on('drain', () => this.refresh())
    stream.on('end', () => stream.end())
    stream.on('error', () => this.finish())
    stream.on('close', () => this.finish())
    stream.write('RFB 003.008\n')
  }

  /** Says that the picture or the lamps may have changed. */
  refresh(): void {
    const { stream } = this.deps
    if (this.stage !== 'open' || this.wanted === 'nothing') return
    if (stream.writableNeedDrain || !stream.writable) return

    const cells = this.deps.picture()
    const whole = this.wanted === 'everything' || !this.shown
    const areas = whole ? [wholeScreen] : changedAreas(this.shown ?? cells, cells)
    const rectangles = [
      ...this.notices(),
      ...areas.map((area) => this.rectangle(area, cells)),
    ]
    if (rectangles.length === 0) return

    const count = Buffer.of(0, 0, rectangles.length >> 8, rectangles.length & 0xff)
    stream.write(Buffer.concat([count, ...rectangles]))
    this.wanted = 'nothing'
    this.shown = Uint32Array.from(cells)
  }

  /** Sends what is still owed and ends the stream. May be called twice. */
  close(): void {
    this.refresh()
    this.deps.stream.end()
    this.finish()
  }

  private finish() {
    if (this.stage === 'closed') return
    this.stage = 'closed'
    this.deps.onClose()
  }

  private fail(): undefined {
    this.deps.stream.destroy()
    this.finish()
  }

  private receive(chunk: Buffer) {
    this.input = this.input.length > 0 ? Buffer.concat([this.input, chunk]) : chunk
    while (this.input.length > 0 && this.stage !== 'closed') {
      const used = this.stage === 'open' ? this.readMessage() : this.shakeHands()
      if (used === undefined) break
      this.input = this.input.subarray(used)
    }
    this.refresh()
  }

  /** Answers one step of the handshake; how many bytes it took. */
  private shakeHands(): number | undefined {
    const { stream, name } = this.deps
    switch (this.stage) {
      case 'version':
        if (this.input.length < 12) return undefined
        // Older versions shake hands differently; every viewer of this century speaks 3.8.
        if (this.input.toString('latin1', 0, 12) !== 'RFB 003.008\n') return this.fail()
        stream.write(Buffer.of(1, 1))
        this.stage = 'security'
        return 12
      case 'security':
        if (this.input[0] !== 1) return this.fail()
        stream.write(Buffer.alloc(4))
        this.stage = 'init'
        return 1
      default: // ClientInit's one byte asks whether others may stay: they always may
        stream.write(serverInit(name))
        this.stage = 'open'
        return 1
    }
  }

  private readMessage(): number | undefined {
    const reading = readClientMessage(this.input)
    if (reading === 'fault') return this.fail()
    if (reading) this.obey(reading.message)
    return reading?.used
  }

  private obey(message: ClientMessage) {
    switch (message.type) {
      case 'pixel-format':
        this.paints = paintsIn(message.format)
        this.shown = undefined
        return
      case 'encodings':
        this.readsZrle = message.encodings.includes(encoding.zrle)
        this.readsLamps = message.encodings.includes(encoding.lamps)
        this.owesExtendedKeys = message.encodings.includes(encoding.extendedKeys)
        return
      case 'update-request': // whatever the area asked for, it gets the whole screen
        if (!message.incremental) this.wanted = 'everything'
        else if (this.wanted === 'nothing') this.wanted = 'changes'
        return
      case 'key':
        this.deps.onKey(message.down, message.keysym, message.scancode)
        return
      case 'ignored':
    }
  }

  private notices(): Buffer[] {
    const notices: Buffer[] = []
    if (this.owesExtendedKeys) notices.push(rectangleHead(nowhere, encoding.extendedKeys))
    this.owesExtendedKeys = false
    const lamps = this.deps.lamps()
    if (this.readsLamps && lamps !== this.shownLamps) {
      notices.push(
        Buffer.concat([rectangleHead(nowhere, encoding.lamps), Buffer.of(lamps)]),
      )
      this.shownLamps = lamps
    }
    return notices
  }

  private rectangle(area: Area, cells: Uint32Array): Buffer {
    const indexes = paintCells(cells, area)
    if (!this.readsZrle) {
      return Buffer.concat([
        rectangleHead(area, encoding.raw),
        encodeRaw(indexes, this.paints),
      ])
    }
    const width = area.columns * CELL_WIDTH
    const body = encodeZrle(indexes, width, this.paints, !this.zrleBegun)
    this.zrleBegun = true
    const length = Buffer.alloc(4)
    length.writeUInt32BE(body.length)
    return Buffer.concat([rectangleHead(area, encoding.zrle), length, body])
  }
}

const wholeScreen: Area = { column: 0, row: 0, columns: COLUMNS, rows: ROWS }
const nowhere: Area = { column: 0, row: 0, columns: 0, rows: 0 }

function rectangleHead(area: Area, kind: number): Buffer {
  const head = Buffer.alloc(12)
  head.writeUInt16BE(area.column * CELL_WIDTH, 0)
  head.writeUInt16BE(area.row * CELL_HEIGHT, 2)
  head.writeUInt16BE(area.columns * CELL_WIDTH, 4)
  head.writeUInt16BE(area.rows * CELL_HEIGHT, 6)
  head.writeInt32BE(kind, 8)
  return head
}

/** Bands of rows that differ, each as wide as its widest change. */
function changedAreas(before: Uint32Array, after: Uint32Array): Area[] {
  const areas: Area[] = []
  let band: Area | undefined
  for (let row = 0; row < ROWS; row++) {
    const span = changedSpan(before, after, row)
    if (!span) {
      band = undefined
      continue
    }
    if (!band) {
      band = { column: span.from, row, columns: span.to - span.from, rows: 1 }
      areas.push(band)
      continue
    }
    const from = Math.min(band.column, span.from)
    band.columns = Math.max(band.column + band.columns, span.to) - from
    band.column = from
    band.rows += 1
  }
  return areas
}

function changedSpan(before: Uint32Array, after: Uint32Array, row: number) {
  let from: number | undefined
  let to = 0
  for (let column = 0; column < COLUMNS; column++) {
    const at = row * COLUMNS + column
    if (before[at] === after[at]) continue
    from ??= column
    to = column + 1
  }
  return from === undefined ? undefined : { from, to }
}

function serverInit(name: string): Buffer {
  const title = Buffer.from(name)
  const init = Buffer.alloc(24)
  init.writeUInt16BE(WIDTH, 0)
  init.writeUInt16BE(HEIGHT, 2)
  init[4] = nativeFormat.bitsPerPixel
  init[5] = nativeFormat.depth
  init[7] = 1 // true colour
  nativeFormat.max.forEach((level, i) => init.writeUInt16BE(level, 8 + i * 2))
  nativeFormat.shift.forEach((bits, i) => (init[14 + i] = bits))
  init.writeUInt32BE(title.length, 20)
  return Buffer.concat([init, title])
}
