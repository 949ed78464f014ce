/** Pages go on when a file of something that lies over them can't be loaded. */
import { expect, launchConsole, test } from './app.ts'
import { launchWithout } from './launch-without.ts'
import { dialog, expectState } from './vocabulary.ts'
import { find } from './zone.ts'

test('without the files of the tray, the toasts and the followers, an instance is stopped all the same', async ({
  page,
}, info) => {
  test.setTimeout(120_000)
  const files = ['OperationLine', 'TrayLine', 'ToastViewport', 'Followers']
  const app = await launchWithout(files, info)
  const web = await find(app, 'web-01')
  const path = `${app.url}/instances/${web?.zone}/${web?.id}`
  const heading = page.getByRole('heading', { level: 1, name: 'web-01' })
  // A missing file reloads the page once a minute.
  let loads = 0
  page.on('load', () => (loads += 1))
  await page.goto(path)
  await expect.poll(() => loads).toBe(2)
  await expect(heading).toBeVisible()

  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await (await dialog(page)).getByRole('button', { name: 'Stop web-01' }).click()

  await expectState(page, 'stopped')
  await expect(heading).toBeVisible()
  expect(loads).toBe(2)
  await app.kill()
})

test('a page without its first texts says that it can’t be loaded', async ({
  page,
}, info) => {
  const app = await launchWithout(['texts-en-first'], info)
  await page.goto(`${app.url}/settings`)

  await expect(
    page.getByText(
      'Vedette couldn’t be loaded. Check your connection and reload the page.',
    ),
  ).toBeVisible()
  await app.kill()
})

test('a language without its files is offered with a reload, which shows the updated page', async ({
  page,
}, info) => {
  const app = await launchWithout(['texts-de-rest'], info)
  await page.goto(`${app.url}/settings`)
  await page.getByRole('radio', { name: 'Deutsch' }).check()
  const said = page
    .getByRole('alert')
    .filter({ hasText: 'This language couldn’t be loaded' })
  await expect(said).toContainText('Reload the page to try again.')
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()

  await app.kill()
  const updated = await launchConsole({ PORT: new URL(app.url).port })
  await said.getByRole('button', { name: 'Reload page' }).click()

  await expect(page.getByRole('heading', { level: 1, name: 'Einstellungen' })).toBeVisible()
  await updated.kill()
})

test('a form in use stays as it is when a file of it is missing', async ({
  page,
}, info) => {
  const app = await launchWithout(['code-editor'], info)
  let loads = 0
  page.on('load', () => (loads += 1))
  await page.goto(`${app.url}/instances/new`)
  const name = page.getByRole('textbox', { name: /^Name/ })
  await name.fill('typed-lark')

  const checked = page.waitForResponse(`${app.url}/healthz`)
  const userData = page.getByRole('textbox', { name: 'cloud-init user data' })
  await userData.click()
  await checked
  await page.keyboard.type('#cloud-config')

  await expect(userData).toHaveValue('#cloud-config')
  await expect(name).toHaveValue('typed-lark')
  expect(loads).toBe(1)
  await app.kill()
})

test('presenter mode without its file is said to be missing once, wherever it is turned on', async ({
  page,
}, info) => {
  const app = await launchWithout(['start'], info)
  let loads = 0
  page.on('load', () => (loads += 1))
  await page.goto(`${app.url}/settings`)
  // The page looks for the file, and for a newer page once.
  await expect.poll(() => loads).toBe(2)
  const said = page
    .locator('[data-part=toasts]')
    .getByText('This part couldn’t be loaded. Reload the page to try again.')
  const mode = page.getByRole('switch', { name: 'Presenter mode' })
  await mode.click()
  await expect(said).toHaveCount(1)
  await expect(mode).not.toBeChecked()

  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').getByRole('combobox').fill('presenter')
  await page.getByRole('option', { name: 'Presenter mode' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await mode.click()
  await expect(mode).not.toBeChecked()
  await expect(said).toHaveCount(1)
  await app.kill()
})
