/** Volumes of an instance: attached, detached, rejected, created and deleted. */
import type { Locator, Page } from '@playwright/test'

import type { BlockStorageVolume } from '#contract/types.ts'

import { expect, test, type Running } from './app.ts'
import { keyboard, mouse } from './hand.ts'
import { dialog, openInstance } from './vocabulary.ts'
import { find } from './zone.ts'

async function openVolumes(page: Page, name: string) {
  await openInstance(page, name)
  const parts = page.getByRole('navigation', { name: 'Instance sections' })
  await parts.getByRole('link', { name: 'Volumes' }).click()
  await expect(
    page.getByRole('heading', { name: `Volumes attached to ${name}` }),
  ).toBeVisible()
}

const volume = (page: Page, name: string): Locator =>
  page.getByRole('listitem', { name: `Volume ${name}`, exact: true })

// As slow as Exoscale, so that the states in between are visible.
test.use({ settings: { SANDBOX_SPEED: '1' } })

/** The volume as the zone returns it, read without the pages. */
async function told({ url }: Running, zone: string, name: string) {
  const answer = await fetch(`${url}/api/zones/${zone}/block-storage`)
  // The contract's answer of this endpoint.
  const { 'block-storage-volumes': all } = (await answer.json()) as {
    'block-storage-volumes': BlockStorageVolume[]
  }
  return all.find((one) => one.name === name)
}

for (const [how, hand] of Object.entries({ mouse, keyboard })) {
  test(`a volume is attached and, after a warning, detached by ${how}`, async ({
    page,
    app,
  }) => {
    await openVolumes(page, 'web-02')
    const free = volume(page, 'old-uploads')

    const detach = free.getByRole('button', { name: 'Detach old-uploads…' })
    await hand.press(free.getByRole('button', { name: 'Attach old-uploads' }))
    await expect(free.filter({ hasText: 'Attaching…' })).toBeVisible()
    await page.keyboard.press('Tab')
    await expect(detach).toBeFocused()
    await expect(detach).toBeEnabled({ timeout: 20_000 })
    const web = await find(app, 'web-02')
    expect(await told(app, 'ch-gva-2', 'old-uploads')).toMatchObject({
      state: 'attached',
      instance: { id: web?.id },
    })

    await hand.press(detach)
    const asking = await dialog(page)
    await expect(asking).toContainText('Unmount the volume in web-02 first')
    await hand.press(asking.getByRole('button', { name: 'Detach old-uploads from web-02' }))
    await expect(asking).toHaveCount(0)
    await expect(free.getByRole('button', { name: 'Attach old-uploads' })).toBeEnabled({
      timeout: 20_000,
    })
    expect(await told(app, 'ch-gva-2', 'old-uploads')).toMatchObject({ state: 'detached' })
    // Its button is removed from this list, and the focus moves here.
    await expect(
      page.getByRole('region', { name: 'Volumes attached to web-02' }),
    ).toBeFocused()
  })

  test(`a volume is created and deleted by ${how}`, async ({ page, app }) => {
    await openVolumes(page, 'web-02')
    await hand.press(page.getByRole('button', { name: 'New volume' }))
    const form = page.getByRole('form', { name: 'New volume' })
    await hand.fill(form.getByRole('textbox', { name: 'Name' }), '🦊 "new" & <b>')
    await hand.fill(form.getByRole('spinbutton', { name: 'Size' }), '5')
    await expect(form).toContainText('the zone may reject this')
    await hand.press(form.getByRole('button', { name: 'Create volume' }))
    await expect(form).toContainText(
      'The zone rejected this size: must be from 10 to 10240',
    )
    await expect(form.getByRole('textbox', { name: 'Name' })).toHaveValue('🦊 "new" & <b>')
    await hand.fill(form.getByRole('spinbutton', { name: 'Size' }), '15')
    await hand.press(form.getByRole('button', { name: 'Create volume' }))

    const made = volume(page, '🦊 "new" & <b>')
    const remove = made.getByRole('button', { name: 'Delete 🦊 "new" & <b>…' })
    await expect(remove).toBeEnabled({ timeout: 20_000 })
    expect(await told(app, 'ch-gva-2', '🦊 "new" & <b>')).toMatchObject({ size: 15 })

    await hand.press(remove)
    const asking = await dialog(page)
    await hand.fill(asking.getByRole('textbox'), '🦊 "new" & <b>')
    await hand.press(asking.getByRole('button', { name: 'Delete volume 🦊 "new" & <b>' }))
    await expect(asking.getByRole('timer')).toContainText('Deleting volume 🦊')
    await expect(asking).toHaveCount(0, { timeout: 30_000 })
    await expect(made).toHaveCount(0, { timeout: 20_000 })
    expect(await told(app, 'ch-gva-2', '🦊 "new" & <b>')).toBeUndefined()
  })
}

