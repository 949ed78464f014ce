import { expect, test } from 'vitest'

import { createKeyboard, type Keyboard } from './keys.ts'

const shift = 0x2a
const alt = 0x38
const caps = 0x3a

const typed = (keyboard: Keyboard, ...scancodes: number[]) =>
  scancodes.map((scancode) => keyboard.press(true, 0, scancode)?.text ?? '').join('')

test('a keysym is its character, whatever its scancode', () => {
  const keyboard = createKeyboard()

  expect(keyboard.press(true, 0x7a, 0x15)).toEqual({ name: 'text', text: 'z' })
  expect(keyboard.press(true, 0xe9)).toEqual({ name: 'text', text: 'é' })
  expect(keyboard.press(true, 0x010020ac)).toEqual({ name: 'text', text: '€' })
})

test('a shifted keysym is not shifted again', () => {
  const keyboard = createKeyboard()
  keyboard.press(true, 0xffe1, shift)

  expect(keyboard.press(true, 0x31, 0x02)?.text).toBe('1')
})

test('scancodes without a keysym follow a US keyboard with Shift and CapsLock', () => {
  const keyboard = createKeyboard()

  expect(typed(keyboard, 0x10, 0x02)).toBe('q1')
  keyboard.press(true, 0, shift)
  expect(typed(keyboard, 0x10, 0x02, 0x35)).toBe('Q!?')
  keyboard.press(false, 0, shift)
  keyboard.press(true, 0, caps)
  expect(typed(keyboard, 0x10, 0x02)).toBe('Q1')
  expect(keyboard.lamps & 4).toBe(4)
})

test('Alt and a number on the pad type the character of that number', () => {
  const keyboard = createKeyboard()
  keyboard.press(true, 0xffe9, alt)
  keyboard.press(true, 0xffb6, 0x4d)
  keyboard.press(true, 0xffb5, 0x4c)

  expect(keyboard.press(false, 0xffe9, alt)).toEqual({ name: 'text', text: 'A' })
})

test('Ctrl with a letter is a control character, until Ctrl is released', () => {
  const keyboard = createKeyboard()
  keyboard.press(true, 0xffe3)

  expect(keyboard.press(true, 0x63)).toEqual({ name: 'control', text: 'c' })
  keyboard.press(false, 0xffe3)
  expect(keyboard.press(true, 0x63)?.name).toBe('text')
})

test('releasing a modifier that was never pressed does nothing', () => {
  const keyboard = createKeyboard()
  keyboard.press(false, 0xffe1, shift)

  expect(typed(keyboard, 0x10)).toBe('q')
})
