/** While the zone takes its time to respond: what can be done then, and what the response does. */
import type { Page } from '@playwright/test'

import { expect, type Running } from './app.ts'
import { slow } from './slow-zone.ts'
import { dialog, expectState, openInstance, openList } from './vocabulary.ts'

slow(
  'a question that is being sent can’t be canceled, and says why',
  async ({ page, zone }) => {
    await openInstance(page, 'web-01')
    await page.getByRole('button', { name: 'Stop', exact: true }).click()
    const asking = await dialog(page)
    zone.signal('SIGSTOP')
    const stop = asking.getByRole('button', { name: 'Stop web-01' })
    await stop.click()
    await expect(stop).toHaveAttribute('aria-busy', 'true')

    const cancel = asking.getByRole('button', { name: 'Cancel' })
    await expect(cancel).toHaveAttribute('aria-disabled', 'true')
    await cancel.hover()
    await expect(page.getByRole('tooltip')).toContainText(
      'The request has already been sent.',
    )
    await cancel.click({ force: true })
    await expect(asking).toBeVisible()

    zone.signal('SIGCONT')
    await expect(asking).toBeHidden()
    await expectState(page, 'stopped')
    await expect(page).toHaveURL(/\/instances\/[\w-]+\/[\w-]+$/)
  },
)

slow(
  'the response to a question that was left with Back leaves no further page',
  async ({ page, zone }) => {
    await openInstance(page, 'web-01')
    await page.getByRole('button', { name: 'Stop', exact: true }).click()
    const asking = await dialog(page)
    zone.signal('SIGSTOP')
    const stop = asking.getByRole('button', { name: 'Stop web-01' })
    await stop.click()
    await expect(stop).toHaveAttribute('aria-busy', 'true')

    await page.goBack()
    await expect(asking).toBeHidden()
    zone.signal('SIGCONT')

    await expectState(page, 'stopped')
    await expect(page.getByRole('heading', { level: 1, name: 'web-01' })).toBeVisible()
    await expect(page).toHaveURL(/\/instances\/[\w-]+\/[\w-]+$/)
  },
)

for (const action of ['Delete', 'Reinstall'])
  slow(
    `what the question ${action} tells is read before it can be confirmed, also with Enter`,
    async ({ page, zone }) => {
      await openList(page)
      await page.getByRole('button', { name: 'More actions for web-01' }).click()
      zone.signal('SIGSTOP')
      await page.getByRole('menuitem', { name: `${action}…` }).click()
      const asking = await dialog(page)
      const name = asking.getByRole('textbox').last()
      await name.fill('web-01')
      const confirm = asking.getByRole('button', { name: `${action} web-01` })

      await expect(confirm).toHaveAttribute('aria-disabled', 'true')
      await confirm.hover()
      await expect(page.getByRole('tooltip')).toContainText('Loading…')
      await name.press('Enter')
      await expect(asking.getByRole('timer')).toHaveCount(0)

      zone.signal('SIGCONT')
      await expect(confirm).not.toHaveAttribute('aria-disabled', 'true', {
        timeout: 15_000,
      })
      await expect(asking).toContainText(
        /data on (it|the disk) (is|are) permanently deleted/,
      )
      await name.press('Enter')
      await expect(asking.getByRole('timer')).toBeVisible()
      await asking.getByRole('button', { name: /^Cancel/ }).click()
    },
  )

/** Opens the question for a larger disk, whose field comes once the zone responds. */
async function askBeforeAnswer(page: Page, zone: Running) {
  await openList(page)
  await page.getByRole('button', { name: 'More actions for web-01' }).click()
  zone.signal('SIGSTOP')
  await page.getByRole('menuitem', { name: 'Grow disk…' }).click()
  const asking = await dialog(page)
  await expect(asking.getByRole('button', { name: 'Cancel' })).toBeFocused()
  return { asking, size: asking.getByRole('spinbutton', { name: 'New disk size' }) }
}

slow(
  'a field that comes late takes the focus that waits for it',
  async ({ page, zone }) => {
    const { size } = await askBeforeAnswer(page, zone)
    await expect(size).toHaveCount(0)

    zone.signal('SIGCONT')
    await expect(size).toBeFocused({ timeout: 15_000 })
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('60')
    await expect(size).toHaveValue('60')
  },
)

slow('a field that comes late leaves a focus that was moved', async ({ page, zone }) => {
  const { asking, size } = await askBeforeAnswer(page, zone)
  await page.keyboard.press('Tab')
  const grow = asking.getByRole('button', { name: 'Grow disk of web-01' })
  await expect(grow).toBeFocused()
  await page.keyboard.press('Shift+Tab')

  zone.signal('SIGCONT')
  await expect(size).toBeVisible({ timeout: 15_000 })
  // A focus that moves does so in the frame in which the field is shown.
  await page.evaluate(() => new Promise(requestAnimationFrame))
  await expect(asking.getByRole('button', { name: 'Cancel' })).toBeFocused()
})

slow.describe('with a finger', () => {
  slow.use({ hasTouch: true })

  slow('a field that comes late brings up no keyboard', async ({ page, zone }) => {
    await openList(page)
    const search = page.getByRole('combobox', { name: 'Search instances' })
    await search.fill('web-01')
    await page.getByRole('button', { name: 'More actions for web-01' }).tap()
    zone.signal('SIGSTOP')
    await page.getByRole('menuitem', { name: 'Grow disk…' }).tap()
    const asking = await dialog(page)
    await expect(asking).toBeFocused()

    zone.signal('SIGCONT')
    const size = asking.getByRole('spinbutton', { name: 'New disk size' })
    await expect(size).toBeVisible({ timeout: 15_000 })
    await page.evaluate(() => new Promise(requestAnimationFrame))
    await expect(size).not.toBeFocused()
  })
})

slow(
  'the question for a snapshot says only what it knows, in a place that it keeps for it',
  async ({ page, zone }) => {
    await openList(page)
    await page.getByRole('button', { name: 'More actions for web-01' }).click()
    zone.signal('SIGSTOP')
    await page.getByRole('menuitem', { name: /^Take snapshot/ }).click()
    const asking = await dialog(page)
    const note = asking.getByText(/haven’t written to disk yet isn’t included/)
    await expect(asking.getByRole('textbox', { name: 'Note' })).toBeVisible()
    await expect(note).toBeHidden()
    const before = (await asking.boundingBox())?.height

    zone.signal('SIGCONT')
    await expect(note).toBeVisible({ timeout: 15_000 })
    expect((await asking.boundingBox())?.height).toBe(before)
  },
)
