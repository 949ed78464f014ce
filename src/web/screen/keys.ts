/**
 * Maps keys to their X keysyms (named as in X11's keysymdef.h) and to the code of a physical keyboard,
 * which QEMU prefers. noVNC has both tables but doesn't export them.
 */
export type Key = { keysym: number; code: string }

const modifiers = {
  Control: { keysym: 0xffe3, code: 'ControlLeft' },
  Alt: { keysym: 0xffe9, code: 'AltLeft' },
  Shift: { keysym: 0xffe1, code: 'ShiftLeft' },
  AltGr: { keysym: 0xfe03, code: 'AltRight' },
  Meta: { keysym: 0xffeb, code: 'MetaLeft' },
} satisfies Record<string, Key>

export type Modifier = keyof typeof modifiers

const named: Record<string, Key> = {
  Backspace: { keysym: 0xff08, code: 'Backspace' },
  Tab: { keysym: 0xff09, code: 'Tab' },
  Enter: { keysym: 0xff0d, code: 'Enter' },
  Escape: { keysym: 0xff1b, code: 'Escape' },
  Delete: { keysym: 0xffff, code: 'Delete' },
  Print: { keysym: 0xff61, code: 'PrintScreen' },
  PrintScreen: { keysym: 0xff61, code: 'PrintScreen' },
  Home: { keysym: 0xff50, code: 'Home' },
  ArrowLeft: { keysym: 0xff51, code: 'ArrowLeft' },
  ArrowUp: { keysym: 0xff52, code: 'ArrowUp' },
  ArrowRight: { keysym: 0xff53, code: 'ArrowRight' },
  ArrowDown: { keysym: 0xff54, code: 'ArrowDown' },
  PageUp: { keysym: 0xff55, code: 'PageUp' },
  PageDown: { keysym: 0xff56, code: 'PageDown' },
  End: { keysym: 0xff57, code: 'End' },
  ScrollLock: { keysym: 0xff14, code: 'ScrollLock' },
  Pause: { keysym: 0xff13, code: 'Pause' },
  Menu: { keysym: 0xff67, code: 'ContextMenu' },
  Space: { keysym: 0x20, code: 'Space' },
  Insert: { keysym: 0xff63, code: 'Insert' },
}

const rightHand = ['ControlRight', 'AltRight', 'ShiftRight', 'MetaRight']

export const namedKeys = Object.keys(named)

const modifierCodes = new Set([
  ...Object.values(modifiers).map(({ code }) => code),
  ...rightHand,
])
export const isModifierCode = (code: string): boolean => modifierCodes.has(code)

export const functionKeys = Array.from({ length: 12 }, (_, index) => `F${index + 1}`)

/** The labels of keys, which aren't translated. */
const printed: Record<string, string> = {
  Control: 'Ctrl',
  Meta: 'Win',
  Escape: 'Esc',
  Delete: 'Del',
}

export function nameOfKeys(keys: readonly string[]): string {
  const one = (key: string) => printed[key] ?? (key.length === 1 ? key.toUpperCase() : key)
  return keys.map(one).join('+')
}

/** The key of a name: a modifier, a named one, `F1` to `F12`, or one letter or digit. */
export function keyNamed(name: string): Key | undefined {
  if (name in modifiers) return modifiers[name as Modifier] // just looked up
  if (named[name]) return named[name]
  const at = functionKeys.indexOf(name)
  if (at >= 0) return { keysym: 0xffbe + at, code: name }
  if (/^[a-z]$/i.test(name))
    return { keysym: name.codePointAt(0) ?? 0, code: `Key${name.toUpperCase()}` }
  if (/^\d$/.test(name)) return { keysym: name.codePointAt(0) ?? 0, code: `Digit${name}` }
  return undefined
}
