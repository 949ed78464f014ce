/** How people get in: the first account, signing in and in again, people, and one's own sessions. */
import { axe } from './accessible.ts'
import { expect, test } from './app.ts'
import {
  accept,
  another,
  chooseForPerson,
  createFirst,
  firstLink,
  invite,
  otherBrowser,
  passphrase,
  password,
  signIn,
} from './people.ts'
import { instancesGrid, openInstance } from './vocabulary.ts'

test.use({ settings: { SIGN_IN: 'local' } })

test('the first account is made by the link in the server’s output, once', async ({
  page,
  app,
  browser,
}) => {
  await page.goto('/wall')
  await expect(page).toHaveURL(/\/sign-in\?to=%2Fwall$/)
  await expect(page.getByText('No accounts yet')).toBeVisible()

  await page.goto(firstLink(app))
  await expect(page).toHaveURL(/\/set-up$/)
  await page.reload()
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByText('Enter your name.')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Your name' })).toBeFocused()
  await page.getByRole('textbox', { name: 'Your name' }).fill('Ada')
  await password(page).fill('aaaaaaaaaaaaaaaaaa')
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByText('The password is easy to guess.')).toBeVisible()
  expect(await axe(page, 'main')).toEqual([])
  await password(page).fill(passphrase)
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()

  // A link that someone has used says so before a password is typed, and leads on.
  const late = await otherBrowser(browser, app)
  await late.goto(firstLink(app))
  await expect(late.getByText('The link isn’t valid anymore')).toBeVisible()
  await expect(password(late)).toHaveCount(0)
  await late.getByRole('link', { name: 'Go to sign-in' }).click()
  await signIn(late, 'Ada', passphrase)
  await expect(late.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  await late.context().close()
})

test('an old tab of the first link says that someone was faster, and leads to sign-in', async ({
  page,
  app,
  browser,
}) => {
  const old = await otherBrowser(browser, app)
  await old.goto(firstLink(app))
  await old.getByRole('textbox', { name: 'Your name' }).fill('Eve')
  await createFirst(page, app)

  await password(old).fill(another)
  await old.getByRole('button', { name: 'Create account' }).click()

  await expect(old.getByText('The link isn’t valid anymore')).toBeVisible()
  // Restarting the server gives no other link by now.
  await expect(old.getByText('Otherwise, ask an admin for a new link.')).toBeVisible()
  await old.getByRole('link', { name: 'Go to sign-in' }).click()
  await expect(old.getByRole('textbox', { name: 'Name' })).toBeVisible()
  await old.context().close()
})

