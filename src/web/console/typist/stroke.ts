/**
 * What a keyboard can do, as far as typing text is concerned. A tap is one key with the
 * modifiers that have to be down; QEMU reads its `code` (the place of the key), other servers
 * its keysym. Without real modifiers QEMU types the wrong case, or presses CapsLock itself
 * (findings/qemu-presses-capslock.sh). A unit is one character of the text with all the taps it needs.
 */
export type Held = 'Shift' | 'AltGr' | 'Alt'

export type Tap = { keysym: number; code: string; held: readonly Held[] }

export type Unit = {
  character: string
  taps: readonly Tap[]
  /** The modifiers must be released afterwards: the release types the character. */
  letGo?: boolean
}

export type KeyEvent = { keysym: number; code: string; down: boolean }

export const heldKeys: Record<Held, { keysym: number; code: string }> = {
  Shift: { keysym: 0xffe1, code: 'ShiftLeft' },
  AltGr: { keysym: 0xfe03, code: 'AltRight' },
  Alt: { keysym: 0xffe9, code: 'AltLeft' },
}

export const enterKey = { keysym: 0xff0d, code: 'Enter' }
export const tabKey = { keysym: 0xff09, code: 'Tab' }
export const spaceKey = { keysym: 0x20, code: 'Space' }
export const numLockKey = { keysym: 0xff7f, code: 'NumLock' }
export const capsLockKey = { keysym: 0xffe5, code: 'CapsLock' }

/** Latin-1 is its own keysym; all else lies above a base of its own (X11's keysymdef.h). */
export function keysymOf(character: string): number {
  const point = character.codePointAt(0) ?? 0
  return point < 0x100 ? point : 0x1000000 | point
}

/** Alt and the character's number on the keypad: the text consoles of Linux, any layout. */
export function unitByNumber(character: string): Unit {
  const digits = String(character.codePointAt(0) ?? 0)
  const taps = digits.split('').map((digit): Tap => ({
    keysym: 0xffb0 + Number(digit),
    code: `Numpad${digit}`,
    held: ['Alt'],
  }))
  return { character, taps, letGo: true }
}
