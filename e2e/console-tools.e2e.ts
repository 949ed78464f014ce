/** Screenshots, recordings, the clipboard and keys of a screen. */
import { readFileSync } from 'node:fs'

import type { Locator, Page } from '@playwright/test'

import { TestViewer } from '#sandbox/testing/test-viewer.ts'

import { keysSaid } from './console-front.ts'
import { expect, look, screenPath, test } from './front-app.ts'
import { readScreen } from './read-screen.ts'
import { openTool } from './vocabulary.ts'

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

async function choose(page: Page, item: string): Promise<void> {
  await button(page, 'Screen').click()
  await page.locator('[role=menuitem],[role=menuitemcheckbox]', { hasText: item }).click()
  await expect(page.getByRole('menu')).toHaveCount(0)
}

async function type(page: Page, screen: Locator, text: string): Promise<void> {
  await screen.locator('canvas').click()
  await page.keyboard.type(text, { delay: 15 })
}

/** Logs in on a simulated screen, unless an earlier test did. */
async function signIn(page: Page, screen: Locator): Promise<void> {
  const login = /login: *[█▯]?\s*$/
  const prompt = /root@\S+# *[█▯]?\s*$/
  const either = new RegExp(`${login.source}|${prompt.source}`)
  await expect.poll(() => readScreen(page)).toMatch(either)
  if (login.test(await readScreen(page))) await type(page, screen, 'root\nx\n')
  await expect.poll(() => readScreen(page)).toMatch(prompt)
}

/** Plays a film on an empty page: its size, how long it is, and whether it shows something. */
async function play(page: Page, film: Buffer) {
  const theatre = await page.context().newPage()
  const seen = await theatre.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
    const video = document.createElement('video')
    video.muted = true
    video.src = URL.createObjectURL(new Blob([bytes], { type: 'video/webm' }))
    document.body.append(video)
    await video.play()
    await new Promise((resolve) => video.addEventListener('ended', resolve))
    const canvas = document.createElement('canvas')
    canvas.width = video.videoWidth
    canvas.height = video.videoHeight
    const context = canvas.getContext('2d')
    context?.drawImage(video, 0, 0)
    const { data } = context?.getImageData(0, 0, canvas.width, canvas.height) ?? {
      data: [],
    }
    const lit = data.filter((value, at) => at % 4 === 1 && value > 120).length
    return { size: `${canvas.width}×${canvas.height}`, seconds: video.currentTime, lit }
  }, film.toString('base64'))
  await theatre.close()
  return seen
}

/** So many seconds of a recording, or more where the test was late to look. */
const past = (seconds: number) => new RegExp(`0:(0[${seconds}-9]|[1-5]\\d)`)

test('a running recording is shown, survives a lost connection, and is a video that plays', async ({
  page,
  app,
  front,
}) => {
  const screen = await look(page, app)
  await expect.poll(() => readScreen(page)).toContain('login:')
  await choose(page, 'Record video')
  const mark = button(page, 'Stop recording')
  await expect(mark).toContainText('Recording')
  await expect(mark).toContainText(past(1))
  front.terminate()
  await expect(screen).toHaveAttribute('data-attempt', '2')
  await expect(screen).toHaveAttribute('data-connection', 'open')
  await expect(mark).toContainText(past(2))
  const saved = page.waitForEvent('download')
  await mark.click()

  const download = await saved
  expect(download.suggestedFilename()).toMatch(/^web-01-ch-gva-2-\d{8}-\d{6}\.webm$/)
  await expect(mark).toHaveCount(0)
  const film = await play(page, readFileSync(await download.path()))
  expect(film.size).toBe('640×400')
  expect(film.lit).toBeGreaterThan(200)
  expect(film.seconds).toBeGreaterThan(1.5)
})

test('going to another page saves the recording', async ({ page, app }) => {
  await page.goto((await screenPath(app, 'web-01')).replace(/\/console$/, ''))
  await button(page, 'Console').click()
  await expect(page.locator('[data-connection=open]')).toBeVisible()
  await choose(page, 'Record video')
  await expect(button(page, 'Stop recording')).toContainText(past(1))
  const saved = page.waitForEvent('download')

  await page.goBack()

  const film = await play(page, readFileSync(await (await saved).path()))
  expect(film.lit).toBeGreaterThan(200)
})

