/** The history of an instance: differences, undo, repeat, and links. */
import type { Locator, Page } from '@playwright/test'

import { expect, test } from './app.ts'
import { keyboard, mouse } from './hand.ts'
import {
  chooseAction,
  dialog,
  expectState,
  openInstance,
  openScreen,
} from './vocabulary.ts'
import { find, read } from './zone.ts'

test.use({ settings: { SANDBOX_SPEED: '20' } })

const tray = (page: Page) => page.getByRole('region', { name: 'Operations' })

/** The undo button in the tray, by its name. */
const undo = (page: Page, says: RegExp) =>
  tray(page).getByRole('listitem').filter({ hasText: says }).getByRole('button', {
    name: 'Undo',
  })

async function openPart(page: Page, name: string): Promise<void> {
  const parts = page.getByRole('navigation', { name: 'Instance sections' })
  await parts.getByRole('link', { name }).click()
}

/** The entries of the timeline with a text. */
const lines = (page: Page, text: string | RegExp): Locator =>
  page
    .getByRole('list', { name: 'Activity' })
    .getByRole('listitem')
    .filter({
      hasText: text,
      has: page.getByRole('button', { name: /^Actions for/ }),
    })

async function choose(page: Page, line: Locator, item: string | RegExp): Promise<void> {
  await line.getByRole('button', { name: /^Actions for/ }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

async function rename(page: Page, from: string, to: string): Promise<void> {
  await chooseAction(page, 'Rename…')
  const asking = await dialog(page)
  await asking.getByRole('textbox').fill(to)
  await asking.getByRole('button', { name: `Rename ${from}` }).click()
  await expect(page.getByRole('heading', { level: 1, name: to })).toBeVisible()
}

async function setLabel(page: Page, key: string, value: string): Promise<void> {
  await openPart(page, 'Settings')
  await page.getByRole('button', { name: 'Add label' }).click()
  await page
    .getByRole('textbox', { name: /^Key for label/ })
    .last()
    .fill(key)
  await page
    .getByRole('textbox', { name: /^Value for label/ })
    .last()
    .fill(value)
  await page.getByRole('button', { name: 'Save labels' }).click()
  await expect(page.getByRole('button', { name: 'Save labels' })).toBeHidden()
}

test('a new name is shown with the old one, and undone in its toast', async ({ page }) => {
  await openInstance(page, 'bastion')
  await rename(page, 'bastion', 'gate "1" 🚪')
  await openPart(page, 'Activity')
  await expect(lines(page, 'bastion → gate "1" 🚪')).toHaveCount(1)

  await undo(page, /Rename back to bastion/).click()

  await expect(page.getByRole('heading', { level: 1, name: 'bastion' })).toBeVisible()
  await expect(lines(page, 'gate "1" 🚪 → bastion')).toHaveCount(1)
})

test('labels are shown as a difference and restored, except those that have changed since', async ({
  page,
  app,
}) => {
  await openInstance(page, 'bastion')
  await setLabel(page, 'stage', 'dev')
  await page.reload()
  await page
    .getByRole('textbox', { name: /^Value for label/ })
    .last()
    .fill('prod')
  await page.getByRole('button', { name: 'Save labels' }).click()
  await openPart(page, 'Activity')
  await expect(lines(page, 'stage: dev → prod')).toHaveCount(1)

  // The older change was overwritten, so there is nothing to undo.
  await lines(page, '+ stage: dev').getByRole('button').click()
  await expect(page.getByText('A newer change has replaced this one.')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menuitem')).toHaveCount(0)
  await choose(page, lines(page, 'stage: dev → prod'), /^Undo/)

  await expect(lines(page, 'stage: prod → dev')).toHaveCount(1)
  const found = await find(app, 'bastion')
  expect(found && (await read(app, found))?.labels).toMatchObject({ stage: 'dev' })
})

test('a change of labels is repeated in its form, and keeps the labels that came since', async ({
  page,
  app,
}) => {
  await openInstance(page, 'bastion')
  await setLabel(page, 'stage', 'dev')
  await undo(page, /Restore the previous labels/).click()
  await openPart(page, 'Activity')
  await expect(lines(page, '− stage: dev')).toHaveCount(1)
  const found = await find(app, 'bastion')
  const labels = async () => (found && (await read(app, found))?.labels) ?? {}
  await expect.poll(labels).not.toHaveProperty('stage')
  await openPart(page, 'Settings')
  await expect(page.getByRole('button', { name: 'Add label' })).toBeVisible()
  await expect(page.getByRole('textbox', { name: /^Key for label/ })).toHaveCount(0)
  await setLabel(page, 'since', 'then')
  await openPart(page, 'Activity')

  await choose(page, lines(page, '+ stage: dev'), 'Repeat')

  await expect(page.getByRole('list', { name: 'Pending changes' })).toHaveText(
    '+ stage=dev',
  )
  expect(await labels()).not.toHaveProperty('stage')
  await page.getByRole('button', { name: 'Save labels' }).click()
  await expect.poll(labels).toMatchObject({ stage: 'dev', since: 'then' })
})

test('a stop is undone by a start, a start only after a confirmation', async ({ page }) => {
  await openInstance(page, 'bastion')
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await (await dialog(page)).getByRole('button', { name: 'Stop bastion' }).click()
  await expectState(page, 'stopped')
  await undo(page, /Start the instance again/).click()
  await expectState(page, 'running')
  await openPart(page, 'Activity')

  await expect(lines(page, /^DoneStop/)).toContainText(/Took \d+ s/)
  await choose(page, lines(page, /^DoneStart/), /^Undo/)

  const asking = await dialog(page)
  await expect(asking.getByRole('button', { name: 'Stop bastion' })).toBeVisible()
  await asking.getByRole('button', { name: 'Cancel' }).click()
  await expectState(page, 'running')
})

test('a change of protection is shown and undone', async ({ page }) => {
  await openInstance(page, 'bastion')
  await openPart(page, 'Settings')
  await page.getByRole('button', { name: 'Turn on protection', exact: true }).click()
  await expect(page.getByText(/^On since .*turned on in Vedette/)).toBeVisible()

  await undo(page, /Turn deletion protection back off/).click()

  await expect(page.getByText(/^Off since .*turned off in Vedette/)).toBeVisible()
})

test('an opened console is listed once, however often it connected', async ({ page }) => {
  await openScreen(page, 'bastion')
  await page.reload()
  const screen = page.getByRole('application', { name: 'Screen of bastion' })
  await expect(screen).toHaveAttribute('data-connection', 'open', { timeout: 20_000 })

  await openInstance(page, 'bastion')
  await openPart(page, 'Activity')

  await expect(lines(page, 'Opened console')).toHaveCount(1)
  await expect(lines(page, 'Opened console')).toContainText('Demo')
})

test('a link opens its entry, filters reduce the list, and a command shows the change', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openInstance(page, 'bastion')
  await rename(page, 'bastion', 'gate')
  await openPart(page, 'Activity')
  const line = lines(page, 'bastion → gate')
  await choose(page, line, 'Show exo command')
  await expect(line).toContainText(/exo compute instance update .*--name gate/)
  await choose(page, line, 'Copy link to this entry')
  const link = await page.evaluate(() => navigator.clipboard.readText())

  await page.goto(link)

  await expect(line).toHaveAttribute('aria-current', 'true')
  await expect(line).toBeInViewport()
  await page.getByRole('combobox', { name: 'Type' }).selectOption('other')
  await expect(line).toHaveCount(0)
  await page.getByRole('combobox', { name: 'Type' }).selectOption('settings')
  await page.getByRole('combobox', { name: 'User' }).selectOption('Demo')
  await expect(line).toHaveCount(1)
})

test('the usual duration is measured, and shown the next time', async ({ page }) => {
  await openInstance(page, 'bastion')
  for (let time = 0; time < 2; time += 1) {
    await page.getByRole('button', { name: 'Stop', exact: true }).click()
    await (await dialog(page)).getByRole('button', { name: 'Stop bastion' }).click()
    await expectState(page, 'stopped')
    await page.getByRole('button', { name: 'Start', exact: true }).click()
    await expectState(page, 'running')
  }

  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  const asking = await dialog(page)
  await expect(asking.getByText(/^Usually takes about \d+ s\.$/)).toBeVisible()
  await asking.getByRole('button', { name: 'Stop bastion' }).click()

  await expect(tray(page).getByText(/^Usually takes about \d+ s\.$/)).toBeVisible()
})

test('a snapshot’s note is written with it, and shown in the revert dialog', async ({
  page,
}) => {
  await openInstance(page, 'bastion')
  await chooseAction(page, 'Take snapshot…')
  const asking = await dialog(page)
  await asking.getByRole('textbox', { name: 'Note' }).fill('before the "update" 🚧')
  await asking.getByRole('button', { name: 'Take snapshot of bastion' }).click()
  await openPart(page, 'Snapshots')
  await expect(page.getByText('before the "update" 🚧')).toBeVisible()
  await expect(page.getByText('Ready', { exact: true })).toBeVisible({ timeout: 20_000 })

  await page.getByRole('button', { name: /^Actions for snapshot/ }).click()
  await page.getByRole('menuitem', { name: /^Revert to snapshot/ }).click()

  await expect((await dialog(page)).getByText('before the "update" 🚧')).toBeVisible()
})

for (const [how, hand] of Object.entries({ mouse, keyboard })) {
  test(`a snapshot’s note is added, changed and removed in place, by ${how}`, async ({
    page,
  }) => {
    await openInstance(page, 'old-wiki')
    await openPart(page, 'Snapshots')
    const add = page.getByRole('button', { name: /^Add note to snapshot/ }).first()
    const note = page.getByRole('textbox', { name: 'Note' })
    const change = page.getByRole('button', { name: /^Edit note for snapshot/ })
    await hand.press(add)
    await expect(note).toBeFocused()
    await page.keyboard.type('golden 🥇')
    await page.keyboard.press('Escape')
    await expect(note).toHaveCount(0)
    await expect(add).toBeFocused()
    await expect(page.getByText('golden 🥇')).toHaveCount(0)

    await hand.press(add)
    await page.keyboard.type('golden 🥇')
    await page.keyboard.press('Enter')
    await expect(page.getByText('golden 🥇')).toBeVisible()
    await expect(change).toBeFocused()
    await page.reload()
    await expect(page.getByText('golden 🥇')).toBeVisible()

    await hand.press(change)
    await page.keyboard.press('Delete')
    await hand.press(page.getByRole('button', { name: 'Remove note' }))
    await expect(page.getByText('golden 🥇')).toHaveCount(0)
    await expect(add).toBeFocused()
  })
}

test('a snapshot’s note is kept when the page is closed right after the request', async ({
  page,
  context,
}) => {
  await openInstance(page, 'bastion')
  await chooseAction(page, 'Take snapshot…')
  const asking = await dialog(page)
  await asking.getByRole('textbox', { name: 'Note' }).fill('left in a hurry')
  const sent = page.waitForRequest(/\/snapshots\//)
  await asking.getByRole('button', { name: 'Take snapshot of bastion' }).click()
  await sent
  await page.close()

  const later = await context.newPage()
  await openInstance(later, 'bastion')
  await openPart(later, 'Snapshots')
  await expect(later.getByText('left in a hurry')).toBeVisible()
})

test('a deleted snapshot is marked as final, and listed with its instance', async ({
  page,
}) => {
  await openInstance(page, 'old-wiki')
  await openPart(page, 'Snapshots')
  await page
    .getByRole('button', { name: /^Actions for snapshot/ })
    .first()
    .click()
  await page.getByRole('menuitem', { name: 'Delete…' }).click()
  await (await dialog(page)).getByRole('button', { name: /^Delete snapshot/ }).click()

  const line = tray(page).getByRole('listitem').filter({ hasText: 'Delete snapshot' })
  await expect(line).toContainText('You can’t undo this.')
  await expect(line.getByRole('link', { name: 'old-wiki' })).toBeVisible()
  await openPart(page, 'Activity')
  await expect(lines(page, 'Delete snapshot')).toHaveCount(1)
})

test('a failed change can be tried again where its failure is shown', async ({ page }) => {
  await openInstance(page, 'fails-on-start')
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await expect(tray(page)).toContainText('1 failed')

  await tray(page).getByRole('button', { name: 'Retry' }).click()

  // The new failure replaces the old one.
  await expect(tray(page)).toContainText('1 in progress')
  await expect(tray(page)).toContainText('1 failed')
})

test('a detached volume is attached again, and an attached one is detached after a confirmation', async ({
  page,
}) => {
  await openInstance(page, 'web-02')
  await openPart(page, 'Volumes')
  await page.getByRole('button', { name: 'Attach old-uploads' }).click()
  await undo(page, /Detach the volume again \(asks for confirmation\)/).click()
  const asking = await dialog(page)
  await asking.getByRole('button', { name: 'Detach old-uploads from web-02' }).click()
  await undo(page, /^(?!.*asks for confirmation).*Attach again/s).click()

  await expect(page.getByRole('button', { name: 'Detach old-uploads…' })).toBeEnabled({
    timeout: 20_000,
  })
  await openPart(page, 'Activity')
  await expect(lines(page, 'old-uploads')).toHaveCount(3)
})

test('a changed switch is changed back', async ({ page }) => {
  await openInstance(page, 'bastion')
  await openPart(page, 'Settings')
  const toggle = page.getByRole('switch', { name: 'Application-consistent snapshots' })
  await toggle.click()
  await expect(toggle).toBeChecked({ timeout: 20_000 })

  await undo(page, /Turn application-consistent snapshots back off/).click()

  await expect(toggle).not.toBeChecked({ timeout: 20_000 })
})
