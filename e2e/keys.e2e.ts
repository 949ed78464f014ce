/** Restricted API keys: no page says what it can't know, and what the key allows works. */
import { endpoints } from '#contract/endpoints.ts'

import { expect, test, type Running } from './app.ts'
import { expectState } from './vocabulary.ts'
import { wrongWords } from './wrong-words.ts'
import { find, read, type Found } from './zone.ts'

const pagesOf = ({ zone, id }: Found) => {
  const own = `/instances/${zone}/${id}`
  return [
    '/instances',
    '/wall',
    '/limits',
    '/activity',
    '/activity/audit',
    '/activity/events',
    '/settings',
    '/help',
    '/instances/new',
    '/instances/new?mode=guided',
    own,
    `${own}/network`,
    `${own}/volumes`,
    `${own}/snapshots`,
    `${own}/settings`,
    `${own}/activity`,
    `${own}/data`,
    ...['stop', 'scale', 'grow', 'tpm', 'snapshot', 'reinstall', 'delete'].map(
      (question) => `${own}?do=${question}`,
    ),
  ]
}

/** An instance of the seed, which every sandbox has under the same id. */
const seeded = async (app: Running, name: string): Promise<Found> => {
  const found = await find(app, name)
  if (!found) throw new Error(`${name} is not in the seed`)
  return found
}

const denied = [
  'list-instance-types',
  'list-templates',
  'get-template',
  'list-snapshots',
  'list-block-storage-volumes',
  'list-security-groups',
  'list-private-networks',
  'list-elastic-ips',
  'list-ssh-keys',
  'list-anti-affinity-groups',
  'list-deploy-targets',
  'list-instance-pools',
  'list-quotas',
  'list-events',
  'get-operation',
  'list-instances',
]

for (const operation of denied) {
  test(`without ${operation} no page says a wrong word`, async ({ page, app, host }) => {
    test.setTimeout(240_000)
    const web = await seeded(app, 'web-01')
    const restricted = await host.console({ SANDBOX_DENY: operation })

    const paths = pagesOf(web)
    const allowed = operation === 'list-instances' ? paths.slice(1) : paths
    expect(await wrongWords(page, restricted, allowed)).toEqual([])
    await restricted.kill()
  })
}

/** What only tells, and no secret. */
const readings = Object.entries(endpoints)
  .filter(([, { access }]) => access === 'read')
  .map(([id]) => id)

test('a key that may only read says so where it is asked for more, and asks for no screen twice', async ({
  page,
  app,
  host,
}) => {
  test.setTimeout(240_000)
  const web = await seeded(app, 'web-01')
  const own = `/instances/${web.zone}/${web.id}`
  const restricted = await host.console({ SANDBOX_ALLOW: readings.join(',') })
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith(`/console/${web.id}`))
      asked.push(request.url())
  })

  await page.goto(`${restricted.url}${own}/console`)
  await expect(page.getByText(/API key doesn’t allow/).first()).toBeVisible()
  // That nothing more is asked has no event: a first attempt after a loss comes within a second.
  await page.waitForTimeout(5_000)
  expect(asked).toHaveLength(1)

  await page.goto(`${restricted.url}${own}?do=stop`)
  const asking = page.locator('[role=dialog],[role=alertdialog]')
  await asking.getByRole('button', { name: 'Stop web-01' }).click()
  await expect(asking).toContainText('This server’s API key doesn’t allow this')
  expect(await wrongWords(page, restricted, pagesOf(web))).toEqual([])
  await restricted.kill()
})

test('a key that may only read an instance and open its console opens its screen by address', async ({
  page,
  app,
  host,
}) => {
  const { zone, id } = await seeded(app, 'web-01')
  const restricted = await host.console({
    SANDBOX_ALLOW: 'get-instance,get-console-proxy-url',
  })

  for (const path of [`/instances/${zone}/${id}/console`, `/console/${zone}/${id}`]) {
    await page.goto(`${restricted.url}${path}`)
    const screen = page.getByRole('application', { name: 'Screen of web-01' })
    await expect(screen).toHaveAttribute('data-connection', 'open', { timeout: 30_000 })
  }
  await restricted.kill()
})

test('without list-instances, get-operation and list-snapshots the size is changed', async ({
  page,
  app,
  host,
}) => {
  test.setTimeout(180_000)
  const web = await seeded(app, 'web-01')
  const restricted = await host.console({
    SANDBOX_DENY: 'list-instances,get-operation,list-snapshots',
  })
  const before = await read(restricted, web)

  await page.goto(`${restricted.url}/instances/${web.zone}/${web.id}?do=scale`)
  await page
    .getByRole('radio', { name: /standard\.large/ })
    .first()
    .check()
  await page.getByRole('button', { name: 'Change size of web-01' }).click()

  const sizeNow = async () => (await read(restricted, web))?.['instance-type']?.id
  await expect.poll(sizeNow, { timeout: 60_000 }).not.toBe(before?.['instance-type']?.id)
  const stateNow = async () => (await read(restricted, web))?.state
  await expect.poll(stateNow, { timeout: 60_000 }).toBe('running')
  await expectState(page, 'running')
  await expect(page.getByText(/doesn’t allow get-operation/).first()).toBeVisible()
  await restricted.kill()
})

test('without get-instance a plan can’t be made, and the question says why', async ({
  page,
  app,
  host,
}) => {
  const web = await seeded(app, 'web-01')
  const restricted = await host.console({ SANDBOX_DENY: 'get-instance' })
  await page.goto(`${restricted.url}/instances/${web.zone}/${web.id}?do=reinstall`)
  const asking = page.locator('[role=dialog],[role=alertdialog]')
  await asking.getByRole('textbox').last().fill('web-01')
  const confirm = asking.getByRole('button', { name: 'Reinstall web-01' })
  await expect(confirm).toHaveAttribute('aria-disabled', 'true')
  await confirm.hover()
  await expect(page.getByRole('tooltip')).toContainText(
    'Vedette couldn’t read this instance',
  )
  await restricted.kill()
})

test('a question says what it could not read, and can be answered all the same', async ({
  page,
  app,
  host,
}) => {
  const web = await seeded(app, 'web-01')
  const incomplete = 'Vedette couldn’t read everything that this affects'
  const ask = (at: Running, question: string) =>
    page.goto(`${at.url}/instances/${web.zone}/${web.id}?do=${question}`)
  const asking = page.locator('[role=dialog],[role=alertdialog]')
  await ask(app, 'delete')
  await expect(asking).toContainText('permanently deleted')
  await expect(asking).not.toContainText(incomplete)

  const restricted = await host.console({
    SANDBOX_DENY: 'list-block-storage-volumes,list-snapshots,list-instance-types',
  })
  await ask(restricted, 'scale')
  await expect(asking).toContainText('Vedette couldn’t read the sizes')
  await expect(asking).toContainText('Forbidden by role policy')
  await ask(restricted, 'reinstall')
  await expect(asking).toContainText('All data on the disk is permanently deleted')
  await expect(asking).toContainText(incomplete)
  await ask(restricted, 'delete')
  await expect(asking).toContainText(incomplete)
  await asking.getByRole('textbox').fill('web-01')
  await asking.getByRole('button', { name: 'Delete web-01' }).click()
  await expect(asking.getByRole('timer')).toBeVisible()
  await expect.poll(() => read(restricted, web), { timeout: 40_000 }).toBeUndefined()
  await restricted.kill()
})
