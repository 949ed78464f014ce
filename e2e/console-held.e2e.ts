/**
 * No key stays down in the instance when the screen loses the keys, whatever the key is called by the
 * system: each release repeats what the press sent (docs/decisions/0019).
 */
import type { CDPSession, Page } from '@playwright/test'

import { keysDown, keysSaid } from './console-front.ts'
import { eachWay, expect, look, test } from './front-app.ts'

type Key = { key: string; code: string; location?: number; modifiers?: number }

const plain: Key[] = [
  { key: 'a', code: 'KeyA' },
  { key: 'A', code: 'KeyA', modifiers: 8 },
  { key: 'é', code: 'Digit2' },
  { key: '€', code: 'KeyE' },
  { key: 'ą', code: 'KeyA' },
  { key: 'ф', code: 'KeyA' },
  { key: 'ß', code: 'Minus' },
  { key: 'か', code: 'KeyT' },
  { key: 'Dead', code: 'BracketLeft' },
  { key: 'Enter', code: 'Enter' },
  { key: 'Escape', code: 'Escape' },
  { key: 'F5', code: 'F5' },
  { key: 'F24', code: 'F24' },
  { key: 'ArrowUp', code: 'ArrowUp' },
  { key: 'ContextMenu', code: 'ContextMenu' },
  { key: 'PrintScreen', code: 'PrintScreen' },
  { key: 'Pause', code: 'Pause' },
  { key: 'AudioVolumeUp', code: 'AudioVolumeUp' },
  { key: '<', code: 'IntlBackslash' },
  { key: 'Convert', code: 'Convert' },
]
const keypad: Key[] = [
  { key: '7', code: 'Numpad7', location: 3 },
  { key: 'Home', code: 'Numpad7', location: 3 },
  { key: 'Enter', code: 'NumpadEnter', location: 3 },
  { key: ',', code: 'NumpadDecimal', location: 3 },
  { key: '+', code: 'NumpadAdd', location: 3 },
]
const modifiers: Key[] = [
  { key: 'Shift', code: 'ShiftLeft', location: 1, modifiers: 8 },
  { key: 'Shift', code: 'ShiftRight', location: 2, modifiers: 8 },
  { key: 'Control', code: 'ControlLeft', location: 1, modifiers: 2 },
  { key: 'Control', code: 'ControlRight', location: 2, modifiers: 2 },
  { key: 'Alt', code: 'AltLeft', location: 1, modifiers: 1 },
  { key: 'Alt', code: 'AltRight', location: 2, modifiers: 1 },
  { key: 'AltGraph', code: 'AltRight', location: 2 },
  { key: 'Meta', code: 'MetaLeft', location: 1, modifiers: 4 },
  { key: 'Meta', code: 'MetaRight', location: 2, modifiers: 4 },
]
const control: Key = { key: 'Control', code: 'ControlLeft', location: 1, modifiers: 2 }

const press = (devtools: CDPSession, key: Key) =>
  devtools.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key })

const release = (devtools: CDPSession, key: Key) =>
  devtools.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key, modifiers: 0 })

/** A screen whose person has this system, with the keys. */
async function sit(page: Page, platform: string) {
  const devtools = await page.context().newCDPSession(page)
  const userAgent = await page.evaluate(() => navigator.userAgent)
  await devtools.send('Emulation.setUserAgentOverride', { userAgent, platform })
  return devtools
}

const leave = (page: Page) =>
  page.getByRole('button', { name: 'Full screen', exact: true }).focus()

const systems: [string, string, Key[][]][] = [
  ['Linux', 'Linux x86_64', []],
  ['Windows', 'Win32', [[control, { key: 'AltGraph', code: 'AltRight', location: 2 }]]],
  ['a Mac', 'MacIntel', []],
]

