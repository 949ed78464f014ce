/**
 * Tests that the lens reads what the sandbox's machines send over RFB. The test is here because it
 * needs two parts: the web's lens and the sandbox's machines.
 */
import { expect, test } from 'vitest'

import { keysyms, type TestViewer } from '#sandbox/testing/test-viewer.ts'
import { aMachine, aZone } from '#sandbox/testing/test-zone.ts'
import { readScreen } from '#web/console/lens/read-screen.ts'

/** All printable ASCII characters except the space. */
const signs = Array.from({ length: 94 }, (_, index) =>
  String.fromCharCode(33 + index),
).join('')

const textOf = (viewer: TestViewer) => readScreen(viewer.picture())?.lines.join('\n') ?? ''

/** Waits until the lens reads this; it reads again after every update of the screen. */
const untilRead = (viewer: TestViewer, text: string) =>
  viewer.until(() => textOf(viewer).includes(text))

test('every printable character of a simulated machine is read exactly', async () => {
  const zone = await aZone()
  const spec = aMachine()
  await zone.consoles.start(spec)
  const viewer = await zone.look(spec.instanceId)
  await untilRead(viewer, 'web-01 login:')
  viewer.type('ubuntu\n')
  await untilRead(viewer, 'Password:')
  viewer.type('anything\n')
  await untilRead(viewer, '@web-01:~')

  viewer.type(`echo ${signs.slice(0, 50)}`)
  viewer.press(keysyms.enter)
  viewer.type(`echo ${signs.slice(50)}`)

  await untilRead(viewer, signs.slice(50))
  const text = readScreen(viewer.picture())
  expect(text?.lines.join('\n')).toContain(signs.slice(0, 50))
  expect(text).toMatchObject({ columns: 80, rows: 25, unknown: 0 })
  expect(text?.lines).toEqual(
    viewer
      .text()
      .split('\n')
      .map((line) => line.trimEnd()),
  )
})

test('a graphical screen is no text, and a black screen is an empty text', () => {
  const width = 1024
  const height = 768
  const picture = (colour: (x: number, y: number) => number) => {
    const data = new Uint8ClampedArray(width * height * 4).fill(255)
    for (let i = 0; i < width * height; i += 1)
      data.fill(colour(i % width, Math.floor(i / width)), i * 4, i * 4 + 3)
    return { data, width, height }
  }

  expect(readScreen(picture((x, y) => (x + y) / 8))).toBeUndefined()
  expect(readScreen(picture((x, y) => (x * y * 7919) % 251))).toBeUndefined()
  expect(readScreen(picture((x) => (x % 40 < 20 ? 0 : 200)))).toBeUndefined()
  expect(readScreen(picture(() => 0))).toMatchObject({ columns: 128, rows: 48, unknown: 0 })
  expect(readScreen({ data: new Uint8ClampedArray(), width: 0, height: 0 })).toBeUndefined()
})

test('a screen is read within ten milliseconds', async () => {
  const zone = await aZone()
  const spec = aMachine()
  await zone.consoles.start(spec)
  const viewer = await zone.look(spec.instanceId)
  await untilRead(viewer, 'web-01 login:')
  const picture = viewer.picture()

  // The best of many, because other tests use the processor, too.
  const times = Array.from({ length: 20 }, () => {
    const start = performance.now()
    readScreen(picture)
    return performance.now() - start
  })
  expect(Math.min(...times)).toBeLessThan(10)
})
