/** The console on a phone: on-screen keyboard, missing keys, and gestures. */
import type { Page } from '@playwright/test'

import { axe } from './accessible.ts'
import { keysSaid, pointersSaid, type ConsoleFront } from './console-front.ts'
import { Fingers } from './fingers.ts'
import { expect, test } from './front-app.ts'
import { readScreen } from './read-screen.ts'
import { find } from './zone.ts'

test.use({
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  bypassCSP: true,
})

/** On a phone the list is cards; a screen is opened by its page. */
async function openOnPhone(page: Page, name: string) {
  await page.goto('/instances')
  await page.getByRole('combobox', { name: 'Search instances' }).fill(name)
  await page.getByRole('link', { name, exact: true }).first().tap()
  await page.getByRole('link', { name: 'Console', exact: true }).tap()
  const screen = page.getByRole('application', { name: `Screen of ${name}` })
  await expect(screen).toHaveAttribute('data-connection', 'open', { timeout: 20_000 })
  await expect(page.getByRole('toolbar', { name: 'On-screen keys' })).toBeVisible()
  return screen
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const field = (page: Page) => page.getByRole('textbox', { name: /^Keyboard for/ })
const heard = (front: ConsoleFront) =>
  keysSaid(front.said).map(
    ({ keysym, down }) => `${keysym.toString(16)}${down ? '+' : '-'}`,
  )

/** The position of the screen on the page, and the size of one of its pixels. */
async function picture(page: Page) {
  const canvas = page.locator('[role=application] canvas')
  const box = await canvas.boundingBox()
  const width = await canvas.evaluate((element: HTMLCanvasElement) => element.width)
  if (!box) throw new Error('There is no picture.')
  return {
    ...box,
    scale: box.width / width,
    middle: { x: box.x + box.width / 2, y: box.y + box.height / 2 },
  }
}

test('the keys appear with the screen, and not below one that isn’t there', async ({
  page,
  app,
}) => {
  const off = await find(app, 'old-wiki')
  await page.goto(`/instances/${off?.zone}/${off?.id}/console`)
  const start = page.getByRole('button', { name: 'Start and connect' })
  await expect(start).toBeVisible()
  const keys = page.getByRole('toolbar', { name: 'On-screen keys' })
  await expect(keys).toHaveCount(0)

  await start.tap()
  await expect(keys).toBeVisible({ timeout: 30_000 })
})

test('what an on-screen keyboard types, corrects and composes arrives', async ({
  page,
}) => {
  await openOnPhone(page, 'web-01')
  await expect.poll(() => readScreen(page)).toContain('web-01 login:')
  await button(page, 'Keyboard').tap()
  await expect(field(page)).toBeFocused()
  await page.keyboard.insertText('root')
  await page.keyboard.press('Enter')
  await expect.poll(() => readScreen(page)).toContain('Password:')
  await page.keyboard.press('Enter')
  await expect.poll(() => readScreen(page)).toContain('root@web-01:~#')

  const fingers = await Fingers.of(page)
  // Composed letter by letter, then replaced by what was meant.
  await fingers.compose('e', 'ec', 'ecoh', 'echo')
  await page.keyboard.insertText(' Zwei')
  await page.keyboard.press('Backspace')
  await page.keyboard.press('Backspace')
  await page.keyboard.insertText('olf!')
  await page.keyboard.press('Enter')

  await expect.poll(() => readScreen(page)).toContain('echo Zwolf!\nZwolf!\n')
  await expect(field(page)).toBeFocused()
})

test('more is erased than the field ever held', async ({ page, front }) => {
  await openOnPhone(page, 'web-01')
  await button(page, 'Keyboard').tap()
  for (let times = 0; times < 40; times += 1) await page.keyboard.press('Backspace')

  await expect.poll(() => heard(front).filter((key) => key === 'ff08-').length).toBe(40)
})

test('a modifier holds for one key, twice at once for all, and then no longer', async ({
  page,
  front,
}) => {
  await openOnPhone(page, 'web-01')
  await button(page, 'Keyboard').tap()
  await button(page, 'Ctrl').tap()
  await expect(button(page, 'Ctrl')).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.insertText('c')
  await expect.poll(() => heard(front)).toEqual(['ffe3+', '63+', '63-', 'ffe3-'])
  await expect(field(page)).toBeFocused()

  front.said.length = 0
  await button(page, 'Alt').dblclick()
  await expect(button(page, 'Alt, held down')).toBeVisible()
  await button(page, 'Left arrow').tap()
  await button(page, 'Tab').tap()
  await button(page, 'Alt, held down').tap()
  await expect
    .poll(() => heard(front))
    .toEqual(['ffe9+', 'ff51+', 'ff51-', 'ff09+', 'ff09-', 'ffe9-'])
})

test('in tap mode a tap clicks at its position, and keeps the keyboard open', async ({
  page,
  front,
}) => {
  await openOnPhone(page, 'web-01')
  await button(page, 'Keyboard').tap()
  const { x, y, scale } = await picture(page)
  const fingers = await Fingers.of(page)
  await fingers.tap({ x: x + 100 * scale, y: y + 50 * scale })

  await expect
    .poll(() =>
      pointersSaid(front.said)
        .map(({ buttons }) => buttons)
        .slice(-2),
    )
    .toEqual([1, 0])
  const at = pointersSaid(front.said).at(-1)
  expect(Math.abs((at?.x ?? 0) - 100)).toBeLessThan(3)
  expect(Math.abs((at?.y ?? 0) - 50)).toBeLessThan(3)
  await expect(field(page)).toBeFocused()
})

test('pinching zooms the screen on the page, and nothing of it reaches the instance', async ({
  page,
  front,
}) => {
  await openOnPhone(page, 'web-01')
  const before = await picture(page)
  const { x, y } = before.middle
  const apart = (px: number) => [
    { x: x - px, y },
    { x: x + px, y },
  ]
  const fingers = await Fingers.of(page)
  await fingers.move(apart(30), apart(60), apart(90), apart(120))

  await expect
    .poll(async () => (await picture(page)).scale)
    .toBeGreaterThan(1.5 * before.scale)
  expect(heard(front)).toEqual([])
  await fingers.move(apart(120), apart(80), apart(40), apart(10))
  await expect.poll(async () => (await picture(page)).scale).toBeCloseTo(before.scale, 2)
})

test('on the touchpad a finger moves the pointer, clicks, drags and scrolls', async ({
  page,
  front,
}) => {
  await openOnPhone(page, 'web-01')
  await button(page, 'Touchpad').tap()
  await expect(button(page, 'Touchpad')).toHaveAttribute('aria-pressed', 'true')
  await expect(page.locator('[data-part=pointer]')).toBeVisible()
  const { x, y, middle, scale } = await picture(page)
  const fingers = await Fingers.of(page)
  const said = () => pointersSaid(front.said)

  // From its middle, whatever the finger is on.
  await fingers.move(
    [{ x: x + 20, y: y + 20 }],
    [{ x: x + 40, y: y + 20 }],
    [{ x: x + 60, y: y + 30 }],
  )
  const moved = { x: 320 + (40 * 1.5) / scale, y: 200 + (10 * 1.5) / scale }
  await expect.poll(() => Math.abs((said().at(-1)?.x ?? 0) - moved.x)).toBeLessThan(3)
  await expect.poll(() => Math.abs((said().at(-1)?.y ?? 0) - moved.y)).toBeLessThan(3)
  expect(said().every(({ buttons }) => buttons === 0)).toBe(true)
  const pointer = await page.locator('[data-part=pointer]').boundingBox()
  expect(Math.abs((pointer?.x ?? 0) + 4 - (x + moved.x * scale))).toBeLessThan(3)

  const buttons = () => said().map((one) => one.buttons)
  front.said.length = 0
  await fingers.tap({ x: x + 20, y: y + 20 })
  await expect.poll(buttons).toEqual([1, 0])
  expect(Math.abs((said()[0]?.x ?? 0) - moved.x)).toBeLessThan(3)

  // At once after a tap, a movement is a drag.
  front.said.length = 0
  await fingers.move(
    [middle],
    [{ ...middle, x: middle.x + 12 }],
    [{ ...middle, x: middle.x + 30 }],
  )
  await expect.poll(() => buttons().join('')).toMatch(/^1{2,}0$/)

  front.said.length = 0
  await fingers.tap(middle, { ...middle, x: middle.x + 40 })
  await expect.poll(buttons).toEqual([4, 0])

  front.said.length = 0
  const two = (down: number) => [
    { x: middle.x, y: middle.y + down },
    { x: middle.x + 60, y: middle.y + down },
  ]
  await fingers.move(two(0), two(-10), two(-40), two(-70))
  await expect.poll(() => buttons().filter((one) => one === 16).length).toBeGreaterThan(1)
  expect(buttons().filter((one) => one !== 16 && one !== 0)).toEqual([])

  front.said.length = 0
  await fingers.touch('touchStart', [middle])
  await expect.poll(buttons).toEqual([4, 0])
  await fingers.touch('touchEnd', [])

  await page.reload()
  await expect(button(page, 'Touchpad')).toHaveAttribute('aria-pressed', 'true')
})

test('nothing overflows at 320 px, axe finds nothing, and the gestures are explained', async ({
  page,
}) => {
  await page.setViewportSize({ width: 320, height: 640 })
  await openOnPhone(page, 'web-01')
  const bar = page.getByRole('toolbar', { name: 'On-screen keys' })
  const outside = await page.evaluate(() =>
    [...document.querySelectorAll('main *')]
      .filter((element) => {
        const { right, left, width } = element.getBoundingClientRect()
        return width > 1 && (right > innerWidth + 0.5 || left < -0.5)
      })
      .map((element) => element.outerHTML.slice(0, 120)),
  )
  expect(outside).toEqual([])
  for (const one of await bar.getByRole('button').all())
    expect((await one.boundingBox())?.height).toBeGreaterThanOrEqual(44)
  expect(await axe(page, 'main')).toEqual([])

  await button(page, 'Gestures').tap()
  await expect(page.getByText('Tap with two fingers')).toBeVisible()
  expect(await axe(page, '[role=dialog]')).toEqual([])
})
