/** The lens and the screenshot on QEMU's VGA: compared with QEMU's own data. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

import type { Page } from '@playwright/test'

import { BareMachine } from './bare-machine.ts'
import { expect, look, test as base } from './front-app.ts'
import { openTool } from './vocabulary.ts'

const test = base.extend<{ bare: BareMachine }>({
  bare: async ({ front }, use) => {
    const bare = new BareMachine()
    await bare.start()
    front.manner = { kind: 'own', serve: (viewer) => bare.serve(viewer) }
    await use(bare)
    await bare.close()
  },
})

const missing = spawnSync('qemu-system-x86_64', ['--version']).error !== undefined
// CI installs it, and must not pass without it; a laptop may lack it.
test.skip(missing && !process.env.CI, 'QEMU is not installed')

const printable = Array.from({ length: 95 }, (_, index) =>
  String.fromCharCode(32 + index),
).join('')

/** How many pixels of two PNG pictures differ, and their sizes. */
const difference = (page: Page, one: Buffer, other: Buffer) =>
  page.evaluate(
    async (pictures) => {
      const read = async (base64: string) => {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
        const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
        const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
        const context = canvas.getContext('2d')
        context?.drawImage(bitmap, 0, 0)
        const image = context?.getImageData(0, 0, bitmap.width, bitmap.height)
        if (!image) throw new Error('a picture can’t be read')
        return image
      }
      const [a, b] = await Promise.all(pictures.map(read))
      if (!a || !b) throw new Error('two pictures are needed')
      let pixels = Math.abs(a.data.length - b.data.length)
      for (let at = 0; at < a.data.length; at += 1)
        if (a.data[at] !== b.data[at]) pixels += 1
      return { pixels, sizes: [a, b].map(({ width, height }) => `${width}×${height}`) }
    },
    [one.toString('base64'), other.toString('base64')],
  )

test('all printable characters of a VGA text screen are read, in any color', async ({
  page,
  app,
  bare,
}) => {
  expect(bare).toBeDefined()
  await look(page, app)
  const panel = await openTool(page, 'Screen text')
  const text = panel.getByRole('region', { name: 'Text on the screen' })
  const lines = async () => (await text.innerText()).split('\n')

  // The first line has the bytes 0 to 79, the second begins with all printable ones on blue.
  await expect.poll(async () => (await lines())[0]?.slice(32)).toBe(printable.slice(0, 48))
  await expect.poll(async () => (await lines())[1]).toBe(printable.slice(0, 80))
  await expect.poll(async () => (await lines())[2]?.slice(0, 15)).toBe(printable.slice(80))
})

test('the downloaded screenshot equals QEMU’s own, pixel for pixel', async ({
  page,
  app,
  bare,
}) => {
  await look(page, app)
  const panel = await openTool(page, 'Screen text')
  await expect(panel).toContainText(printable.slice(33, 79))
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Screen', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Download screenshot' }).click()
  const ours = readFileSync(await (await saved).path())

  expect(await difference(page, ours, await bare.screendump())).toEqual({
    pixels: 0,
    sizes: ['720×400', '720×400'],
  })
})

test('the end of a recording equals QEMU’s own screenshot, pixel for pixel', async ({
  page,
  app,
  bare,
}) => {
  await look(page, app)
  const text = await openTool(page, 'Screen text')
  await expect(text).toContainText(printable.slice(33, 79))
  const machine = await openTool(page, 'Screen history')
  const time = machine.getByRole('slider', { name: 'Time' })
  await time.press('ArrowLeft')
  await time.press('End')
  const past = page.locator('[data-part=past] canvas')
  await expect(past).toHaveCount(1)
  const truth = await bare.screendump()

  await expect
    .poll(async () => {
      const url = await past.evaluate(
        (element) => (element as HTMLCanvasElement).toDataURL(), // a canvas by its locator
      )
      return difference(page, Buffer.from(url.split(',')[1] ?? '', 'base64'), truth)
    })
    .toEqual({ pixels: 0, sizes: ['720×400', '720×400'] })
})