for (const [system, platform, more] of systems)
  test(`on ${system} every key that is held is up when the focus goes`, async ({
    page,
    app,
    front,
  }) => {
    const devtools = await sit(page, platform)
    const screen = await look(page, app)
    const canvas = screen.locator('canvas')
    const strokes = [...plain, ...keypad, ...modifiers].map((key) => [key])
    const stayed: string[] = []
    for (const stroke of [...strokes, ...more]) {
      await canvas.focus()
      front.said.length = 0
      for (const key of stroke) await press(devtools, key)
      await leave(page)
      // A key afterwards, whose release shows that all before it has arrived.
      for (const key of stroke) await release(devtools, key)
      await canvas.focus()
      await page.keyboard.press('z')
      await expect
        .poll(() => keysSaid(front.said).at(-1))
        .toMatchObject({ keysym: 0x7a, down: false })
      const down = keysDown(front.said)
      if (down.length > 0) stayed.push(`${JSON.stringify(stroke)}: ${down.join(' ')}`)
    }
    expect(stayed).toEqual([])
  })

test('a key that was let go elsewhere has its new meaning the next time', async ({
  page,
  app,
  front,
}) => {
  const devtools = await sit(page, 'Linux x86_64')
  const screen = await look(page, app)
  const canvas = screen.locator('canvas')
  await canvas.focus()
  await press(devtools, { key: 'ą', code: 'KeyA' })
  await leave(page)
  await release(devtools, { key: 'ą', code: 'KeyA' })
  await canvas.focus()
  front.said.length = 0
  await page.keyboard.press('a')
  await expect
    .poll(() => keysSaid(front.said).map(({ keysym, down }) => [keysym, down]))
    .toEqual([
      [0x61, true],
      [0x61, false],
    ])
})

test('Ctrl that Windows presses for an AltGr is not sent after the screen was left', async ({
  page,
  app,
  front,
}) => {
  const devtools = await sit(page, 'Win32')
  const screen = await look(page, app)
  await screen.locator('canvas').focus()
  front.said.length = 0
  await press(devtools, control)
  await leave(page)
  // noVNC waits a tenth of a second for the AltGr.
  await page.waitForTimeout(250)
  expect(keysDown(front.said)).toEqual([])
})

test('AltGr with Shift types, and only Ctrl, Alt and Shift leave the screen', async ({
  page,
  app,
  front,
}) => {
  const devtools = await sit(page, 'Win32')
  const screen = await look(page, app)
  const canvas = screen.locator('canvas')
  await canvas.focus()
  const altGr = { key: 'AltGraph', code: 'AltRight', location: 2 }
  const shift = { key: 'Shift', code: 'ShiftLeft', location: 1 }
  await press(devtools, control)
  await press(devtools, { ...altGr, modifiers: 3 })
  await press(devtools, { ...shift, modifiers: 11 })
  await expect(canvas).toBeFocused()
  for (const key of [shift, altGr, control]) await release(devtools, key)
  await expect.poll(() => keysDown(front.said)).toEqual([])

  // X11 calls an Alt with Shift Meta.
  await press(devtools, control)
  await press(devtools, { ...shift, modifiers: 10 })
  await press(devtools, { key: 'Meta', code: 'AltLeft', location: 1, modifiers: 10 })
  await expect(canvas).not.toBeFocused()
  await expect.poll(() => keysDown(front.said)).toEqual([])
})

eachWay(() => {
  test('keys that were down when the line broke are let go as they were pressed', async ({
    page,
    app,
    front,
  }) => {
    const devtools = await sit(page, 'MacIntel')
    const screen = await look(page, app)
    await screen.locator('canvas').focus()
    front.said.length = 0
    const held: Key[] = [
      { key: 'Alt', code: 'AltLeft', location: 1, modifiers: 1 },
      { key: '7', code: 'Numpad7', location: 3 },
      { key: 'ф', code: 'KeyA' },
    ]
    for (const key of held) await press(devtools, key)
    await expect.poll(() => keysDown(front.said)).toHaveLength(3)

    front.terminate()
    await expect(screen).toHaveAttribute('data-attempt', '2')
    await expect(screen).toHaveAttribute('data-connection', 'open')

    await expect.poll(() => keysDown(front.said)).toEqual([])
  })
})
