/**
 * Simulates a machine: a text screen that boots, accepts a login and runs commands, served as RFB.
 * It needs nothing installed and is ready at once. Without viewers it runs no timer.
 */
import { duplexPair, type Duplex } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'

import type { BootState } from '#contract/sandbox/scenario.ts'

import type { Boot, DiskFault, Machine, MachineSpec, PowerAction } from '../machine.ts'
import { createAgenda } from './agenda.ts'
import { cellHeight, cellWidth } from './font.ts'
import { bootLinux, showShutdown } from './programs/linux.ts'
import { bootRescue } from './programs/rescue.ts'
import { deaf, type Program, type Terminal } from './programs/terminal.ts'
import { bootWindows, showWindowsShutdown } from './programs/windows.ts'
import type { Size } from './rfb/areas.ts'
import { createKeyboard } from './rfb/keys.ts'
import { Viewer } from './rfb/viewer.ts'
import {
  cellOf,
  minColumns,
  createScreen,
  inkIn,
  paperIn,
  minRows,
  type Cells,
} from './screen.ts'

const blinkMs = 530
/** How long the shutdown messages are shown before the connections are closed. */
const farewellMs = 700
const maxRecord = 2000
/** Characters that one paste types. */
const maxPaste = 4000
/** The screen is at least as large as its programs need, and at most this large. */
const smallest: Size = { width: minColumns * cellWidth, height: minRows * cellHeight }
const maxPixels = 4096

type PaintedDeps = {
  /** The zone's clock, milliseconds. */
  now(): number
  /** How many times faster than in reality it boots. */
  speed: number
  /** Called when someone has rebooted it at its screen, or wants it off (to be done). */
  onPower?(action: PowerAction): void
  /** Called when someone has damaged its disk at its screen, or repaired it. */
  onFault?(fault: DiskFault | undefined): void
  /** A line to show at boot, for example why this isn't a QEMU machine. */
  note?: string
}

export class PaintedMachine implements Machine {
  readonly kind = 'painted'
  readonly #deps: PaintedDeps
  readonly #screen = createScreen()
  readonly #agenda
  readonly #keyboard = createKeyboard()
  readonly #viewers = new Set<Viewer>()
  readonly #record: string[] = []
  #program: Program = deaf
  #on: { spec: MachineSpec; boot: Boot } | undefined
  #bootedWith: DiskFault | undefined
  #blink: NodeJS.Timeout | undefined
  #cursorLit = true
  #saidFarewell = false
  #size = smallest
  #clipboard = ''
  #refreshing: NodeJS.Immediate | undefined

