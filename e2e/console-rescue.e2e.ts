/** Rescues an instance that doesn't start without leaving its console. */
import { expect, test } from './app.ts'
import { screenPath } from './front-app.ts'
import { readScreen } from './read-screen.ts'
import { dialog } from './vocabulary.ts'

test('from the stopped console into rescue, from its power menu off and on again', async ({
  page,
  app,
}) => {
  await page.goto(await screenPath(app, 'old-wiki'))
  const screen = page.getByRole('application', { name: 'Screen of old-wiki' })
  await expect(screen).toHaveAttribute('data-connection', 'waiting')
  await page.getByRole('button', { name: 'Start in rescue mode…' }).click()
  await (
    await dialog(page)
  )
    .getByRole('button', { name: 'Start old-wiki in rescue mode' })
    .click()

  // The network boot prints first, and its lines are not missed.
  await expect(screen).toHaveAttribute('data-connection', 'open', { timeout: 20_000 })
  await expect.poll(() => readScreen(page)).toContain('Rescue old-wiki')
  await screen.locator('canvas').click()

  await page.getByRole('button', { name: 'Power', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Stop…' }).click()
  await (await dialog(page)).getByRole('button', { name: 'Stop old-wiki' }).click()
  await expect(screen).toHaveAttribute('data-connection', 'waiting', { timeout: 20_000 })
  await page.getByRole('button', { name: 'Power', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Start', exact: true }).click()

  await expect(screen).toHaveAttribute('data-connection', 'open', { timeout: 20_000 })
  await expect.poll(() => readScreen(page)).toContain('old-wiki login:')
})
