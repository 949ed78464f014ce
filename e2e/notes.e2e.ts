/** A note is never lost: not to another person, not to a save under way, and not to one that fails. */
import type { Page } from '@playwright/test'

import type { Timeline } from '#contract/timeline.ts'

import { expect, test, type Running } from './app.ts'
import { ask } from './ask.ts'
import { CutDoor } from './cut-door.ts'
import { openInstance, row } from './vocabulary.ts'
import { find } from './zone.ts'

const noteOf = (page: Page) => page.getByRole('textbox', { name: 'Note' })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const conflict = (page: Page) =>
  page
    .getByRole('status')
    .filter({ hasText: 'Someone else changed this note at the same time' })

async function stored(app: Running): Promise<string | undefined> {
  const { zone, id } = (await find(app, 'web-01')) ?? { zone: '', id: '' }
  const { notes } = await ask<Timeline>(app, `/zones/${zone}/timeline/${id}`)
  return notes[id]?.text
}

/** Replaces the note in a tab of its own, so that the first one hasn't seen it. */
async function saveElsewhere(page: Page, before: string, text: string): Promise<void> {
  const other = await page.context().newPage()
  await openInstance(other, 'web-01')
  await expect(noteOf(other)).toHaveValue(before)
  await noteOf(other).fill(text)
  await button(other, 'Save note').click()
  await expect(button(other, 'Save note')).toHaveCount(0)
  await other.close()
}

test('a note that someone else has changed is shown beside mine, and either can be kept', async ({
  page,
  app,
}) => {
  await openInstance(page, 'web-01')
  await noteOf(page).fill('ask Ana')
  await saveElsewhere(page, '', 'ask Ben')
  await button(page, 'Save note').click()

  await expect(conflict(page)).toContainText('ask Ben')
  await expect(noteOf(page)).toHaveValue('ask Ana')
  expect(await stored(app)).toBe('ask Ben')
  await button(page, 'Use their changes').click()
  await expect(conflict(page)).toHaveCount(0)
  await expect(noteOf(page)).toHaveValue('ask Ben')

  await noteOf(page).fill('ask Cleo')
  await saveElsewhere(page, 'ask Ben', 'ask Dan')
  await button(page, 'Save note').click()
  await expect(conflict(page)).toContainText('ask Dan')
  await button(page, 'Save mine anyway').click()
  await expect(conflict(page)).toHaveCount(0)
  await expect(noteOf(page)).toHaveValue('ask Cleo')
  await expect.poll(() => stored(app)).toBe('ask Cleo')
  await expect(button(page, 'Save note')).toHaveCount(0)

  // One that was removed, too.
  await noteOf(page).fill('ask Eva')
  await saveElsewhere(page, 'ask Cleo', '')
  await button(page, 'Save note').click()
  await expect(conflict(page)).toContainText('The note was removed.')
  await button(page, 'Save mine anyway').click()
  await expect.poll(() => stored(app)).toBe('ask Eva')
})

test.describe('a server that takes its time', () => {
  // So that it can be stopped for a while.
  test.use({ ownProcess: true })

  test('what is typed while a note is being saved stays, and is saved next', async ({
    page,
    app,
  }) => {
    await openInstance(page, 'web-01')
    await noteOf(page).fill('ask Ana')
    app.signal('SIGSTOP')
    await button(page, 'Save note').click()
    await expect(button(page, 'Save note')).toHaveAttribute('aria-busy', 'true')
    await noteOf(page).press('End')
    await noteOf(page).pressSequentially(' or Ben')
    app.signal('SIGCONT')

    await expect(button(page, 'Save note')).toHaveCount(0)
    await expect(noteOf(page)).toHaveValue('ask Ana or Ben')
    await expect.poll(() => stored(app)).toBe('ask Ana or Ben')
    await expect(conflict(page)).toHaveCount(0)
    await page.reload()
    await expect(noteOf(page)).toHaveValue('ask Ana or Ben')
  })

  test('what is typed before the note is read is no change of it', async ({
    page,
    app,
  }) => {
    await saveElsewhere(page, '', 'ask Ana')
    // Then the page's code is there, and only its data isn't.
    await openInstance(page, 'bastion')
    await expect(noteOf(page)).toBeEditable()
    await page.getByRole('link', { name: 'Instances', exact: true }).first().click()
    const link = row(page, 'web-01').getByRole('link', { name: 'web-01', exact: true })
    await expect(link).toBeVisible()
    app.signal('SIGSTOP')
    await link.click()
    await expect(page.getByRole('heading', { level: 1, name: 'web-01' })).toBeVisible()
    await noteOf(page).click()
    await page.keyboard.type('ask Ben')
    await expect(noteOf(page)).toHaveAttribute('placeholder', 'Loading…')
    app.signal('SIGCONT')

    await expect(noteOf(page)).toHaveValue('ask Ana')
    await expect(noteOf(page)).toBeEditable()
    await expect(conflict(page)).toHaveCount(0)
    await noteOf(page).fill('ask Ana or Ben')
    await button(page, 'Save note').click()
    await expect.poll(() => stored(app)).toBe('ask Ana or Ben')
  })
})

test('a note that can’t be read is read with Retry, before anything is typed', async ({
  page,
  app,
}) => {
  const door = new CutDoor()
  await door.listen()
  door.target = app.url
  try {
    await saveElsewhere(page, '', 'ask Ana')
    await page.goto(`http://127.0.0.1:${door.port}/instances`)
    const link = row(page, 'web-01').getByRole('link', { name: 'web-01', exact: true })
    // Its code is there, and only its data isn't.
    await row(page, 'bastion').getByRole('link', { name: 'bastion', exact: true }).click()
    await expect(noteOf(page)).toBeEditable()
    await page.goBack()
    await expect(link).toBeVisible()
    door.cut()
    await link.click()
    const failed = page.getByRole('alert').filter({ hasText: 'Couldn’t read the note' })
    await expect(failed).toContainText('Can’t connect to the Vedette server.')
    await expect(noteOf(page)).not.toBeEditable()

    door.mend()
    await failed.getByRole('button', { name: 'Retry' }).click()
    await expect(failed).toHaveCount(0)
    await expect(noteOf(page)).toHaveValue('ask Ana')
    await expect(noteOf(page)).toBeEditable()
  } finally {
    await door.close()
  }
})

test('a note that can’t be saved stays in its field, and is saved with Retry', async ({
  page,
  app,
}) => {
  const door = new CutDoor()
  await door.listen()
  door.target = app.url
  try {
    const { zone, id } = (await find(app, 'web-01')) ?? { zone: '', id: '' }
    await page.goto(`http://127.0.0.1:${door.port}/instances/${zone}/${id}`)
    await noteOf(page).fill('ask Ana')
    door.cut()
    await button(page, 'Save note').click()
    const failed = page.getByRole('alert').filter({ hasText: 'Couldn’t save the note' })
    await expect(failed).toContainText('Can’t connect to the Vedette server.')
    await expect(noteOf(page)).toHaveValue('ask Ana')

    await noteOf(page).fill('ask Ana or Ben')
    door.mend()
    await failed.getByRole('button', { name: 'Retry' }).click()
    await expect(failed).toHaveCount(0)
    await expect(noteOf(page)).toHaveValue('ask Ana or Ben')
    await expect(button(page, 'Save note')).toHaveCount(0)
    expect(await stored(app)).toBe('ask Ana or Ben')
  } finally {
    await door.close()
  }
})
