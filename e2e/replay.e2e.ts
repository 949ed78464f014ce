/** The time machine: a screen's last minutes, and recordings from a file without a server. */
import { readFileSync } from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'

import type { Locator, Page } from '@playwright/test'

import { axe } from './accessible.ts'
import { expect, test } from './app.ts'
import { openScreen, openTool } from './vocabulary.ts'

/** A canvas as PNG, the same for the same pixels; empty while there is none. */
const pixels = async (canvas: Locator) =>
  (await canvas.count()) === 0
    ? ''
    : canvas.first().evaluate((element) => (element as HTMLCanvasElement).toDataURL()) // a canvas by its locator

/** The images of an idle screen: two if a cursor blinks. */
const phases = (canvas: Locator): Promise<string[]> =>
  canvas.first().evaluate(async (element) => {
    const seen = new Set<string>()
    const until = performance.now() + 1_500
    while (performance.now() < until) {
      seen.add((element as HTMLCanvasElement).toDataURL()) // a canvas by its locator
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    return [...seen]
  })

const live = (page: Page) => page.locator('[role=application] canvas')
const past = (page: Page) => page.locator('[data-part=past] canvas')

type SavedSegment = {
  keyframe?: { width: number; height: number; histories: unknown[] }
  messages: unknown[]
}

/** Saves the time machine's recording, and returns the file's description. */
async function savedSegments(page: Page, machine: Locator): Promise<SavedSegment[]> {
  await machine.getByRole('button', { name: 'Save…' }).click()
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save recording' }).click()
  const plain = gunzipSync(readFileSync(await (await saved).path()))
  const [, head = ''] = plain.toString('latin1').split('\n', 2)
  // The first line of a recording, by its file format.
  return (JSON.parse(head) as { segments: SavedSegment[] }).segments
}

async function type(page: Page, text: string): Promise<void> {
  await live(page).click()
  await page.keyboard.type(text, { delay: 15 })
}

test('earlier images are shown again, pixel for pixel, while the screen continues', async ({
  page,
}) => {
  await openScreen(page, 'web-01')
  const text = await openTool(page, 'Screen text')
  const lines = text.getByRole('region', { name: 'Text on the screen' })
  await expect(lines).toContainText('web-01 login:')
  await type(page, 'ubuntu\nanything\nhelp\n')
  await expect(lines).toContainText('ubuntu@web-01:~$')
  const machine = await openTool(page, 'Screen history')
  const time = machine.getByRole('slider', { name: 'Time' })

  // The end of the recording, which is a moment ago by now.
  await time.focus()
  await page.keyboard.press('ArrowLeft')
  await expect(past(page)).toHaveCount(1)
  await expect(page.locator('[data-part=past]')).toContainText(
    'keys and clicks aren’t sent',
  )
  expect(await axe(page, '[data-tool=time-machine]')).toEqual([])

  // Back at the start, before the login.
  await page.keyboard.press('Home')
  await expect.poll(() => pixels(past(page))).not.toBe(await pixels(live(page)))

  // The live screen below can't be reached.
  await expect(page.getByRole('application', { name: 'Screen of web-01' })).toHaveAttribute(
    'inert',
  )
  const before = await lines.innerText()
  await page.locator('[data-part=past]').click()
  await page.keyboard.type('whoami\n')
  await expect(past(page)).toHaveCount(1)
  expect(await lines.innerText()).toBe(before)

  await machine.getByRole('button', { name: 'Go to live' }).click()
  await expect(past(page)).toHaveCount(0)
  await type(page, 'echo again\n')
  await expect(lines).toContainText('\nagain\n')
})

test('a recording is saved and replayed with no server at all', async ({
  page,
  app,
  context,
}) => {
  test.setTimeout(240_000)
  await openScreen(page, 'web-01')
  const text = await openTool(page, 'Screen text')
  const lines = text.getByRole('region', { name: 'Text on the screen' })
  await expect(lines).toContainText('web-01 login:')
  await type(page, 'ubuntu\nmy-secret-word\nhelp\necho the end\n')
  await expect(lines).toContainText(/\nthe end\n.*\$$/)
  const machine = await openTool(page, 'Screen history')
  await machine.getByRole('button', { name: 'Save…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Save recording' })
  await expect(dialog).toContainText('including visible passwords')
  const last = await phases(live(page))
  expect(last.length).toBeLessThanOrEqual(2)

  const saved = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Save recording' }).click()
  const download = await saved
  expect(download.suggestedFilename()).toMatch(
    /^web-01-ch-gva-2-\d{8}-\d{6}\.vedette-screen$/,
  )
  const file = {
    name: 'a.vedette-screen',
    mimeType: '',
    buffer: readFileSync(await download.path()),
  }
  expect(file.buffer.subarray(0, 2).toString('hex')).toBe('1f8b')

  const theatre = await context.newPage()
  await theatre.goto('/replay')
  await theatre.waitForLoadState('networkidle')
  expect(await axe(theatre, 'body')).toEqual([])
  await app.kill()
  await theatre.getByLabel('Recording file').setInputFiles(file)
  const canvas = theatre
    .getByRole('figure', { name: 'Screen recording of web-01' })
    .locator('canvas')
  await expect.poll(async () => last.includes(await pixels(canvas))).toBe(true)
  expect(await axe(theatre, 'body')).toEqual([])

  // Played from its start, it reaches the same end.
  await theatre.getByRole('slider', { name: 'Time' }).press('Home')
  await expect.poll(async () => last.includes(await pixels(canvas))).toBe(false)
  await theatre.getByRole('combobox', { name: 'Speed' }).selectOption('4')
  await theatre.getByRole('button', { name: 'Play' }).click()
  await expect(theatre.getByRole('button', { name: 'Pause' })).toBeVisible()
  await expect(theatre.getByRole('button', { name: 'Play' })).toBeVisible({
    timeout: 20_000,
  })
  await expect.poll(async () => last.includes(await pixels(canvas))).toBe(true)
})

test('a file that is no recording is rejected, and the present recording is kept', async ({
  page,
}) => {
  await page.goto('/replay')
  const choose = page.getByLabel('Recording file')
  const give = (name: string, buffer: Buffer) =>
    choose.setInputFiles({ name, mimeType: '', buffer })

  await give('notes.txt', Buffer.from('hello'))
  await expect(page.getByRole('alert')).toContainText(
    'Can’t open notes.txt. The file is damaged',
  )
  await give('other.gz', gzipSync('hello\nworld\n'))
  await expect(page.getByRole('alert')).toContainText('The file isn’t a recording')
  await give('new.vedette-screen', gzipSync('VEDETTE-SCREEN 2\n{}\n'))
  await expect(page.getByRole('alert')).toContainText('newer version of Vedette')
  const head = {
    name: 'x',
    zone: 'y',
    endsAt: 5,
    segments: [{ startedAt: 1, messages: [[0, 99]] }],
  }
  await give(
    'cut.vedette-screen',
    gzipSync(`VEDETTE-SCREEN 1\n${JSON.stringify(head)}\nshort`),
  )
  await expect(page.getByRole('alert')).toContainText('The file is incomplete')
  await expect(page.getByRole('button', { name: 'Choose a file…' })).toBeVisible()
})

test('a moment long after the connection began is shown from a keyframe', async ({
  page,
}) => {
  // Two minutes pass for the page, not for the test.
  await page.clock.install()
  await openScreen(page, 'web-01')
  const text = await openTool(page, 'Screen text')
  const lines = text.getByRole('region', { name: 'Text on the screen' })
  await expect(lines).toContainText('web-01 login:')
  await type(page, 'ubuntu\nanything\nhelp\n')
  await expect(lines).toContainText('ubuntu@web-01:~$')
  await page.clock.fastForward(130_000)
  await type(page, 'echo before and after\n')
  await expect(lines).toContainText(/\nbefore and after\n.*\$$/)

  const machine = await openTool(page, 'Screen history')
  const time = machine.getByRole('slider', { name: 'Time' })
  await time.press('ArrowLeft')
  await time.press('End')
  const present = await phases(live(page))
  expect(present.length).toBeLessThanOrEqual(2)
  await expect.poll(async () => present.includes(await pixels(past(page)))).toBe(true)

  const segments = await savedSegments(page, machine)
  expect(segments.length).toBeGreaterThan(1)
  const [, second] = segments
  expect(second?.keyframe).toMatchObject({ width: 640, height: 400 })
  expect(second?.keyframe?.histories.length).toBeGreaterThan(0)
  expect(second?.messages.length).toBeGreaterThan(0)
})
