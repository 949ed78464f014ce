/** What the keys do on the wire: nothing stays down, and what a browser keeps can be sent. */
import type { Page } from '@playwright/test'

import { keysSaid, type ConsoleFront } from './console-front.ts'
import { expect, test } from './front-app.ts'
import { dialog, openScreen } from './vocabulary.ts'

const control = 0xffe3
const alt = 0xffe9
const shift = 0xffe1

/** Of one key, what the machine heard: down is true. */
const heard = (front: ConsoleFront, keysym: number) =>
  keysSaid(front.said)
    .filter((key) => key.keysym === keysym)
    .map(({ down }) => down)

const isUp = (front: ConsoleFront, keysym: number) =>
  expect.poll(() => heard(front, keysym).at(-1)).toBe(false)

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

const ways: [string, (page: Page) => Promise<void>][] = [
  ['the focus goes to a button', (page) => button(page, 'Full screen').focus()],
  ['a menu opens', (page) => button(page, 'Screen').click()],
  [
    'it becomes view only',
    async (page) => {
      await button(page, 'Screen').click()
      await page.getByRole('menuitemcheckbox', { name: 'View only' }).click()
    },
  ],
  [
    'the window loses the focus',
    (page) => page.evaluate(() => void window.dispatchEvent(new Event('blur'))),
  ],
  [
    'it is disconnected',
    async (page) => {
      await button(page, 'Screen').click()
      await page.getByRole('menuitem', { name: 'Disconnect' }).click()
    },
  ],
  [
    'another page is gone to',
    (page) => button(page, 'Full screen').evaluate(() => history.back()),
  ],
]

for (const [way, go] of ways)
  test(`modifiers are let go when ${way}`, async ({ page, front }) => {
    const screen = await openScreen(page, 'web-01')
    await expect(screen.locator('canvas')).toBeFocused()
    await page.keyboard.down('Control')
    await page.keyboard.down('Alt')
    await expect.poll(() => heard(front, alt)).toEqual([true])

    await go(page)

    await isUp(front, control)
    await isUp(front, alt)
  })

test('modifiers are let go when full screen ends', async ({ page, front }) => {
  const screen = await openScreen(page, 'web-01')
  await button(page, 'Full screen').click()
  await expect(button(page, 'Leave full screen')).toHaveCount(1)
  await screen.locator('canvas').click()
  await page.keyboard.down('Shift')
  await expect.poll(() => heard(front, shift)).toEqual([true])

  await page.evaluate(() => document.exitFullscreen())

  await isUp(front, shift)
})

test('a key that was down when the line broke is let go over the next one', async ({
  page,
  front,
}) => {
  const screen = await openScreen(page, 'web-01')
  await expect(screen.locator('canvas')).toBeFocused()
  await page.keyboard.down('Control')
  await expect.poll(() => heard(front, control)).toEqual([true])

  front.terminate()
  await expect(screen).toHaveAttribute('data-attempt', '2')
  await expect(screen).toHaveAttribute('data-connection', 'open')

  await isUp(front, control)
})

test('a sticky modifier holds for one key, and locked until it is let go', async ({
  page,
  front,
}) => {
  const screen = await openScreen(page, 'web-01')
  await button(page, 'Keys').click()
  await button(page, 'Ctrl').click()
  await screen.locator('canvas').click()
  expect(heard(front, control)).toEqual([true])
  await page.keyboard.press('c')
  await expect.poll(() => heard(front, control)).toEqual([true, false])

  await button(page, 'Keys').click()
  await button(page, 'Ctrl').dblclick()
  await screen.locator('canvas').click()
  await page.keyboard.type('cc')
  await expect.poll(() => heard(front, 0x63).length).toBe(6)
  expect(heard(front, control)).toEqual([true, false, true])
  await button(page, 'Let Ctrl go').click()
  await isUp(front, control)
})

test('one’s own combinations are kept, pressed and removed', async ({ page, front }) => {
  await openScreen(page, 'web-01')
  await button(page, 'Keys').click()
  await page.getByText('Your own combinations').click()
  await page.getByRole('checkbox', { name: 'Alt', exact: true }).check()
  await page.getByLabel('Key', { exact: true }).fill('nonsense')
  await expect(button(page, 'Keep')).toHaveAttribute('aria-disabled', 'true')
  await page.getByLabel('Key', { exact: true }).fill('f7')
  await button(page, 'Keep').click()

  await page.reload()
  await expect(page.locator('[data-connection=open]')).toBeVisible({ timeout: 20_000 })
  await button(page, 'Keys').click()
  front.said.length = 0
  await button(page, 'Ctrl+Alt+F7').last().click()
  await expect
    .poll(() => keysSaid(front.said).map(({ keysym, down }) => [keysym, down]))
    .toEqual([
      [control, true],
      [alt, true],
      [0xffc4, true],
      [0xffc4, false],
      [alt, false],
      [control, false],
    ])
  await expect(button(page, 'Remove Ctrl+Alt+F7')).toHaveCount(0)
  await button(page, 'Keys').click()
  await button(page, 'Remove Ctrl+Alt+F7').click()
  await expect(button(page, 'Remove Ctrl+Alt+F7')).toHaveCount(0)
})

test('Ctrl+Alt+Del is asked for on Linux, and SysRq says what it does', async ({
  page,
  front,
}) => {
  await openScreen(page, 'web-01')
  await button(page, 'Keys').click()
  await button(page, 'Ctrl+Alt+Del').click()
  await (await dialog(page)).getByRole('button', { name: 'Cancel' }).click()
  expect(heard(front, 0xffff)).toEqual([])

  await button(page, 'Keys').click()
  await page.getByText('When Linux hangs (SysRq)').click()
  await page.getByRole('button', { name: /^SysRq S: Write what is in memory/ }).click()
  await expect.poll(() => heard(front, 0x73)).toEqual([true, false])
  expect(heard(front, 0xff61)).toEqual([true, false])
  expect(heard(front, alt)).toEqual([true, false])
})

test('Ctrl+Alt+Del goes to Windows at once', async ({ page, front }) => {
  await openScreen(page, 'win-accounting-01')
  await button(page, 'Keys').click()
  await button(page, 'Ctrl+Alt+Del').click()

  await expect.poll(() => heard(front, 0xffff)).toEqual([true, false])
})
