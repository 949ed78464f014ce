/** What is shown and copied as code is what is sent, in the words that other tools take. */
import { expect, test } from './app.ts'
import { ask } from './ask.ts'
import { close, confirm, jobDialog, progress, select } from './bulk.ts'
import { dialog, openInstance, openList } from './vocabulary.ts'
import { find, read } from './zone.ts'

test('a question sends what it shows as code', async ({ page }) => {
  await openInstance(page, 'bastion')
  for (const [action, button, name] of [
    [/^Rename/, 'Rename bastion', 'jump-host'],
    [/^Reboot/, 'Reboot jump-host', undefined],
  ] as const) {
    await page.getByRole('button', { name: action }).first().click()
    const asking = await dialog(page)
    if (name) await asking.getByRole('textbox').fill(name)
    await asking.getByText('Show as code').click()
    await asking.getByRole('button', { name: 'API request' }).click()
    const [shown = '', , , ...body] = (
      await asking.locator('pre, code').last().innerText()
    ).split('\n')
    const [request] = await Promise.all([
      page.waitForRequest((one) => one.method() === 'PUT' && one.url().includes('/zones/')),
      asking.getByRole('button', { name: button }).click(),
    ])

    const [, zone, path] = /zones\/([^/]+)\/(.*)$/.exec(request.url()) ?? []
    expect(shown).toBe(`PUT https://api-${zone}.exoscale.com/v2/${path}`)
    if (name) expect(request.postDataJSON()).toEqual(JSON.parse(body.join('\n')))
    await expect(asking).toBeHidden()
  }
})

test('what was done is copied as commands that ask nothing and know names', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto('/instances/new')
  await page.getByRole('textbox', { name: /^Name/ }).fill('copied-lark')
  await page.getByRole('radio', { name: /standard\.small/ }).check()
  await page.getByRole('button', { name: 'Create instance' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'copied-lark' })).toBeVisible()
  await expect(page.locator('[data-state=running]').first()).toBeVisible({
    timeout: 20_000,
  })
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  const asking = await dialog(page)
  await asking.getByRole('button', { name: 'Stop copied-lark' }).click()
  await expect(asking).toBeHidden()
  await page.getByRole('link', { name: 'Activity' }).first().click()
  await page.getByRole('button', { name: 'Copy session as commands' }).click()
  await expect(page.getByText('Session copied as exo commands')).toBeVisible()

  const script = await page.evaluate(() => navigator.clipboard.readText())
  expect(script).toMatch(
    /^exo compute instance create copied-lark .*--instance-type standard\.small/m,
  )
  expect(script).toMatch(/^exo compute instance stop copied-lark .*--force$/m)
  expect(script).toContain('# Without an SSH key')
})

test('of several instances only those that were asked are copied', async ({
  page,
  app,
  context,
}) => {
  test.setTimeout(90_000)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const [bastion, web] = [await find(app, 'bastion'), await find(app, 'web-01')]
  if (!bastion || !web) throw new Error('the seed has changed')
  await openList(page)
  await select(page, 'bastion', 'web-01')
  await page.getByRole('button', { name: 'Stop…' }).click()
  // Somebody else is quicker: there is nothing left to ask of one of them.
  await ask(app, `/zones/${web.zone}/instance/${web.id}:stop`, 'PUT')
  await expect.poll(async () => (await read(app, web))?.state).toBe('stopped')
  await confirm(page, 'Stop 2 instances')
  const job = jobDialog(page, 'Stop 2 instances')
  await expect(progress(job)).toContainText('1 skipped', { timeout: 40_000 })
  await close(job)
  await page.getByRole('link', { name: 'Activity' }).first().click()
  await page.getByRole('button', { name: 'Copy session as commands' }).click()
  await expect(page.getByText('Session copied as exo commands')).toBeVisible()

  const script = await page.evaluate(() => navigator.clipboard.readText())
  const commands = script.split('\n').filter((line) => line.startsWith('exo '))
  expect(commands).toHaveLength(1)
  expect(commands[0]).toContain(bastion.id)
})
