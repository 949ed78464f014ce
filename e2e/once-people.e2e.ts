/** One press is one request where people are concerned, too: a double click loses no link and shows no false error. */
import type { Page } from '@playwright/test'

import { expect, test } from './app.ts'
import { accept, createFirst, invite, otherBrowser } from './people.ts'
import { chooseAction, openInstance } from './vocabulary.ts'

test.use({ settings: { SIGN_IN: 'local' } })

/** Presses a button of the page several times, each after a pause: with 0 before the page can render. */
const pressed = (page: Page, name: string, pauses: number[]) =>
  page
    .locator('[data-modal], main')
    .getByRole('button', { name, exact: true })
    .last()
    .evaluate(async (element: HTMLElement, all: number[]) => {
      element.click()
      for (const pause of all) {
        if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause))
        element.click()
      }
    }, pauses)

/** What was sent to the server, in order. */
function sentTo(page: Page, path: RegExp): string[] {
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'GET') return
    const { pathname } = new URL(request.url())
    if (path.test(pathname)) sent.push(`${request.method()} ${pathname}`)
  })
  return sent
}

async function fillInvitation(page: Page, name: string) {
  await page.goto('/people')
  await page.getByRole('button', { name: 'Invite person' }).first().click()
  const form = page.getByRole('dialog', { name: 'Invite person' })
  await form.getByRole('textbox', { name: 'Name' }).fill(name)
  return form
}

test('clicks in the same moment invite a person once, and the link is shown', async ({
  page,
  app,
}) => {
  await createFirst(page, app)
  const sent = sentTo(page, /^\/api\/people/)
  await fillInvitation(page, 'Ben')

  await pressed(page, 'Invite person', [0, 0])

  await expect(page.getByRole('alertdialog', { name: 'Link for Ben' })).toBeVisible()
  expect(sent).toEqual(['POST /api/people'])
})

test('Enter that is still held doesn’t close the link that it brought', async ({
  page,
  app,
}) => {
  await createFirst(page, app)
  await fillInvitation(page, 'Ben')
  const shown = page.getByRole('alertdialog', { name: 'Link for Ben' })
  const done = shown.getByRole('button', { name: 'Done' })

  await page.keyboard.down('Enter')
  await expect(done).toBeFocused()
  // The second time it is a key that repeats.
  await page.keyboard.down('Enter')
  await page.keyboard.up('Enter')

  // A dialog that the repeated key had closed would be gone by now.
  await page.waitForTimeout(300)
  await expect(shown).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(shown).toBeHidden()
})

test('two clicks on Confirm in the same moment show what came of it, and no error', async ({
  page,
  app,
  browser,
}) => {
  await createFirst(page, app)
  const ben = await otherBrowser(browser, app)
  await accept(ben, await invite(page, 'Ben', 'Admin'))
  await page.goto('/people/roles')
  await page.getByRole('checkbox', { name: 'Delete an instance' }).check()
  await expect(page.getByText('Saved who has to confirm')).toBeVisible()
  await openInstance(page, 'web-staging')
  await chooseAction(page, 'Delete…')
  const question = page.getByRole('alertdialog', { name: 'Delete web-staging' })
  await question.getByRole('textbox').fill('web-staging')
  await question.getByRole('button', { name: 'Ask a second person' }).click()
  await expect(question).toBeHidden()
  await ben.getByRole('link', { name: 'Delete: web-staging' }).click()
  const asked = ben.getByRole('dialog', { name: 'Delete: web-staging' })
  await expect(asked.getByText(/Ada asks you to confirm this by/)).toBeVisible()
  const confirm = asked.getByRole('button', { name: 'Confirm' })
  await expect(confirm).not.toHaveAttribute('aria-disabled', 'true')
  const sent = sentTo(ben, /confirm$/)

  await pressed(ben, 'Confirm', [0])

  await expect(asked.getByText('Ben confirmed it. Vedette sent it.')).toBeVisible()
  // The error of a second request would have come by now.
  await ben.waitForTimeout(500)
  await expect(asked.getByRole('alert')).toHaveCount(0)
  expect(sent).toHaveLength(1)
  await ben.context().close()
})

test('a double click on Save note saves it once, and no one else has changed it', async ({
  page,
  app,
}) => {
  await createFirst(page, app)
  await openInstance(page, 'web-staging')
  const note = page.getByRole('textbox', { name: 'Note' })
  await note.fill('ask Ana')
  const sent = sentTo(page, /\/notes\//)
  const answers: number[] = []
  page.on('response', (response) => {
    if (/\/notes\//.test(response.url())) answers.push(response.status())
  })

  await pressed(page, 'Save note', [0, 0])

  await expect(page.getByText(/^Last edited by Ada/)).toBeVisible()
  // A second request would have been sent by now.
  await page.waitForTimeout(300)
  expect(sent).toHaveLength(1)
  expect(answers).toEqual([200])
})
