/**
 * Every action by a key that may do it and read single things, but hardly a list: no list at all
 * besides what the action chooses from, no operation and no event. What is allowed works end to end.
 */
import type { Page } from '@playwright/test'

import { endpoints } from '#contract/endpoints.ts'
import type { Instance } from '#contract/types.ts'

import { expect, test, type Running } from './app.ts'
import { mouse } from './hand.ts'
import { operations } from './operations.ts'
import { dialog } from './vocabulary.ts'
import { find, read, type Found } from './zone.ts'

const hidden = [
  ...Object.keys(endpoints).filter((id) => id.startsWith('list-') && id !== 'list-zones'),
  'get-operation',
]

/** What an action chooses from, or is found by. */
const needs: Record<string, string[]> = {
  'scale-instance': ['list-instance-types'],
  // The password is reset first, which only the operation shows.
  'reveal-instance-password': ['get-operation'],
}

/** Calls that are answered at once, without an operation. */
const answered = new Set(['get-console-proxy-url', 'reveal-instance-password'])

/** What no answer of an instance shows; the tray says how it ended. */
const tray = (page: Page) => page.getByRole('region', { name: 'Operations' })

async function restrictedFor(
  host: { console(environment: Record<string, string>): Promise<Running> },
  name: string,
): Promise<Running> {
  const denied = hidden.filter((id) => !needs[name]?.includes(id))
  return host.console({ SANDBOX_DENY: denied.join(','), SANDBOX_SPEED: '8' })
}

async function seeded(app: Running, name: string): Promise<Found> {
  const found = await find(app, name)
  if (!found) throw new Error(`there is no ${name}`)
  return found
}

const open = async (page: Page, app: Running, { zone, id }: Found, at = '') => {
  await page.goto(`${app.url}/instances/${zone}/${id}${at}`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
}

test.describe.configure({ mode: 'parallel' })

for (const [name, operation] of Object.entries(operations)) {
  // A key that may not list snapshots finds them by the instance, which tells nothing of their state.
  test(`${name} without lists`, async ({ page, app, host }) => {
    test.setTimeout(120_000)
    const target = await seeded(app, operation.on)
    const restricted = await restrictedFor(host, name)
    await open(page, restricted, target, operation.at)

    await operation.act({ page, hand: mouse })

    const { changed, shows } = operation
    if (changed)
      await expect
        .poll(async () => changed(await read(restricted, target), restricted), {
          timeout: 60_000,
        })
        .toBe(true)
    else if (shows && answered.has(name))
      await expect(shows(page).first()).toBeVisible({ timeout: 20_000 })
    else await expect(tray(page)).toBeVisible({ timeout: 20_000 })
    await expect(page.getByText(/Can’t show this page/)).toHaveCount(0)
    await expect(tray(page).getByLabel('Failed')).toHaveCount(0)
    await restricted.kill()
  })
}

type More = {
  on: string
  at: string
  act(page: Page): Promise<void>
  changed(instance: Instance | undefined, before: Instance | undefined): boolean
}

const groupsOf = (instance: Instance | undefined) =>
  instance?.['security-groups']?.length ?? 0

const more: Record<string, More> = {
  'detach-instance-from-security-group': {
    on: 'web-01',
    at: '/network',
    act: (page) =>
      page
        .getByRole('region', { name: 'Security groups' })
        .getByRole('button', { name: /^Remove / })
        .last()
        .click(),
    changed: (instance, before) =>
      groupsOf(before) > 0 && groupsOf(instance) === groupsOf(before) - 1,
  },
  'update-instance with labels': {
    on: 'web-01',
    at: '/settings',
    act: async (page) => {
      await page.getByRole('button', { name: 'Add label' }).click()
      await page
        .getByRole('textbox', { name: /^Key for label/ })
        .last()
        .fill('owner')
      await page
        .getByRole('textbox', { name: /^Value for label/ })
        .last()
        .fill('eva')
      await page.getByRole('button', { name: 'Save labels' }).click()
    },
    changed: (instance) => instance?.labels?.['owner'] === 'eva',
  },
  'update-reverse-dns-instance': {
    on: 'bastion',
    at: '/network',
    act: async (page) => {
      await page.getByRole('button', { name: 'Edit reverse DNS' }).click()
      await page.getByRole('textbox', { name: 'Reverse DNS' }).fill('jump.example.com')
      await page.getByRole('button', { name: 'Save name' }).click()
      await expect(page.getByText('jump.example.com')).toBeVisible({ timeout: 20_000 })
    },
    changed: (instance) => instance !== undefined,
  },
  'delete-snapshot': {
    on: 'old-wiki',
    at: '/snapshots',
    act: async (page) => {
      const menu = page.getByRole('button', { name: /^Actions for snapshot/ }).first()
      await mouse.choose(menu, 'Delete…')
      const asking = await dialog(page)
      await asking.getByRole('button', { name: 'Delete snapshot of old-wiki' }).click()
    },
    changed: (instance) => (instance?.snapshots?.length ?? 0) === 0,
  },
}

for (const [name, { on, at, act, changed }] of Object.entries(more)) {
  test(`${name} without lists`, async ({ page, app, host }) => {
    test.setTimeout(120_000)
    const target = await seeded(app, on)
    const restricted = await restrictedFor(host, name)
    const before = await read(restricted, target)
    await open(page, restricted, target, at)

    await act(page)

    await expect
      .poll(async () => changed(await read(restricted, target), before), {
        timeout: 60_000,
      })
      .toBe(true)
    await restricted.kill()
  })
}

test('detach-block-storage-volume without lists', async ({ page, app, host }) => {
  test.setTimeout(120_000)
  const answer = await fetch(`${app.url}/api/zones/ch-gva-2/block-storage`)
  type Volume = { id: string; name?: string; instance?: { id: string } }
  // The contract's answer of this endpoint.
  const list = (await answer.json()) as { 'block-storage-volumes': Volume[] }
  const volume = list['block-storage-volumes'].find(({ instance }) => instance)
  const target = { zone: 'ch-gva-2', id: volume?.instance?.id ?? '' }
  const restricted = await restrictedFor(host, 'detach-block-storage-volume')
  await open(page, restricted, target, '/volumes')

  await page
    .getByRole('button', { name: /^Detach .*…/ })
    .first()
    .click()
  const asking = await dialog(page)
  await asking.getByRole('button', { name: /^Detach / }).click()

  const path = `${restricted.url}/api/zones/ch-gva-2/block-storage/${volume?.id}`
  await expect
    // The contract's answer of this endpoint.
    .poll(async () => ((await (await fetch(path)).json()) as Volume).instance, {
      timeout: 40_000,
    })
    .toBeUndefined()
  await restricted.kill()
})

test('create-instance by a key that may list what it chooses from, and no instance', async ({
  page,
  host,
}) => {
  test.setTimeout(120_000)
  needs['create-instance'] = ['list-instance-types', 'list-templates']
  const restricted = await restrictedFor(host, 'create-instance')
  await page.goto(`${restricted.url}/instances/new`)
  await page.getByRole('textbox', { name: /^Name/ }).fill('made-here')

  await page.getByRole('button', { name: 'Create instance' }).click()

  await expect(page.getByRole('heading', { level: 1, name: 'made-here' })).toBeVisible({
    timeout: 40_000,
  })
  await expect(page.locator('[data-state=running]').first()).toBeVisible({
    timeout: 40_000,
  })
  await restricted.kill()
})