test('a screen may stand in a window above all others @whole', async ({ page, app }) => {
  const screen = await look(page, app)
  await expect.poll(() => readScreen(page)).toContain('login:')
  const can = await page.evaluate(() => 'documentPictureInPicture' in window)
  test.info().annotations.push({ type: 'documentPictureInPicture', description: `${can}` })
  await button(page, 'Screen').click()
  const item = page.getByRole('menuitem', { name: 'Open in floating window' })
  if (!can) {
    await expect(item).toHaveAttribute('aria-disabled', 'true')
    await expect(item).toContainText('This browser doesn’t support floating windows.')
    return
  }
  const opening = page.context().waitForEvent('page')
  await item.click()
  const above = await opening
  const film = above.locator('video')
  await expect(film).toHaveAttribute('aria-label', 'web-01')
  const lit = () =>
    film.evaluate((element) => {
      const video = element as HTMLVideoElement // the locator names one
      const canvas = document.createElement('canvas')
      canvas.width = video.videoWidth
      canvas.height = video.videoHeight
      const context = canvas.getContext('2d')
      if (!context || canvas.width === 0) return 0
      context.drawImage(video, 0, 0)
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
      return data.filter((value, at) => at % 4 === 1 && value > 120).length
    })
  await expect.poll(lit).toBeGreaterThan(200)
  await above.close()
  await expect(screen).toHaveAttribute('data-connection', 'open')
})

test('a screen changes to the size of the window only on request', async ({
  page,
  app,
}) => {
  const screen = await look(page, app)
  const canvas = screen.locator('canvas')
  await expect(canvas).toHaveAttribute('width', '640')
  await page.setViewportSize({ width: 1_200, height: 800 })
  await page.setViewportSize({ width: 1_300, height: 800 })
  await signIn(page, screen)
  await expect(canvas).toHaveAttribute('width', '640')

  await choose(page, 'Resize remote screen')
  await expect(canvas).not.toHaveAttribute('width', '640')
  const wide = Number(await canvas.getAttribute('width'))
  await type(page, screen, `echo ${'x'.repeat(90)}\n`)
  // More than the eighty columns it had fit on a line now.
  await expect.poll(() => readScreen(page)).toContain(`\n${'x'.repeat(90)}\n`)
  await page.setViewportSize({ width: 1_000, height: 700 })
  await expect
    .poll(async () => Number(await canvas.getAttribute('width')))
    .toBeLessThan(wide)

  await choose(page, 'Resize remote screen')
  const last = await canvas.getAttribute('width')
  await page.setViewportSize({ width: 1_300, height: 800 })
  await type(page, screen, 'echo still\n')
  await expect.poll(() => readScreen(page)).toContain('\nstill\n')
  await expect(canvas).toHaveAttribute('width', last ?? '')
})

