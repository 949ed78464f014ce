/**
 * Zones that answer as strangely as the contract allows: nothing that may be left out, nulls, and
 * values that came later. Every page, tab, dialog and the wall say what is known, and lead on.
 */
import { expect, test, type Running } from './app.ts'
import { ask } from './ask.ts'
import { unfounded, wrongWords } from './wrong-words.ts'
import { find, type Found } from './zone.ts'

const seeded = async (app: Running, name: string): Promise<Found> => {
  const found = await find(app, name)
  if (!found) throw new Error(`${name} is not in the seed`)
  return found
}

const own = ({ zone, id }: Found) => `/instances/${zone}/${id}`
const tabs = ['', '/network', '/volumes', '/snapshots', '/settings', '/activity', '/data']
const questions = [
  'stop',
  'reboot',
  'rescue',
  'rename',
  'scale',
  'grow',
  'tpm',
  'ipv6',
  'snapshot',
  'reinstall',
  'delete',
]

type Part = { id: string; instance?: { id: string } }

/** Every address there is, with the parts of the seed that its questions are about. */
async function allPaths(app: Running): Promise<string[]> {
  const [web, off, member, node] = await Promise.all(
    ['web-01', 'old-wiki', 'pool-shop-workers-c2m9p', 'broken-disk'].map((name) =>
      seeded(app, name),
    ),
  )
  if (!web || !off || !member || !node) throw new Error('the seed has changed')
  const { snapshots } = await ask<{ snapshots: Part[] }>(app, `/zones/${off.zone}/snapshot`)
  const snapshot = snapshots.find(({ instance }) => instance?.id === off.id)?.id ?? ''
  const volumes = await ask<{ 'block-storage-volumes': Part[] }>(
    app,
    `/zones/${web.zone}/block-storage`,
  )
  const volume = volumes['block-storage-volumes'].find(({ instance }) => instance)
  const holder = { zone: web.zone, id: volume?.instance?.id ?? '' }
  return [
    '/',
    '/scenarios',
    '/people/roles',
    '/instances',
    '/instances/new',
    '/instances/new?mode=guided',
    '/instances/new?mode=expert',
    '/wall',
    '/limits',
    '/activity',
    '/activity/audit',
    '/activity/events',
    '/settings',
    '/help',
    '/replay',
    '/nowhere',
    `/instances/${web.zone}/00000000-0000-4000-8000-000000000000`,
    ...[web, off, member, node].flatMap((one) => tabs.map((tab) => own(one) + tab)),
    ...questions.flatMap((question) =>
      [web, off].map((one) => `${own(one)}?do=${question}`),
    ),
    ...['revert', 'delete-snapshot'].map(
      (question) => `${own(off)}/snapshots?do=${question}&snapshot=${snapshot}`,
    ),
    ...['detach-volume', 'delete-volume', 'rename-volume', 'grow-volume'].map(
      (question) => `${own(holder)}/volumes?do=${question}&volume=${volume?.id}`,
    ),
    `${own(member)}?do=evict`,
    `${own(web)}/console`,
    `/console/${web.zone}/${web.id}`,
  ]
}

for (const answers of ['least', 'empty', 'nulls', 'unknown']) {
  test(`zones that answer ${answers} are told of without a wrong word`, async ({
    page,
    app,
    host,
  }) => {
    test.setTimeout(420_000)
    const paths = await allPaths(app)
    const sparing = await host.console({ SANDBOX_ANSWERS: answers })

    const isSparing = answers !== 'unknown'
    const found = await wrongWords(page, sparing, paths, {
      isSparing,
      also: isSparing ? unfounded : [],
    })

    expect(found).toEqual([])
    await sparing.kill()
  })
}

for (const answers of ['least', 'nulls']) {
  test(`zones that answer ${answers} are asked all the same, and what comes of it is told`, async ({
    page,
    app,
    host,
  }) => {
    test.setTimeout(120_000)
    const web = await seeded(app, 'web-01')
    const sparing = await host.console({ SANDBOX_ANSWERS: answers })
    await page.goto(`${sparing.url}${own(web)}?do=stop`)

    await page
      .getByRole('button', { name: /^Stop / })
      .last()
      .click()

    await expect(page.locator('[data-state=stopped]').first()).toBeVisible({
      timeout: 40_000,
    })
    const tray = page.getByRole('region', { name: 'Operations' })
    await expect(tray.getByLabel('Done').first()).toBeVisible()
    await sparing.kill()
  })
}

test('limits that say too little are told of as unknown', async ({ page, host }) => {
  const sparing = await host.console({ SANDBOX_ANSWERS: 'least' })
  await page.goto(`${sparing.url}/limits`)
  await expect(page.locator('#main').getByText('Unknown').first()).toBeVisible()

  await page.goto(`${sparing.url}/`)
  await page.getByRole('button', { name: /^All \d+ checks$/ }).click()
  const check = page
    .getByRole('listitem')
    .filter({ hasText: 'No limit is more than 80% used' })
  await expect(check).toContainText('Couldn’t run')
  await sparing.kill()
})