  constructor(deps: PaintedDeps) {
    this.#deps = deps
    this.#agenda = createAgenda(deps.speed)
    this.#screen.onChange(() => {
      this.#cursorLit = true
      this.#refreshSoon()
    })
  }

  async start(spec: MachineSpec, boot: Boot): Promise<void> {
    this.#boot(spec, boot)
  }

  async reboot(spec: MachineSpec): Promise<void> {
    this.#boot(spec, this.#on?.boot ?? {})
  }

  async stop(): Promise<void> {
    const on = this.#on
    if (!on) return
    this.#on = undefined
    this.#agenda.catchUp()
    this.#agenda.clear()
    this.#program = deaf
    this.#showFarewell(on.spec)
    if (this.#viewers.size > 0) await wait(farewellMs / this.#deps.speed)
    for (const viewer of this.#viewers) viewer.close()
  }

  openScreen(): Duplex {
    const on = this.#on
    if (!on) throw new Error('the machine is off')
    const [ours, theirs] = duplexPair()
    const viewer: Viewer = new Viewer({
      name: on.spec.name,
      stream: ours,
      picture: () => this.#picture(),
      size: () => this.#size,
      onResize: (size) => this.#resize(size),
      clipboard: () => this.#clipboard,
      onCut: (text) => this.#cut(text, viewer),
      lamps: () => this.#keyboard.lamps,
      onKey: (...event) => this.#press(...event),
      onClose: () => this.#leave(viewer),
    })
    // The pair forwards `end`, but not `destroy`.
    theirs.once('close', () => ours.destroy())
    ours.once('close', () => theirs.destroy())
    this.#viewers.add(viewer)
    if (this.#viewers.size === 1) this.#watch()
    return theirs
  }

  async setPassword(spec: MachineSpec, password: string): Promise<void> {
    if (this.#on) this.#on.spec = { ...spec, password }
  }

  // There is no disk: nothing that is typed here is kept after a reboot.
  async snapshot(): Promise<void> {}
  async deleteSnapshot(): Promise<void> {}

  async bootState(): Promise<BootState> {
    if (!this.#on || this.#on.boot.rescue) return 'unknown'
    if (this.#bootedWith === 'no-kernel') return 'no-boot'
    return this.#on.spec.fault === 'no-kernel' ? 'damaged' : 'booted'
  }

  transcript(): string[] {
    return [...this.#record]
  }

  async close(): Promise<void> {
    this.#on = undefined
    this.#agenda.clear()
    for (const viewer of this.#viewers) viewer.close()
  }

  #boot(spec: MachineSpec, boot: Boot) {
    this.#on = { spec, boot }
    this.#bootedWith = spec.fault
    this.#saidFarewell = false
    this.#agenda.clear()
    this.#keyboard.release()
    const terminal = this.#terminal(spec, boot)
    if (boot.rescue) bootRescue(terminal, boot.rescue)
    else if (spec.templateFamily === 'windows') bootWindows(terminal)
    else bootLinux(terminal)
  }

  #terminal(spec: MachineSpec, boot: Boot): Terminal {
    const { note } = this.#deps
    return {
      spec,
      screen: this.#screen,
      now: () => this.#deps.now(),
      bootedAt: this.#deps.now(),
      speed: this.#deps.speed,
      after: (ms, act) => this.#agenda.after(ms, act),
      run: (program) => (this.#program = program),
      runs: (program) => this.#program === program,
      record: (line) => {
        this.#record.push(line)
        if (this.#record.length > maxRecord) this.#record.shift()
      },
      restart: (how = { fromDisk: true }) => {
        this.#boot(this.#on?.spec ?? spec, how.fromDisk ? {} : boot)
        this.#deps.onPower?.('reboot')
      },
      powerOff: () => this.#askPowerOff(spec),
      clipboard: () => this.#clipboard,
      cut: (text) => this.#cut(text),
      fault: () => this.#on?.spec.fault,
      setFault: (fault) => {
        if (this.#on) this.#on.spec = { ...this.#on.spec, fault }
        this.#deps.onFault?.(fault)
      },
      ...(note === undefined ? {} : { note }),
    }
  }

  #askPowerOff(spec: MachineSpec): boolean {
    const { onPower } = this.#deps
    if (!onPower) return false
    this.#program = deaf
    this.#showFarewell(spec)
    onPower('poweroff')
    return true
  }

  #showFarewell(spec: MachineSpec) {
    if (this.#saidFarewell) return
    this.#saidFarewell = true
    const terminal = this.#terminal(spec, {})
    if (spec.templateFamily === 'windows') showWindowsShutdown(terminal)
    else showShutdown(terminal)
  }

  #press(down: boolean, keysym: number, scancode?: number) {
    const on = this.#on
    if (!on) return
    const lamps = this.#keyboard.lamps
    const key = this.#keyboard.press(down, keysym, scancode)
    if (this.#keyboard.lamps !== lamps) this.#refreshSoon()
    if (!key) return
    if (key.name === 'paste') return this.#paste()
    const takesOver = key.name === 'restart' && on.spec.templateFamily !== 'windows'
    if (!takesOver) return this.#program.key(key)
    this.#boot(on.spec, on.boot)
    this.#deps.onPower?.('reboot')
  }

  #watch() {
    this.#agenda.watch(true)
    this.#blink = setInterval(() => {
      this.#cursorLit = !this.#cursorLit
      if (this.#screen.cursor.shown) this.#refreshSoon()
    }, blinkMs)
    this.#blink.unref()
  }

  #leave(viewer: Viewer) {
    this.#viewers.delete(viewer)
    if (this.#viewers.size > 0) return
    this.#agenda.watch(false)
    this.#keyboard.release()
    clearInterval(this.#blink)
  }

  /** Reads the screen once per turn of the event loop, however much was printed. */
  #refreshSoon() {
    if (this.#viewers.size === 0) return
    if (this.#refreshing) return
    this.#refreshing = setImmediate(() => {
      this.#refreshing = undefined
      for (const viewer of this.#viewers) viewer.refresh()
    })
  }

  #resize(size: Size): boolean {
    if (size.width < smallest.width || size.height < smallest.height) return false
    if (size.width > maxPixels || size.height > maxPixels) return false
    // Exactly the requested size: noVNC would request it again and again otherwise.
    this.#size = size
    const columns = Math.floor(size.width / cellWidth)
    this.#screen.resize(columns, Math.floor(size.height / cellHeight))
    this.#refreshSoon()
    return true
  }

  /** Sends a text to all viewers except the one it came from. */
  #cut(text: string, from?: Viewer) {
    if (text === this.#clipboard) return
    this.#clipboard = text
    for (const viewer of this.#viewers) if (viewer !== from) viewer.offerClipboard()
  }

  /** Types the text of the clipboard. */
  #paste() {
    for (const character of this.#clipboard.slice(0, maxPaste)) {
      if (character === '\n') this.#program.key({ name: 'enter', text: '' })
      else if (character >= ' ') this.#program.key({ name: 'text', text: character })
    }
  }

  #picture(): Cells {
    const { cells, columns, rows, cursor } = this.#screen
    if (!cursor.shown || !this.#cursorLit) return { columns, rows, cells }
    const picture = Uint32Array.from(cells)
    const at = cursor.row * columns + cursor.column
    const cell = picture[at] ?? 0
    picture[at] = cellOf(cell & 0x1fffff, paperIn(cell), inkIn(cell))
    return { columns, rows, cells: picture }
  }
}