test('signing in leads to where one was going, and keeps the name after a mistake', async ({
  page,
  app,
}) => {
  await createFirst(page, app)
  await page.getByRole('button', { name: 'Account: Ada' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/sign-in$/)

  await page.goto('/limits?a=b')
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  expect(await axe(page, 'main')).toEqual([])
  await signIn(page, 'Ada', 'not the password at all')
  await expect(page.getByRole('alert')).toContainText('The name or the password is wrong')
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('Ada')
  await page.getByRole('button', { name: 'Show password' }).click()
  await expect(password(page)).toHaveValue('not the password at all')
  await password(page).fill(passphrase)
  await page.keyboard.press('Enter')

  await expect(page.getByRole('heading', { level: 1, name: 'Limits' })).toBeVisible()
  await expect(page).toHaveURL(/\/limits\?a=b$/)
})

test('a session that ends is renewed over the page, which keeps what was typed', async ({
  page,
  app,
  browser,
}) => {
  await createFirst(page, app)
  await openInstance(page, 'web-01')
  const note = page.getByRole('textbox', { name: 'Note' })
  await note.fill('Half a sentence')

  const elsewhere = await otherBrowser(browser, app)
  await elsewhere.goto('/settings')
  await signIn(elsewhere, 'Ada', passphrase)
  await elsewhere.getByRole('button', { name: 'Sign out everywhere' }).click()
  await expect(elsewhere).toHaveURL(/\/sign-in$/)
  await elsewhere.context().close()

  // The stream has ended, so that nothing need be pressed.
  const again = page.getByRole('alertdialog', { name: 'Sign in again' })
  await expect(again).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(again).toBeVisible()
  await expect(again.getByRole('button', { name: 'Close' })).toHaveCount(0)
  expect(await axe(page, '[role=alertdialog]')).toEqual([])
  await expect(again.getByRole('textbox', { name: 'Name' })).toHaveValue('Ada')
  await again.getByRole('textbox', { name: 'Password' }).fill(passphrase)
  await again.getByRole('button', { name: 'Sign in' }).click()

  await expect(again).toBeHidden()
  await expect(note).toHaveValue('Half a sentence')
  await page.getByRole('button', { name: 'Save note' }).click()
  await expect(page.getByText(/Last edited by Ada/)).toBeVisible()
  await expect(page.getByText('Reconnecting to Vedette…')).toHaveCount(0)
})

test('an open question stays open while one signs in again', async ({
  page,
  app,
  browser,
}) => {
  await createFirst(page, app)
  await openInstance(page, 'web-01')
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Rename…' }).click()
  const rename = page.locator('[data-part=body]').getByRole('textbox').first()
  await rename.fill('web-renamed')

  const elsewhere = await otherBrowser(browser, app)
  await elsewhere.goto('/settings')
  await signIn(elsewhere, 'Ada', passphrase)
  await elsewhere.getByRole('button', { name: 'Sign out everywhere' }).click()
  await expect(elsewhere).toHaveURL(/\/sign-in$/)
  await elsewhere.context().close()

  const again = page.getByRole('alertdialog', { name: 'Sign in again' })
  await again.getByRole('textbox', { name: 'Password' }).click()
  await page.keyboard.type(passphrase)
  await page.keyboard.press('Enter')

  await expect(again).toBeHidden()
  await expect(rename).toHaveValue('web-renamed')
})

test('an admin invites a person, and a new role is theirs without a reload', async ({
  page,
  app,
  browser,
}) => {
  await createFirst(page, app)
  const link = await invite(page, 'Grace', 'Viewer')
  const line = page.getByRole('row', { name: /Grace/ })
  await expect(line).toContainText('Invited')

  const grace = await otherBrowser(browser, app)
  await accept(grace, link)
  await openInstance(grace, 'web-01')
  const stop = grace.getByRole('button', { name: 'Stop', exact: true })
  await expect(stop).toBeDisabled()
  await grace.goto('/people')
  await expect(grace.getByText('Only admins manage accounts')).toBeVisible()
  await openInstance(grace, 'web-01')

  await page.reload()
  await expect(line).toContainText('Active')
  await chooseForPerson(page, 'Grace', 'Change role…')
  const question = page.getByRole('dialog', { name: 'Change role of Grace' })
  await question.getByRole('radio', { name: /^Operator/ }).check()
  await question.getByRole('button', { name: 'Change role' }).click()
  await expect(line).toContainText('Operator')
  await expect(stop).toBeEnabled({ timeout: 20_000 })

  await chooseForPerson(page, 'Grace', 'Disable…')
  await page.getByRole('button', { name: 'Disable Grace' }).click()
  await expect(line).toContainText('Disabled')
  await expect(grace.getByRole('alertdialog', { name: 'Sign in again' })).toBeVisible({
    timeout: 20_000,
  })
  await grace.context().close()
})

test('the last admin stays one, and a name is given once', async ({ page, app }) => {
  await createFirst(page, app)
  await invite(page, 'Grace', 'Operator')

  await chooseForPerson(page, 'Ada', 'Change role…')
  const question = page.getByRole('dialog', { name: 'Change role of Ada' })
  await question.getByRole('radio', { name: /^Viewer/ }).check()
  await question.getByRole('button', { name: 'Change role' }).click()
  await expect(question).toContainText('No one else could manage accounts then.')
  await question.getByRole('button', { name: 'Cancel' }).click()

  await chooseForPerson(page, 'Grace', 'Rename…')
  const rename = page.getByRole('dialog', { name: 'Rename Grace' })
  await rename.getByRole('textbox', { name: 'Name' }).fill('ada')
  await rename.getByRole('button', { name: 'Rename Grace' }).click()
  await expect(rename).toContainText('Someone else has this name.')
  await rename.getByRole('textbox', { name: 'Name' }).fill('Grace H')
  await rename.getByRole('button', { name: 'Rename Grace' }).click()
  await expect(page.getByRole('row', { name: /Grace H/ })).toBeVisible()

  await chooseForPerson(page, 'Grace H', 'Delete…')
  await page.getByRole('button', { name: 'Delete Grace H' }).click()
  await expect(page.getByRole('row', { name: /Grace H/ })).toHaveCount(0)
  expect(await axe(page, 'main')).toEqual([])
})

test('one changes the password and ends other sessions in the settings', async ({
  page,
  app,
  browser,
}) => {
  await createFirst(page, app)
  const other = await otherBrowser(browser, app)
  await other.goto('/instances')
  await signIn(other, 'Ada', passphrase)
  await expect(instancesGrid(other).getByRole('rowheader').first()).toBeVisible()

  await page.goto('/settings')
  const sessions = page.getByRole('region', { name: 'Your sessions' })
  await expect(sessions.getByRole('listitem')).toHaveCount(2)
  await expect(sessions.getByText('This session')).toHaveCount(1)
  await sessions.getByRole('button', { name: /^End session/ }).click()
  await expect(sessions.getByRole('listitem')).toHaveCount(1)
  await expect(other.getByRole('alertdialog', { name: 'Sign in again' })).toBeVisible({
    timeout: 20_000,
  })
  await other.context().close()

  await page.getByRole('button', { name: 'Change password…' }).click()
  await password(page, 'Current password').fill('something else entirely')
  await password(page, 'New password').fill(another)
  await page.getByRole('button', { name: 'Change password', exact: true }).click()
  await expect(page.getByText('The current password is wrong.')).toBeVisible()
  await password(page, 'Current password').fill(passphrase)
  await page.getByRole('button', { name: 'Change password', exact: true }).click()
  await expect(page.getByText('Password changed.')).toBeVisible()
  expect(await axe(page, 'main')).toEqual([])
})

test.describe('on a phone in the dark', () => {
  test.use({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' })

  test('all of it fits, and axe finds nothing', async ({ page, app }) => {
    await createFirst(page, app)
    await invite(page, 'Margaret of a department with a long name', 'Operator')
    for (const path of ['/people', '/settings']) {
      await page.goto(path)
      await expect(page.getByText('Ada').first()).toBeVisible()
      const overflow = () => document.documentElement.scrollWidth > innerWidth
      expect(await page.evaluate(overflow), path).toBe(false)
      expect(await axe(page, 'main'), path).toEqual([])
    }

    await page.getByRole('button', { name: 'Account: Ada' }).click()
    await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible()
    expect(await axe(page, '[role=menu]')).toEqual([])
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused()
    expect(await axe(page, 'main')).toEqual([])
  })
})