for (const [how, hand] of Object.entries({ mouse, keyboard })) {
  test(`a volume is renamed and made larger by ${how}`, async ({ page, app }) => {
    await openVolumes(page, 'web-02')
    const more = volume(page, 'old-uploads').getByRole('button', {
      name: 'More actions for old-uploads',
    })
    await hand.choose(more, 'Rename…')
    let asking = await dialog(page)
    const rename = asking.getByRole('button', { name: 'Rename volume old-uploads' })
    await expect(rename).toHaveAttribute('aria-disabled', 'true')
    await hand.fill(asking.getByRole('textbox', { name: 'New name' }), 'archiv "é" 🗄')
    await hand.press(rename)
    await expect(asking).toHaveCount(0)
    const renamed = volume(page, 'archiv "é" 🗄')
    await expect(renamed).toBeVisible({ timeout: 20_000 })
    const before = (await told(app, 'ch-gva-2', 'archiv "é" 🗄'))?.size ?? 0
    expect(before).toBeGreaterThan(0)

    await hand.choose(
      renamed.getByRole('button', { name: 'More actions for archiv "é" 🗄' }),
      'Grow…',
    )
    asking = await dialog(page)
    const size = asking.getByRole('spinbutton', { name: 'New size' })
    const grow = asking.getByRole('button', { name: 'Grow volume archiv "é" 🗄' })
    await hand.fill(size, String(before - 1))
    await expect(grow).toHaveAttribute('aria-disabled', 'true')
    await expect(asking).toContainText(`Enter a whole number greater than ${before}.`)
    await hand.fill(size, '2001')
    await hand.press(grow)
    await expect(asking).toContainText('Quota exceeded')
    await expect(size).toHaveValue('2001')
    await hand.fill(size, String(before + 5))
    await hand.press(grow)
    await expect(asking).toHaveCount(0)

    await expect(renamed).toContainText(`${before + 5} GiB`)
    expect(await told(app, 'ch-gva-2', 'archiv "é" 🗄')).toMatchObject({ size: before + 5 })
    await expect(page.getByRole('region', { name: 'Operations' })).toContainText(
      'Grow volume',
    )
  })
}

test('a volume of a running instance shows why it can’t be made larger', async ({
  page,
}) => {
  await openVolumes(page, 'web-01')
  await page.getByRole('button', { name: 'More actions for shop-uploads' }).click()

  const grow = page.getByRole('menuitem', { name: 'Grow…' })
  await expect(grow).toHaveAttribute('aria-disabled', 'true')
  await expect(grow).toContainText('Stop the instance or detach the volume first.')
})

test('a rejection is shown in the form, in the zone’s own words', async ({ page }) => {
  await openVolumes(page, 'old-wiki')
  await expect(
    page.getByText(
      'so the zone may reject attaching one. Change the size of old-wiki first.',
    ),
  ).toBeVisible()
  const free = volume(page, 'old-uploads')

  await free.getByRole('button', { name: 'Attach old-uploads' }).click()

  await expect(free).toContainText(
    'Request restricted: Instance size must be at least small',
  )
  await expect(free.getByRole('button', { name: 'Attach old-uploads' })).toBeEnabled()
})

test('a volume of another instance shows its name, and can’t be attached or deleted', async ({
  page,
}) => {
  await openVolumes(page, 'web-02')
  const taken = volume(page, 'shop-db-wal')

  await taken.getByRole('button', { name: 'Attach shop-db-wal' }).hover()
  await expect(page.getByRole('tooltip')).toHaveText(
    'This volume is attached to another instance. Detach it there first.',
  )
  await taken.getByRole('button', { name: 'Delete shop-db-wal…' }).hover()
  await expect(
    page.getByRole('tooltip', { name: 'Detach this volume first.' }),
  ).toBeVisible()
  await taken.getByRole('link', { name: 'shop-db-01' }).click()
  await expect(
    page.getByRole('heading', { name: 'Volumes attached to shop-db-01' }),
  ).toBeVisible()
})

test('a volume that fails to attach is detached again, and the failure is explained', async ({
  page,
}) => {
  await openVolumes(page, 'web-02')
  await page.getByRole('button', { name: 'Attach fails-on-attach' }).click()

  const tray = page.getByRole('region', { name: 'Operations' })
  await expect(tray).toContainText('1 failed', { timeout: 20_000 })
  await expect(page.getByRole('button', { name: 'Attach fails-on-attach' })).toBeEnabled()
  await page.goto('/activity')
  // The tray shows it, too.
  const main = page.getByRole('main')
  await expect(main.getByText('Nothing was attached.')).toBeVisible()
})

test('the dialog to delete an instance lists the volumes that are kept, and they are', async ({
  page,
  app,
}) => {
  await openInstance(page, 'web-01')
  await page.getByRole('button', { name: 'More actions' }).first().click()
  await page.getByRole('menuitem', { name: 'Delete…' }).click()
  const asking = await dialog(page)
  await expect(asking).toContainText(
    'This volume is detached but not deleted: shop-uploads.',
  )
  await asking.getByRole('textbox').fill('web-01')
  await asking.getByRole('button', { name: 'Delete web-01' }).click()

  await expect
    .poll(async () => (await told(app, 'ch-gva-2', 'shop-uploads'))?.state, {
      timeout: 30_000,
    })
    .toBe('detached')
  expect(await told(app, 'ch-gva-2', 'shop-uploads')).toMatchObject({ size: 200 })
})
