/** What the keys do on the wire: nothing stays down, and what a browser keeps can be sent. */
import type { Page } from '@playwright/test'

import { keysSaid, type ConsoleFront } from './console-front.ts'
import { expect, look, test } from './front-app.ts'
import { dialog } from './vocabulary.ts'

const control = 0xffe3
const alt = 0xffe9
const shift = 0xffe1

/** The events of one key that the instance got: true is down. */
const heard = (front: ConsoleFront, keysym: number) =>
  keysSaid(front.said)
    .filter((key) => key.keysym === keysym)
    .map(({ down }) => down)

const isUp = (front: ConsoleFront, keysym: number) =>
  expect.poll(() => heard(front, keysym).at(-1)).toBe(false)

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

const openMenu = async (page: Page, item: string) => {
  await button(page, 'Screen').click()
  await page.locator('[role=menuitem],[role=menuitemcheckbox]', { hasText: item }).click()
  // Closing, it gives the focus back to its button.
  await expect(page.getByRole('menu')).toHaveCount(0)
}

type Way = {
  when: string
  go: (page: Page) => Promise<void>
  /** Returns to a screen that gets the keys. */
  back: (page: Page) => Promise<void>
}

const ways: Way[] = [
  {
    when: 'the focus goes to a button',
    go: (page) => button(page, 'Full screen').focus(),
    back: async () => {},
  },
  {
    when: 'a menu opens',
    go: async (page) => {
      await button(page, 'Screen').click()
      await expect(page.getByRole('menu')).toBeVisible()
    },
    back: (page) => page.keyboard.press('Escape'),
  },
  {
    when: 'it becomes view only',
    go: (page) => openMenu(page, 'View-only'),
    back: (page) => openMenu(page, 'View-only'),
  },
  {
    // The headless shell never takes the focus from a page.
    when: 'another tab is gone to @whole',
    go: async (page) => {
      // Otherwise every page of a headless browser has the focus.
      const devtools = await page.context().newCDPSession(page)
      await devtools.send('Emulation.setFocusEmulationEnabled', { enabled: false })
      const other = await page.context().newPage()
      await other.bringToFront()
    },
    back: (page) => page.bringToFront(),
  },
  {
    when: 'full screen ends',
    go: (page) => page.evaluate(() => document.exitFullscreen()),
    back: async () => {},
  },
  {
    when: 'it is disconnected',
    go: (page) => openMenu(page, 'Disconnect'),
    back: (page) => page.getByRole('button', { name: 'Connect', exact: true }).click(),
  },
  {
    when: 'another page is gone to',
    go: async (page) => void (await page.goBack()),
    back: async (page) => void (await page.goForward()),
  },
]

for (const { when, go, back } of ways)
  test(`Ctrl, Alt and Shift are released when ${when}`, async ({ page, app, front }) => {
    await page.goto('/help')
    const screen = await look(page, app)
    for (const [name, keysym] of Object.entries({
      Control: control,
      Alt: alt,
      Shift: shift,
    })) {
      if (when === 'full screen ends') await button(page, 'Full screen').click()
      await expect(screen).toHaveAttribute('data-connection', 'open')
      await screen.locator('canvas').click()
      await expect(screen.locator('canvas')).toBeFocused()
      front.said.length = 0
      await page.keyboard.down(name)
      await expect.poll(() => heard(front, keysym)).toEqual([true])

      await go(page)

      await isUp(front, keysym)
      await page.keyboard.up(name)
      // A second release is harmless; a second press isn't.
      expect(heard(front, keysym).filter((down) => down)).toHaveLength(1)
      await back(page)
    }
  })

test('a key that was down when the connection was lost is released over the next one', async ({
  page,
  app,
  front,
}) => {
  const screen = await look(page, app)
  await screen.locator('canvas').click()
  await page.keyboard.down('Control')
  await expect.poll(() => heard(front, control)).toEqual([true])

  front.terminate()
  await expect(screen).toHaveAttribute('data-attempt', '2')
  await expect(screen).toHaveAttribute('data-connection', 'open')

  await isUp(front, control)
})

test('a sticky modifier holds for one key, and if locked until it is released', async ({
  page,
  app,
  front,
}) => {
  const screen = await look(page, app)
  await button(page, 'Keys').click()
  await button(page, 'Ctrl').click()
  await screen.locator('canvas').click()
  await expect.poll(() => heard(front, control)).toEqual([true])
  await page.keyboard.press('c')
  await expect.poll(() => heard(front, control)).toEqual([true, false])

  await button(page, 'Keys').click()
  await button(page, 'Ctrl').dblclick()
  await screen.locator('canvas').click()
  await page.keyboard.type('cc')
  await expect.poll(() => heard(front, 0x63).length).toBe(6)
  expect(heard(front, control)).toEqual([true, false, true])
  await button(page, 'Release Ctrl').click()
  await isUp(front, control)
})

test('a person’s own combinations are stored, pressed and removed', async ({
  page,
  app,
  front,
}) => {
  await look(page, app)
  await button(page, 'Keys').click()
  await page.getByText('Custom key combinations').click()
  await page.getByRole('checkbox', { name: 'Alt', exact: true }).check()
  await page.getByLabel('Key', { exact: true }).fill('nonsense')
  await expect(button(page, 'Add')).toHaveAttribute('aria-disabled', 'true')
  await page.getByLabel('Key', { exact: true }).fill('f7')
  await button(page, 'Add').click()

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

test('Ctrl+Alt+Del needs a confirmation on Linux, and SysRq keys have a description', async ({
  page,
  app,
  front,
}) => {
  await look(page, app)
  await button(page, 'Keys').click()
  await button(page, 'Ctrl+Alt+Del').click()
  await (await dialog(page)).getByRole('button', { name: 'Cancel' }).click()
  expect(heard(front, 0xffff)).toEqual([])

  await button(page, 'Keys').click()
  await page.getByText('When Linux doesn’t respond (SysRq)').click()
  await page.getByRole('button', { name: /^SysRq S: Write unsaved data to disk/ }).click()
  await expect.poll(() => heard(front, 0x73)).toEqual([true, false])
  await expect.poll(() => heard(front, 0xff61)).toEqual([true, false])
  await expect.poll(() => heard(front, alt)).toEqual([true, false])
})

test('Ctrl+Alt+Del goes to Windows at once', async ({ page, app, front }) => {
  await look(page, app, 'win-accounting-01')
  await button(page, 'Keys').click()
  await button(page, 'Ctrl+Alt+Del').click()

  await expect.poll(() => heard(front, 0xffff)).toEqual([true, false])
})
