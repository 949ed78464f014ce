/** Size changes and the shared clipboard of a simulated screen. */
import { expect, test } from 'vitest'

import {
  desktopSize,
  extendedClipboard,
  extendedSize,
  rawEncoding,
  zrleEncoding,
  type TestViewer,
} from '../../../testing/test-viewer.ts'
import { aMachine, aZone } from '../../../testing/test-zone.ts'

const able = [zrleEncoding, rawEncoding, extendedSize, extendedClipboard]

/** A running machine, and a function that connects a viewer. */
async function aScreen() {
  const { consoles, look } = await aZone()
  const machine = aMachine()
  await consoles.start(machine)
  return (encodings = able) => look(machine.instanceId, encodings)
}

async function logIn(viewer: TestViewer): Promise<void> {
  await viewer.untilText('web-01 login:')
  viewer.type('ana\n\n')
  await viewer.untilText('ana@web-01:~$')
}

test.each([
  ['ZRLE', zrleEncoding],
  ['Raw', rawEncoding],
])('the screen grows with the window, to the pixel, in %s', async (_, picture) => {
  const look = await aScreen()
  const viewer = await look([picture, extendedSize])
  await logIn(viewer)

  viewer.wishSize(1283, 733)

  await viewer.until(({ width, height }) => width === 1283 && height === 733)
  expect(viewer.sizes.at(-1)).toMatchObject({ by: 1, status: 0 })
  viewer.type(`echo ${'x'.repeat(100)}\n`)
  await viewer.untilText(new RegExp(`^${'x'.repeat(100)}$`, 'm'))
})

test('a viewer is told once that the size may change, and the screen keeps a minimum size', async () => {
  const look = await aScreen()
  const viewer = await look()
  await viewer.until(({ sizes }) => sizes.length > 0)
  expect(viewer.sizes).toEqual([{ by: 0, status: 0, width: 640, height: 400 }])

  viewer.wishSize(320, 200)

  await viewer.until(({ sizes }) => sizes.length > 1)
  expect(viewer.sizes.at(-1)).toMatchObject({ by: 1, status: 1, width: 640, height: 400 })
})

test('other viewers get the new size, or see the part that fits their size', async () => {
  const look = await aScreen()
  const viewer = await look()
  const other = await look()
  const plain = await look([zrleEncoding, desktopSize])
  const fixed = await look([rawEncoding])
  await logIn(viewer)

  viewer.wishSize(1600, 960)
  viewer.type('echo hello\n')

  await other.until(({ width }) => width === 1600)
  expect(other.sizes.at(-1)).toMatchObject({ by: 2, status: 0 })
  await plain.until(({ width }) => width === 1600)
  for (const one of [viewer, other, plain, fixed]) await one.untilText(/^hello$/m)
  expect(fixed.width).toBe(640)
})

test('a text in any script reaches the machine’s clipboard and comes back', async () => {
  const look = await aScreen()
  const viewer = await look()
  await logIn(viewer)
  await viewer.until(({ clipboardFlags }) => clipboardFlags !== 0)

  viewer.offerText('zażółć 日本')
  await viewer.until(({ textsGiven }) => textsGiven > 0)
  const later = await look()
  await later.untilText('ana@web-01:~$')
  viewer.type('clip é€ ok\n')

  await viewer.until(({ texts }) => texts.length > 0)
  expect(viewer.texts).toEqual(['é€ ok'])
  await later.until(({ texts }) => texts.length > 0)
  expect(later.texts).toEqual(['é€ ok'])
})

test('a text from one viewer is offered to the others, in the form that each supports', async () => {
  const look = await aScreen()
  const viewer = await look()
  const other = await look()
  const plain = await look([zrleEncoding])
  await logIn(viewer)
  await other.untilText('ana@web-01:~$')
  await plain.untilText('ana@web-01:~$')

  viewer.offerText('zażółć\nnext')

  await other.until(({ texts }) => texts.length > 0)
  expect(other.texts).toEqual(['zażółć\r\nnext'])
  await plain.until(({ texts }) => texts.length > 0)
  expect(plain.texts).toEqual(['za?ó??\nnext'])
  expect(viewer.texts).toEqual([])
})

test('Shift+Insert types the clipboard text line by line', async () => {
  const look = await aScreen()
  const viewer = await look([zrleEncoding])
  await logIn(viewer)

  viewer.cutPlain('echo one\necho two')
  viewer.chord(0xffe1, 0xff63)

  await viewer.untilText(/^one\n.*echo two$/m)
})
