/**
 * Translates RFB key events for a simulated machine. A keysym that is a character counts as that
 * character in any layout; a scancode without one is read as a US keyboard. It also keeps the lights,
 * which some viewers use as an echo (docs/vnc.md#keyboard-lights), and reads Alt with a decimal code on the number pad,
 * which types any character (docs/vnc.md#alt-codes).
 */
/** What a key means. `restart` is Ctrl-Alt-Del, `paste` Shift+Insert; `control` carries its letter. */
export type Key = {
  name: 'text' | 'control' | 'restart' | 'paste' | NamedKey
  text: string
}

type NamedKey =
  | 'enter'
  | 'backspace'
  | 'tab'
  | 'escape'
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'delete'
  | 'insert'

export type Keyboard = {
  /** `keysym` may be 0 or `scancode` undefined; scancodes are XT, with E0 as 0x80 added. */
  press(down: boolean, keysym: number, scancode?: number): Key | undefined
  /** Bits as in QEMU's LED state: 1 scroll, 2 num, 4 caps. */
  readonly lamps: number
  /** Releases all keys when the last viewer disconnects. */
  release(): void
}

const named = new Map<number, NamedKey>([
  [0xff08, 'backspace'],
  [0xff09, 'tab'],
  [0xff0d, 'enter'],
  [0xff8d, 'enter'],
  [0xff1b, 'escape'],
  [0xff51, 'left'],
  [0xff52, 'up'],
  [0xff53, 'right'],
  [0xff54, 'down'],
  [0xffff, 'delete'],
  [0xff9f, 'delete'],
  [0xff63, 'insert'],
])

const modifiers = new Map<number, 'shift' | 'ctrl' | 'alt'>([
  [0xffe1, 'shift'],
  [0xffe2, 'shift'],
  [0xffe3, 'ctrl'],
  [0xffe4, 'ctrl'],
  [0xffe9, 'alt'],
  [0xffe7, 'alt'],
])

const lampKeys = new Map([
  [0xff14, 1],
  [0xff7f, 2],
  [0xffe5, 4],
])

/** XT scancode → the keysym a US keyboard gives without Shift. */
const usKeysyms = new Map<number, number>([
  [0x01, 0xff1b],
  [0x0e, 0xff08],
  [0x0f, 0xff09],
  [0x1c, 0xff0d],
  [0x9c, 0xff8d],
  [0x1d, 0xffe3],
  [0x9d, 0xffe4],
  [0x2a, 0xffe1],
  [0x36, 0xffe2],
  [0x38, 0xffe9],
  [0x3a, 0xffe5],
  [0x45, 0xff7f],
  [0x46, 0xff14],
  [0xc8, 0xff52],
  [0xd0, 0xff54],
  [0xcb, 0xff51],
  [0xcd, 0xff53],
  [0xd3, 0xffff],
  [0xd2, 0xff63],
  [0x53, 0xff9f],
  ...row(0x02, '1234567890-='),
  ...row(0x10, 'qwertyuiop[]'),
  ...row(0x1e, "asdfghjkl;'`"),
  ...row(0x2b, '\\zxcvbnm,./'),
  [0x39, 0x20],
])

const padDigits = new Map<number, number>(
  [0x52, 0x4f, 0x50, 0x51, 0x4b, 0x4c, 0x4d, 0x47, 0x48, 0x49].map((code, i) => [code, i]),
)

const plain = "`1234567890-=[]\\;',./"
const shifted = '~!@#$%^&*()_+{}|:"<>?'

function row(from: number, characters: string): [number, number][] {
  return [...characters].map((c, i) => [from + i, c.charCodeAt(0)])
}

/** A US keyboard with nothing held and NumLock on. */
export function createKeyboard(): Keyboard {
  const held = { shift: 0, ctrl: 0, alt: 0 }
  const down = new Set<number>()
  let lamps = 2
  let padCode: string | undefined

  const holds = (modifier: keyof typeof held) => held[modifier] > 0

  const modifier = (name: keyof typeof held, keysym: number, isDown: boolean) => {
    if (isDown === down.has(keysym)) return undefined
    if (isDown) down.add(keysym)
    else down.delete(keysym)
    held[name] += isDown ? 1 : -1
    if (name !== 'alt') return undefined
    const code = Number(padCode)
    padCode = undefined
    return !isDown && code > 0 && code <= 0x10ffff
      ? textKey(String.fromCodePoint(code))
      : undefined
  }

  const padDigit = (keysym: number, scancode: number | undefined) => {
    if (keysym >= 0xffb0 && keysym <= 0xffb9) return keysym - 0xffb0
    return scancode === undefined ? undefined : padDigits.get(scancode)
  }

  const character = (text: string): Key => {
    if (!holds('ctrl')) return textKey(text)
    return { name: 'control', text: text.toLowerCase() }
  }

  return {
    get lamps() {
      return lamps
    },
    press(isDown, keysym, scancode) {
      const base = scancode === undefined ? undefined : usKeysyms.get(scancode)
      const meant = keysym || (base ?? 0)
      const kind = modifiers.get(meant)
      if (kind) return modifier(kind, scancode ?? meant, isDown)
      if (!isDown) return undefined

      const lamp = lampKeys.get(meant)
      if (lamp) lamps ^= lamp
      const digit = padDigit(keysym, scancode)
      if (digit !== undefined && holds('alt')) padCode = `${padCode ?? ''}${digit}`
      else if (digit !== undefined) return textKey(String(digit))

      const name = named.get(meant)
      if (name === 'delete' && holds('ctrl') && holds('alt'))
        return { name: 'restart', text: '' }
      if (name === 'insert' && holds('shift')) return { name: 'paste', text: '' }
      if (name) return { name, text: '' }
      const text = characterOf(meant)
      if (text === undefined || (digit !== undefined && holds('alt'))) return undefined
      // The viewer has already applied Shift to a keysym, but not to a scancode.
      if (keysym !== 0) return character(text)
      const caps = (lamps & 4) > 0 && /[a-z]/.test(text)
      return character(holds('shift') === caps ? text : shift(text))
    },
    release() {
      down.clear()
      held.shift = 0
      held.ctrl = 0
      held.alt = 0
      padCode = undefined
    },
  }
}

const textKey = (text: string): Key => ({ name: 'text', text })

function shift(text: string): string {
  const at = plain.indexOf(text)
  return at < 0 ? text.toUpperCase() : (shifted[at] ?? text)
}

/** Latin-1 keysyms are their code points; others have one plus 0x01000000. */
function characterOf(keysym: number): string | undefined {
  const latin = (keysym >= 0x20 && keysym <= 0x7e) || (keysym >= 0xa0 && keysym <= 0xff)
  if (latin) return String.fromCodePoint(keysym)
  if (keysym > 0x01000000 && keysym <= 0x0110ffff) {
    const code = keysym - 0x01000000
    return code >= 0xd800 && code <= 0xdfff ? undefined : String.fromCodePoint(code)
  }
  return keypadSigns.get(keysym)
}

const keypadSigns = new Map([
  [0xffaa, '*'],
  [0xffab, '+'],
  [0xffad, '-'],
  [0xffae, '.'],
  [0xffaf, '/'],
])
