/** Two ways to use the pages: with the mouse, and with the keyboard alone. */
import { expect, type Locator } from '@playwright/test'

/** How a person reaches and uses things. */
export type Hand = {
  press(target: Locator): Promise<void>
  /** Chooses one of a menu that a button opens. */
  choose(button: Locator, item: string): Promise<void>
  fill(field: Locator, text: string): Promise<void>
  /** Chooses a radio button of a group that has the focus on one of them or none. */
  check(radio: Locator): Promise<void>
  /** Ticks a box, or clears it. */
  toggle(box: Locator): Promise<void>
}

export const mouse: Hand = {
  press: (target) => target.click(),
  async choose(button, item) {
    await button.click()
    await button.page().getByRole('menuitem', { name: item }).click()
  },
  fill: (field, text) => field.fill(text),
  check: (radio) => radio.check(),
  toggle: (box) => box.click(),
}

const hasFocus = (target: Locator) =>
  target.evaluate((element) => element === document.activeElement)

const most = 80

async function tabTo(target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let stops = 0; stops < most && !(await hasFocus(target)); stops += 1)
    await target.page().keyboard.press('Tab')
  await expect(target).toBeFocused()
}

export const keyboard: Hand = {
  async press(target) {
    await tabTo(target)
    // As the mouse waits for it.
    await expect(target).toBeEnabled()
    await target.page().keyboard.press('Enter')
  },
  async choose(button, item) {
    const page = button.page()
    await keyboard.press(button)
    const entry = page.getByRole('menuitem', { name: item })
    await expect(entry).toBeVisible()
    for (let steps = 0; steps < most && !(await hasFocus(entry)); steps += 1)
      await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
  },
  async fill(field, text) {
    await tabTo(field)
    await field.page().keyboard.press('ControlOrMeta+a')
    await field.page().keyboard.type(text)
  },
  async toggle(box) {
    await tabTo(box)
    await box.page().keyboard.press('Space')
  },
  async check(radio) {
    const page = radio.page()
    const group = page.getByRole('radio').and(page.locator(':focus'))
    for (let stops = 0; stops < most && (await group.count()) === 0; stops += 1)
      await page.keyboard.press('Tab')
    for (let steps = 0; steps < most && !(await hasFocus(radio)); steps += 1)
      await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Space')
    await expect(radio).toBeChecked()
  },
}
