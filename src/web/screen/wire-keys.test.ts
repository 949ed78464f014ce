import { expect, test } from 'vitest'

import { isLeaveChord } from './key-watch.ts'
import { WireKeys, type WireKey } from './wire-keys.ts'

/** noVNC's end of it: its own keys come through its public method, as a person's do. */
function connect() {
  const sent: [WireKey['keysym'], WireKey['code'], boolean | undefined][] = []
  const rfb = {
    viewOnly: false,
    sendKey(keysym: number | null, code: string | null, down?: boolean) {
      if (!this.viewOnly) sent.push([keysym, code, down])
    },
  }
  return { rfb, sent, wire: new WireKeys(rfb) }
}

/** What noVNC 1.7.0 sends for some keys: no table of ours has to know it. */
const keys: [string, number | null, string | null][] = [
  ['AltGr on Windows', 0xfe03, 'AltRight'],
  ['Alt on a Mac', 0xff7e, 'AltLeft'],
  ['Command on a Mac', 0xffe9, 'MetaLeft'],
  ['Menu', 0xff67, 'ContextMenu'],
  ['7 of the keypad', 0xffb7, 'Numpad7'],
  ['Enter of the keypad', 0xff8d, 'NumpadEnter'],
  ['ą', 0x1b1, 'KeyA'],
  ['ф', 0x6c6, 'KeyA'],
  ['a dead key', null, 'BracketLeft'],
  ['a key without a position', 0x61, null],
  ['F24', 0xffd5, 'F24'],
]

test.each(keys)('%s is known by what was sent for it', (_name, keysym, code) => {
  const { rfb, sent, wire } = connect()
  rfb.sendKey(keysym, code, true)
  expect(wire.pressed).toEqual([{ keysym, code }])
  for (const key of wire.pressed) wire.send(key, false)
  expect(sent).toEqual([
    [keysym, code, true],
    [keysym, code, false],
  ])
  expect(wire.down).toEqual([])
})

test('a key whose meaning changed while it was down is up by its own release only', () => {
  const { rfb, wire } = connect()
  rfb.sendKey(0x41, 'KeyA', true)
  rfb.sendKey(0x61, 'KeyA', false)
  expect(wire.down).toEqual([{ keysym: 0x41, code: 'KeyA' }])
})

test('a person’s keys are told from Vedette’s, and a press without a direction is over', () => {
  const { rfb, sent, wire } = connect()
  wire.send({ keysym: 0xffe3, code: 'ControlLeft' }, true)
  rfb.sendKey(0x63, 'KeyC')
  expect(sent.map(([, , down]) => down)).toEqual([true, true, false])
  expect(wire.pressed).toEqual([])
  expect(wire.down).toEqual([{ keysym: 0xffe3, code: 'ControlLeft' }])
})

test('a key is pressed again only where it is down', () => {
  const { rfb, sent, wire } = connect()
  rfb.sendKey(0xffe1, 'ShiftLeft', true)
  for (const key of wire.downFor(0)) wire.repeat(key)
  expect(wire.downFor(60_000)).toEqual([])
  expect(sent.map(([, , down]) => down)).toEqual([true, true])
  wire.repeat({ keysym: 0x61, code: 'KeyA' })
  expect(sent).toHaveLength(2)
  expect(wire.pressed).toEqual([{ keysym: 0xffe1, code: 'ShiftLeft' }])
})

test('what noVNC drops while nothing may be sent is not down', () => {
  const { rfb, wire } = connect()
  rfb.viewOnly = true
  rfb.sendKey(0x61, 'KeyA', true)
  expect(wire.down).toEqual([])
})

const event = (key: string, code: string, flags = '') => ({
  key,
  code,
  ctrlKey: flags.includes('c'),
  altKey: flags.includes('a'),
  shiftKey: flags.includes('s'),
})

test.each([
  ['Shift last', event('Shift', 'ShiftLeft', 'cas'), []],
  ['Alt last', event('Alt', 'AltLeft', 'cas'), []],
  ['Ctrl last, right', event('Control', 'ControlRight', 'cas'), []],
  ['Alt after Shift on X11', event('Meta', 'AltLeft', 'cs'), ['ControlLeft', 'ShiftLeft']],
  ['without flags', event('Shift', 'ShiftRight', 's'), ['ControlLeft', 'AltLeft']],
])('the chord that leaves is known with %s', (_when, pressed, before) => {
  expect(isLeaveChord(pressed, before)).toBe(true)
})

test.each([
  ['two of them', event('Shift', 'ShiftLeft', 'cs'), ['ControlLeft']],
  ['another key with all three', event('a', 'KeyA', 'cas'), []],
  ['Command in place of Ctrl', event('Shift', 'ShiftLeft', 'as'), ['MetaLeft', 'AltLeft']],
])('%s is not the chord that leaves', (_when, pressed, before) => {
  expect(isLeaveChord(pressed, before)).toBe(false)
})
