/** A dialog that opened while a zone was down includes no more instances when the zone responds again. */
import { expect, launchConsole, launchSandbox, test } from './app.ts'
import { ask } from './ask.ts'
import { confirm, jobDialog, newestJob, progress, select } from './bulk.ts'
import { dialog, openList } from './vocabulary.ts'
import { ZoneDoor } from './zone-door.ts'
import { acceptedFor, find, read } from './zone.ts'

const zoned = test.extend<{ zone: ZoneDoor }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads what a fixture needs here
  zone: async ({}, use) => {
    const sandbox = await launchSandbox()
    const zone = new ZoneDoor()
    await zone.open(sandbox, 'ch-gva-2')
    await use(zone)
    await zone.close()
    await sandbox.kill()
  },
  app: async ({ zone }, use) => {
    const app = await launchConsole(zone.settings)
    await use(app)
    await app.kill()
  },
})

zoned(
  'a zone that comes back during the countdown adds nobody',
  async ({ page, app, zone }) => {
    zoned.setTimeout(150_000)
    await openList(page)
    const [wiki, bastion] = [await find(app, 'old-wiki'), await find(app, 'bastion')]
    if (!wiki || !bastion) throw new Error('the seed has changed')
    zone.door.cut()
    await expect(page.getByText(/Geneva.* isn’t responding/).first()).toBeVisible({
      timeout: 40_000,
    })
    await select(page, 'old-wiki', 'bastion')
    await page.getByRole('button', { name: 'Delete…' }).click()
    const asking = await dialog(page)
    await expect(asking).toContainText('1 instance can’t do this right now')
    const skipped = asking.getByRole('listitem').filter({ hasText: 'old-wiki' })
    await expect(skipped).toContainText('The zone isn’t responding')

    await confirm(page, 'Delete 1 instance')
    await expect(asking.getByRole('timer')).toBeVisible()
    zone.door.mend()
    await expect
      .poll(() => read(app, wiki).catch(() => undefined), { timeout: 9_000 })
      .toBeDefined()
    await ask(app, `/zones/ch-gva-2/instance`)
    await expect(asking).toContainText('1 instance has changed since you opened this')
    await expect(asking.getByRole('timer')).toContainText('Deleting 1 instance')

    const job = jobDialog(page, 'Delete 1 instance')
    await expect(progress(job)).toContainText('1 of 1 complete', { timeout: 40_000 })
    await expect(job.getByRole('list', { name: 'Results' })).toContainText('bastion')
    await expect(job.getByRole('list', { name: 'Results' })).not.toContainText('old-wiki')
    expect((await newestJob(app)).items.map(({ name }) => name)).toEqual(['bastion'])
    expect(await read(app, bastion)).toBeUndefined()
    expect(await read(app, wiki)).toBeDefined()
    expect(await acceptedFor(app, wiki, 'delete-instance')).toEqual([])
  },
)
