/**
 * Tests that what the typist types into a real guest arrives, byte by byte. The test is here because
 * it needs two parts: the web's typist and the sandbox's machines.
 */
import { setTimeout as wait } from 'node:timers/promises'

import { afterAll, beforeAll, expect, test, vi } from 'vitest'

import { keymaps, type Keymap } from '#sandbox/console/guest/keymaps.ts'
import { guestPieces } from '#sandbox/console/guest/pieces.ts'
import { qemuAvailable } from '#sandbox/console/qemu/qemu-machine.ts'
import { startTestGuest, type TestGuest } from '#sandbox/testing/test-guest.ts'
import {
  extendedKeys,
  lampsEncoding,
  rawEncoding,
  TestViewer,
} from '#sandbox/testing/test-viewer.ts'
import type { Keyboard } from '#web/console/typist/hands.ts'
import { loadLayout, type LayoutName } from '#web/console/typist/layouts-known.ts'
import { planText, type Method } from '#web/console/typist/plan.ts'
import { Typist } from '#web/console/typist/typist.ts'

const withQemu = test.skipIf(!qemuAvailable())
const WHILE = 150_000

const printable = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at)).join(
  '',
)

const letterRows = ['QWERTYUIOP', 'ASDFGHJKL', 'ZXCVBNM']
const letterStarts = [0x10, 0x1e, 0x2c]

/** Scancodes of a PC's keyboard (set 1), by the names that browsers use. */
const scancodes: Record<string, number> = {
  Backquote: 0x29,
  Minus: 0x0c,
  Equal: 0x0d,
  BracketLeft: 0x1a,
  BracketRight: 0x1b,
  Semicolon: 0x27,
  Quote: 0x28,
  Backslash: 0x2b,
  IntlBackslash: 0x56,
  Comma: 0x33,
  Period: 0x34,
  Slash: 0x35,
  Space: 0x39,
  Enter: 0x1c,
  Tab: 0x0f,
  ShiftLeft: 0x2a,
  AltLeft: 0x38,
  // Extended keys have their 0xe0 as the highest bit.
  AltRight: 0xb8,
  NumLock: 0x45,
  CapsLock: 0x3a,
  ...Object.fromEntries([...'1234567890'].map((digit, at) => [`Digit${digit}`, 0x02 + at])),
  ...Object.fromEntries(
    [0x52, 0x4f, 0x50, 0x51, 0x4b, 0x4c, 0x4d, 0x47, 0x48, 0x49].map((code, digit) => [
      `Numpad${digit}`,
      code,
    ]),
  ),
  ...Object.fromEntries(
    letterRows.flatMap((row, at) =>
      [...row].map((letter, place) => [`Key${letter}`, (letterStarts[at] ?? 0) + place]),
    ),
  ),
}

function keyboardOf(viewer: TestViewer): Keyboard {
  return {
    sendKey({ keysym, code }, down) {
      const scancode = scancodes[code]
      if (scancode === undefined) throw new Error(`no scancode for ${code}`)
      viewer.keyByCode(scancode, keysym, down)
      return true
    },
    get lights() {
      const { lamps } = viewer
      if (lamps === undefined) return undefined
      return { numLock: (lamps & 2) !== 0, capsLock: (lamps & 4) !== 0 }
    },
    onLights(listener) {
      const timer = setInterval(listener, 2)
      return () => clearInterval(timer)
    },
  }
}

let guest: TestGuest
let viewer: TestViewer
let keyboard: Keyboard

beforeAll(async () => {
  if (!qemuAvailable()) return
  await guestPieces()
  guest = await startTestGuest({ typed: true, keyDelayMs: 10 })
  viewer = await TestViewer.open(guest.url, [rawEncoding, extendedKeys, lampsEncoding])
  await viewer.until((now) => now.extendedKeys && now.lamps !== undefined)
  keyboard = keyboardOf(viewer)
}, 200_000)

afterAll(async () => {
  viewer?.close()
  await guest?.close()
})

/** The guest with another keyboard; `text` is what has arrived since. */
async function withKeymap(keymap: Keymap) {
  await guest.inside(`loadkeys -q ${keymaps[keymap]} </dev/tty1 >/dev/tty1 2>&1`)
  const before = guest.typed().length
  const typist = new Typist(keyboard)
  const type = (text: string, method: Method) => typist.run(planText(text, method).units)
  const text = () => guest.typed().subarray(before).toString()
  const arrived = (wanted: string) =>
    vi.waitFor(() => expect(text()).toBe(wanted), { timeout: 10_000 })
  return { type, arrived }
}

const byLayout = async (name: LayoutName): Promise<Method> => ({
  kind: 'layout',
  layout: await loadLayout(name, 'linux'),
})

const accents: [LayoutName, string][] = [
  ['us', 'é€'],
  ['uk', '£¬€'],
  ['de', 'äöüÄÖÜß§°²³µéèêáÉÈÊ€'],
  ['de-CH', 'äöüÄÖÜéàè£ç§°êëñãõÉÈÊáÿ€'],
  ['fr', 'éèçàù²°£µ§êîôûâëïüöÿÊÎÔÛÂËÏ€'],
  ['fr-CH', 'äöüÄÖÜéàè£ç§°êëñãõÉÈÊáÿ€'],
  ['es', 'ñÑçÇáéíóúÁÉÍÓÚàèâêüÜïºª¡¿·€'],
  ['it', 'àèìòùéç°§£€'],
  ['pt', 'áéíóúÁÉÍâêôãõÃÕñçÇàÀ«»ºª£§üï€'],
]

withQemu.each(accents)(
  'all printable characters and the accents of %s arrive as they are',
  async (name, more) => {
    const { type, arrived } = await withKeymap(name)
    const text = printable + more

    expect(await type(text, await byLayout(name))).toMatchObject({
      phase: 'done',
      acknowledged: true,
      confirmed: [...text].length,
    })
    await arrived(text)
  },
  WHILE,
)

withQemu(
  'by numbers everything arrives under any keyboard, also what is on no key',
  async () => {
    const { type, arrived } = await withKeymap('fr')
    const text = `${printable}éñ€漢ж`

    const { tookMs, total } = await type(text, { kind: 'codes', fast: false })
    await arrived(text)
    // A loose limit: measuring the speed would need an idle machine.
    expect(total / (tookMs / 1_000)).toBeGreaterThan(5)
  },
  WHILE,
)

withQemu(
  'a machine that is paused again and again gets all of a short text, once',
  async () => {
    const { type, arrived } = await withKeymap('us')
    const text = printable.repeat(2)

    const typing = type(text, await byLayout('us'))
    for (const seconds of [0.05, 0.3, 0.8, 4.5, 0.3, 0.6]) {
      await wait(250)
      await guest.hold()
      await wait(seconds * 1_000)
      await guest.cont()
    }
    expect(await typing).toMatchObject({ phase: 'done', confirmed: text.length })
    await arrived(text)
  },
  WHILE,
)
