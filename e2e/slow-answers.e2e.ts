/** While the zone takes its time to respond: what can be done then, and what the response does. */
import { expect } from './app.ts'
import { slow } from './slow-zone.ts'
import { dialog, expectState, openInstance } from './vocabulary.ts'

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
