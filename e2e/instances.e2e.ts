import { expect, test } from './app.ts'
import {
  chooseAction,
  dialog,
  expectClosed,
  expectState,
  openInstance,
  openList,
  row,
} from './vocabulary.ts'

test('the list shows living instances of several zones', async ({ page }) => {
  await openList(page)

  await expectState(row(page, 'web-01'), 'running')
  await expect(row(page, 'web-01')).toContainText('Geneva')
  await expect(page.getByText('Sandbox').first()).toBeVisible()
})

test.describe('at the speed of real zones', () => {
  // Faster, the states in between may be over before a busy machine shows them.
  test.use({ settings: { SANDBOX_SPEED: '1' } })

  test('a running instance is stopped and started again', async ({ page }) => {
    await openInstance(page, 'web-01')

    await page.getByRole('button', { name: 'Stop', exact: true }).click()
    await (await dialog(page)).getByRole('button', { name: 'Stop web-01' }).click()

    await expectState(page, 'stopping')
    await expectState(page, 'stopped')
    await page.getByRole('button', { name: 'Start', exact: true }).click()
    await expectState(page, 'starting')
    await expectState(page, 'running')
  })

  test('what one tab does is seen in another', async ({ page, context }) => {
    await openInstance(page, 'web-01')
    const other = await context.newPage()
    await openList(other)

    await page.getByRole('button', { name: 'Stop', exact: true }).click()
    await (await dialog(page)).getByRole('button', { name: 'Stop web-01' }).click()

    await expectState(row(other, 'web-01'), 'stopping')
    await expectState(row(other, 'web-01'), 'stopped')
  })
})

test('a reboot is shown in the operations tray until its end', async ({ page }) => {
  await openInstance(page, 'web-01')

  await page.getByRole('button', { name: 'Reboot', exact: true }).click()
  await (await dialog(page)).getByRole('button', { name: 'Reboot web-01' }).click()

  const tray = page.getByRole('region', { name: 'Operations' })
  await expect(tray).toContainText('web-01')
  await expectState(page, 'running')
})

test('an instance is deleted only after its name was typed', async ({ page }) => {
  await openInstance(page, 'web-02')

  await chooseAction(page, 'Delete…')
  const asking = await dialog(page)
  const confirm = asking.getByRole('button', { name: 'Delete web-02' })
  await expect(confirm).toBeDisabled()
  await asking.getByRole('textbox').fill('web-02')
  await confirm.click()

  await expect(page.getByRole('region', { name: 'Operations' })).toContainText('web-02', {
    timeout: 20_000,
  })
  await expectClosed(asking)
  await openList(page)
  await expect(row(page, 'web-02')).toHaveCount(0, { timeout: 20_000 })
  await expectState(row(page, 'web-01'), 'running')
})

test('a reload in the middle of an operation loses neither state nor tray', async ({
  page,
}) => {
  await openInstance(page, 'web-01')
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  const asking = await dialog(page)
  await asking.getByRole('button', { name: 'Stop web-01' }).click()
  await expect(page.getByRole('region', { name: 'Operations' })).toContainText('web-01')
  await expectClosed(asking)

  await page.reload()

  await expect(page.getByRole('region', { name: 'Operations' })).toContainText('web-01')
  await expectState(page, 'stopped')
})

test('the filter lives in the address and survives a reload', async ({ page }) => {
  await openList(page)
  await page.getByRole('combobox', { name: 'Search instances' }).fill('web-01')
  await expect(row(page, 'web-02')).toHaveCount(0)

  await page.reload()

  await expect(page.getByRole('combobox', { name: 'Search instances' })).toHaveValue(
    'web-01',
  )
  await expect(row(page, 'web-01')).toBeVisible()
  await expect(row(page, 'web-02')).toHaveCount(0)
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

  test('nothing is waited for but what the page needs', async ({ page }) => {
    // A wait by the clock would never end.
    await page.clock.install()
    await page.clock.pauseAt(Date.now() + 1_000)

    await page.goto('/instances')

    await expect(page.getByRole('heading', { level: 1, name: 'Instances' })).toBeVisible()
    await expect(page.getByRole('link', { name: 'bastion', exact: true })).toBeVisible()
  })
})