test('texts of any script reach the instance’s clipboard and come back', async ({
  page,
  app,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const screen = await look(page, app)
  await signIn(page, screen)
  const panel = await openTool(page, 'Send text')
  await panel.getByLabel('Text', { exact: true }).fill('żółć é€ 日本 🙂')
  await panel.getByRole('button', { name: 'Copy to instance clipboard' }).click()
  // Pasted there, it is copied there again.
  await type(page, screen, 'clip twice ')
  await page.keyboard.press('Shift+Insert')
  await page.keyboard.press('Enter')

  const copied = panel.getByRole('region', { name: 'Instance clipboard' })
  await expect(copied).toContainText('twice żółć é€ 日本 🙂')
  // The person’s own clipboard is only changed on request.
  expect(await page.evaluate(() => navigator.clipboard.readText())).not.toContain('twice')
  await copied.getByRole('button', { name: 'Copy to your clipboard' }).click()
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toBe('twice żółć é€ 日本 🙂')
})

test('the copied screenshot is the screen, pixel for pixel', async ({
  page,
  app,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await look(page, app)
  await expect.poll(() => readScreen(page)).toMatch(/login:|[$#]/)
  await choose(page, 'Copy screenshot')
  await expect(page.getByText('Screenshot copied')).toBeVisible()

  const different = () =>
    page.evaluate(async () => {
      const [item] = await navigator.clipboard.read()
      const blob = await item?.getType('image/png')
      if (!blob) return -1
      const bitmap = await createImageBitmap(blob)
      const live = document.querySelector<HTMLCanvasElement>('[role=application] canvas')
      const copy = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
      copy?.drawImage(bitmap, 0, 0)
      if (live?.width !== bitmap.width || live.height !== bitmap.height) return -2
      const a = copy?.getImageData(0, 0, live.width, live.height).data
      const b = live.getContext('2d')?.getImageData(0, 0, live.width, live.height).data
      return a?.filter((value, at) => value !== b?.[at]).length
    })
  // Its cursor may blink: it is there half of the time.
  await expect.poll(different).toBe(0)
})

test('a modifier that is held by a button is let go before text is typed', async ({
  page,
  app,
  front,
}) => {
  const screen = await look(page, app)
  await signIn(page, screen)
  const panel = await openTool(page, 'Send text')
  await button(page, 'Keys').click()
  await button(page, 'Ctrl').dblclick()
  await page.keyboard.press('Escape')
  await expect(button(page, 'Release Ctrl')).toBeVisible()
  await panel.getByLabel('Text', { exact: true }).fill('echo abc')
  front.said.length = 0
  await panel.getByLabel('Press Enter afterward').check()
  await panel.getByRole('button', { name: 'Type text' }).click()

  await expect.poll(() => readScreen(page)).toContain('\nabc\n')
  expect(keysSaid(front.said)[0]).toEqual({ keysym: 0xffe3, down: false })
  await expect(button(page, 'Release Ctrl')).toHaveCount(0)
})

test('the next instance’s screen opens with one key combination and an arrow, without the list', async ({
  page,
  app,
  front,
}) => {
  await look(page, app, 'web-01')
  await page.locator('[role=application] canvas').click()
  for (const key of ['Control', 'Alt', 'Shift']) await page.keyboard.down(key)
  for (const key of ['Shift', 'Alt', 'Control']) await page.keyboard.up(key)
  await page.keyboard.press('ArrowRight')

  const next = page.getByRole('application', { name: 'Screen of web-02' })
  await expect(next).toHaveAttribute('data-connection', 'open', { timeout: 20_000 })
  await expect.poll(() => readScreen(page)).toContain('web-02')
  await expect.poll(() => front.open).toBe(1)
  await button(page, 'Other consoles').click()
  await page.getByRole('searchbox', { name: 'Search running instances' }).fill('web-01')
  await page.getByRole('link', { name: 'web-01' }).click()
  await expect(page.getByRole('application', { name: 'Screen of web-01' })).toHaveAttribute(
    'data-connection',
    'open',
  )
  await expect.poll(() => front.open).toBe(1)
})

test('the bar and its menus work without a mouse, from opening to the downloaded screenshot', async ({
  page,
  app,
}) => {
  await page.goto((await screenPath(app, 'web-01')).replace(/\/console$/, ''))
  await button(page, 'Console').focus()
  await page.keyboard.press('Enter')
  const screen = page.getByRole('application', { name: 'Screen of web-01' })
  await expect(screen).toHaveAttribute('data-connection', 'open', { timeout: 20_000 })
  await expect(screen.locator('canvas')).toBeFocused()
  await page.keyboard.type('keys', { delay: 15 })
  await expect.poll(() => readScreen(page)).toContain('keys')
  await page.keyboard.press('Control+u')
  for (const key of ['Control', 'Alt', 'Shift']) await page.keyboard.down(key)
  for (const key of ['Shift', 'Alt', 'Control']) await page.keyboard.up(key)
  await expect(screen.locator('canvas')).not.toBeFocused()

  const menu = button(page, 'Screen')
  for (let steps = 0; steps < 8; steps += 1) {
    if (await menu.evaluate((element) => element === document.activeElement)) break
    await page.keyboard.press('Shift+Tab')
  }
  await expect(menu).toBeFocused()
  await page.keyboard.press('Enter')
  const item = page.getByRole('menuitem', { name: 'Download screenshot' })
  await expect(item).toBeVisible()
  for (let steps = 0; steps < 12; steps += 1) {
    if (await item.evaluate((element) => element === document.activeElement)) break
    await page.keyboard.press('ArrowDown')
  }
  await expect(item).toBeFocused()
  const saved = page.waitForEvent('download')
  await page.keyboard.press('Enter')
  expect((await saved).suggestedFilename()).toMatch(/^web-01-.*\.png$/)
})

test('the downloaded screenshot of a simulated screen is what another viewer decodes, pixel for pixel', async ({
  page,
  app,
}) => {
  const path = await screenPath(app, 'web-02')
  await look(page, app, 'web-02')
  await expect.poll(() => readScreen(page)).toContain('login:')
  const [, , zone, id] = path.split('/')
  const answer = await page.request.post(`${app.url}/api/zones/${zone}/console/${id}`, {
    headers: { 'x-vedette': '1' },
  })
  const { url } = (await answer.json()) as { url: string } // the contract's ConsoleTicket
  const viewer = await TestViewer.open(url)
  await viewer.untilText('login:')

  const different = async () => {
    const before = viewer.picture()
    const saved = page.waitForEvent('download')
    await choose(page, 'Download screenshot')
    const ours = readFileSync(await (await saved).path()).toString('base64')
    // The cursor blinks: as it was before the download, or after it.
    return Math.min(
      await differentValues(page, ours, before),
      await differentValues(page, ours, viewer.picture()),
    )
  }
  await expect.poll(different).toBe(0)
  viewer.close()
})

/** How many color values of the PNG differ from the picture; Infinity if their sizes do. */
async function differentValues(
  page: Page,
  png: string,
  { data, width, height }: ReturnType<TestViewer['picture']>,
): Promise<number> {
  const different = await page.evaluate(
    async ([file, pixels, size]) => {
      const bytes = Uint8Array.from(atob(file), (character) => character.charCodeAt(0))
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
      if (`${bitmap.width}×${bitmap.height}` !== size) return null
      const copy = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
      copy?.drawImage(bitmap, 0, 0)
      const seen = copy?.getImageData(0, 0, bitmap.width, bitmap.height).data
      const truth = Uint8Array.from(atob(pixels), (character) => character.charCodeAt(0))
      return seen?.filter((value, at) => value !== truth[at]).length ?? null
    },
    [png, Buffer.from(data).toString('base64'), `${width}×${height}`] as const,
  )
  return different ?? Infinity
}
