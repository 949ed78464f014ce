/** While the zone takes its time to respond: what can be done then, and what the response does. */
import { expect } from './app.ts'
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
