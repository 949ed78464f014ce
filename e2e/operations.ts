/**
 * Every operation of Exoscale's instance API, from the page to the changed instance, and its most
 * common error with its message.
 */
import type { Locator, Page } from '@playwright/test'

import type { Instance } from '#contract/types.ts'

import { expect, type Running } from './app.ts'
import { typeOf } from './ask.ts'
import type { Hand } from './hand.ts'
import { dialog } from './vocabulary.ts'

type Step = { page: Page; hand: Hand }
export type Operation = {
  on: string
  /** Below the instance's own address. */
  at?: string
  act(step: Step): Promise<void>
  /** What the zone returns for the instance afterward. */
  changed?(instance: Instance | undefined, app: Running): unknown
  /** The event that the zone records, where the instance itself looks the same without it. */
  accepted?: { operation: string; body: object }
  /** What the page shows, where the zone's answers don't show all of the effect. */
  shows?(page: Page): Locator
  refused: { on: string; at?: string; act?(step: Step): Promise<void>; says: RegExp }
}

const more = (page: Page) => page.getByRole('button', { name: 'More actions' }).first()
export const button = (page: Page | Locator, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' })

/** Renames the instance outside the page, like someone else. */
async function renameTo(page: Page, name: string): Promise<void> {
  const [, , zone, id] = new URL(page.url()).pathname.split('/')
  await page.evaluate(
    ([path, body]) =>
      fetch(path ?? '', {
        method: 'PUT',
        headers: { 'x-vedette': '1', 'content-type': 'application/json' },
        body: body ?? '',
      }),
    [`/api/zones/${zone}/instance/${id}`, JSON.stringify({ name })],
  )
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
}

/** Opens a question of the menu and answers it. */
const answer =
  (item: string, verb: string, fill?: (asking: Locator, step: Step) => Promise<void>) =>
  async (step: Step) => {
    await step.hand.choose(more(step.page), item)
    const asking = await dialog(step.page)
    await fill?.(asking, step)
    await step.hand.press(button(asking, verb))
  }

/** The entry of a finished operation in the operations tray. */
const done = (page: Page, operation: string) =>
  page
    .getByRole('region', { name: 'Operations' })
    .getByRole('listitem')
    .filter({ hasText: operation, has: page.getByLabel('Done') })

const typeName =
  (name: string) =>
  async (asking: Locator, { hand }: Step) =>
    hand.fill(asking.getByRole('textbox').last(), name)

export const operations: Record<string, Operation> = {
  'update-instance': {
    on: 'old-wiki',
    act: answer('Rename…', 'Rename old-wiki', typeName('new-wiki')),
    changed: (instance) => instance?.name === 'new-wiki',
    refused: {
      on: 'old-wiki',
      act: async ({ page, hand }) => hand.choose(more(page), 'Rename…'),
      says: /Enter a different name\./,
    },
  },
  'delete-instance': {
    on: 'old-wiki',
    act: answer('Delete…', 'Delete old-wiki', typeName('old-wiki')),
    changed: (instance) => instance === undefined,
    refused: {
      on: 'old-wiki',
      act: async ({ page, hand }) => hand.choose(more(page), 'Delete…'),
      says: /Type the name to confirm\./,
    },
  },
  'start-instance': {
    on: 'old-wiki',
    act: ({ page, hand }) => hand.press(button(page, 'Start')),
    changed: (instance) => instance?.state === 'running',
    refused: {
      on: 'fails-on-start',
      act: ({ page, hand }) => hand.press(button(page, 'Start')),
      says: /The zone doesn’t have enough capacity right now\. The instance is still stopped\./,
    },
  },
  'start-instance in rescue mode': {
    on: 'old-wiki',
    act: answer('Start in rescue mode…', 'Start old-wiki in rescue mode'),
    changed: (instance) => instance?.state === 'running',
    accepted: {
      operation: 'start-instance',
      body: { 'rescue-profile': expect.stringMatching(/^netboot/) },
    },
    shows: (page) => page.getByText('old-wiki is running in rescue mode'),
    refused: {
      on: 'stuck-starting',
      says: /A change is in progress\. Wait until it finishes\./,
    },
  },
  'stop-instance': {
    on: 'bastion',
    act: async ({ page, hand }) => {
      await hand.press(button(page, 'Stop'))
      await hand.press(button(await dialog(page), 'Stop bastion'))
    },
    changed: (instance) => instance?.state === 'stopped',
    refused: {
      on: 'never-stops',
      act: async ({ page, hand }) => {
        await hand.press(button(page, 'Stop'))
        await hand.press(button(await dialog(page), 'Stop never-stops'))
      },
      says: /Operations.*1 failed/s,
    },
  },
  'reboot-instance': {
    on: 'bastion',
    act: async ({ page, hand }) => {
      await hand.press(button(page, 'Reboot'))
      await hand.press(button(await dialog(page), 'Reboot bastion'))
    },
    shows: (page) => done(page, 'Reboot'),
    refused: { on: 'old-wiki', says: /The instance isn’t running\./ },
  },
  'scale-instance': {
    on: 'old-wiki',
    act: answer('Change size…', 'Change size of old-wiki', (asking, { hand }) =>
      hand.check(asking.getByRole('radio', { name: /standard\.small/ })),
    ),
    changed: async (instance, app) =>
      instance?.['instance-type']?.id === (await typeOf(app, 'small')),
    // The dialog names the size, too.
    shows: (page) => page.getByRole('main').getByText('2 vCPUs · 2 GiB'),
    refused: {
      on: 'old-wiki',
      act: async ({ page, hand }) => hand.choose(more(page), 'Change size…'),
      says: /Not enabled for your organization\./,
    },
  },
  'resize-instance-disk': {
    on: 'old-wiki',
    act: answer('Grow disk…', 'Grow disk of old-wiki', (asking, { hand }) =>
      hand.fill(asking.getByRole('spinbutton'), '60'),
    ),
    changed: (instance) => instance?.['disk-size'] === 60,
    refused: {
      on: 'old-wiki',
      act: async ({ page, hand }) => {
        await hand.choose(more(page), 'Grow disk…')
        await hand.fill((await dialog(page)).getByRole('spinbutton'), '15')
      },
      says: /Enter a whole number from 21 to/,
    },
  },
  'reset-instance': {
    on: 'old-wiki',
    act: answer('Reinstall…', 'Reinstall old-wiki', async (asking, step) => {
      await step.hand.fill(asking.getByRole('spinbutton'), '40')
      await typeName('old-wiki')(asking, step)
    }),
    changed: (instance) => instance?.['disk-size'] === 40,
    refused: {
      on: 'old-wiki',
      act: async ({ page, hand }) => {
        await hand.choose(more(page), 'Reinstall…')
        await hand.fill((await dialog(page)).getByRole('spinbutton'), '5')
      },
      says: /Enter at least 20 GiB/,
    },
  },
  'reset-instance-password': {
    on: 'win-accounting-01',
    act: ({ page, hand }) => hand.press(button(page, 'Reset password')),
    shows: (page) => done(page, 'Reset password'),
    refused: {
      on: 'win-accounting-01',
      act: async ({ page, hand }) => {
        await renameTo(page, 'fails-with-busy')
        await hand.press(button(page, 'Reset password'))
      },
      says: /Another change to this resource was still in progress\./,
    },
  },
  'reveal-instance-password': {
    on: 'win-accounting-01',
    act: async ({ page, hand }) => {
      await hand.press(button(page, 'Reset password'))
      const tray = page.getByRole('region', { name: 'Operations' })
      await expect(tray.getByLabel('Done')).toBeVisible({ timeout: 20_000 })
      await hand.press(button(page, 'Show password'))
      await hand.press(button(page, 'Show'))
    },
    shows: (page) => page.locator('code').filter({ hasText: /^[\w!-~]{8,}$/ }),
    refused: {
      on: 'win-accounting-01',
      act: ({ page, hand }) => hand.press(button(page, 'Show password')),
      says: /The password is no longer stored\./,
    },
  },
  'add-instance-protection': {
    on: 'old-wiki',
    at: '/settings',
    act: ({ page, hand }) => hand.press(button(page, 'Turn on protection')),
    shows: (page) => page.getByRole('link', { name: 'Protected', exact: true }),
    refused: {
      on: 'old-wiki',
      at: '/settings',
      act: async (step) => {
        await step.hand.press(button(step.page, 'Turn on protection'))
        await expect(step.page.getByText(/^On since .*turned on in Vedette/)).toBeVisible({
          timeout: 20_000,
        })
        await answer('Delete…', 'Delete old-wiki', typeName('old-wiki'))(step)
      },
      says: /forbidden - reason: manual instance protection/,
    },
  },
  'remove-instance-protection': {
    on: 'old-wiki',
    at: '/settings',
    act: ({ page, hand }) => hand.press(button(page, 'Turn off protection')),
    shows: (page) => page.getByRole('link', { name: 'Not protected' }),
    refused: {
      on: 'never-stops',
      at: '/settings',
      act: async ({ page, hand }) => {
        await hand.press(button(page, 'Stop'))
        await hand.press(button(await dialog(page), 'Stop never-stops'))
      },
      says: /Another operation is in progress on this instance\./,
    },
  },
  'get-console-proxy-url': {
    on: 'bastion',
    act: ({ page, hand }) =>
      hand.press(page.getByRole('link', { name: 'Console', exact: true })),
    shows: (page) => page.locator('[role=application][data-connection=open]'),
    refused: {
      on: 'old-wiki',
      act: ({ page, hand }) =>
        hand.press(page.getByRole('link', { name: 'Console', exact: true })),
      says: /old-wiki is stopped/,
    },
  },
  'reset-instance-field': {
    on: 'web-04',
    at: '/settings',
    act: async ({ page, hand }) => {
      await hand.press(button(page, 'Remove label 2'))
      await hand.press(button(page, 'Remove label 1'))
      await hand.press(button(page, 'Save labels'))
    },
    changed: (instance) => Object.keys(instance?.labels ?? {}).length === 0,
    refused: {
      on: 'web-04',
      at: '/settings',
      act: async ({ page, hand }) => {
        await hand.press(button(page, 'Add label'))
        await hand.fill(page.getByRole('textbox', { name: 'Value for label 3' }), 'x')
      },
      says: /Enter a key for each label\./,
    },
  },
  'create-snapshot': {
    on: 'old-wiki',
    act: answer('Take snapshot…', 'Take snapshot of old-wiki'),
    changed: (instance) => (instance?.snapshots?.length ?? 0) > 1,
    refused: {
      on: 'fails-on-snapshot',
      act: answer('Take snapshot…', 'Take snapshot of fails-on-snapshot'),
      says: /Operations.*1 failed/s,
    },
  },
  'revert-instance-to-snapshot': {
    on: 'old-wiki',
    at: '/snapshots',
    act: async (step) => {
      const { page, hand } = step
      const menu = page.getByRole('button', { name: /^Actions for snapshot/ }).first()
      await hand.choose(menu, 'Revert to snapshot…')
      const asking = await dialog(page)
      await typeName('old-wiki')(asking, step)
      await hand.press(button(asking, 'Revert old-wiki'))
    },
    // The chain first takes a snapshot, so there is one more before anything is reverted.
    changed: (instance) => (instance?.snapshots?.length ?? 0) > 1,
    accepted: {
      operation: 'revert-instance-to-snapshot',
      body: { id: expect.any(String) },
    },
    shows: (page) => done(page, 'Revert to snapshot'),
    refused: {
      on: 'old-wiki',
      at: '/snapshots',
      act: async ({ page, hand }) => {
        const menu = page.getByRole('button', { name: /^Actions for snapshot/ }).first()
        await hand.choose(menu, 'Revert to snapshot…')
      },
      says: /Type the name to confirm\./,
    },
  },
  'enable-tpm': {
    on: 'web-04',
    at: '/settings',
    act: async ({ page, hand }) => {
      await hand.press(button(page, 'Turn on TPM…'))
      await hand.press(button(await dialog(page), 'Turn on TPM of web-04'))
    },
    changed: (instance) => instance?.['tpm-enabled'] === true,
    refused: {
      on: 'stuck-starting',
      at: '/settings',
      says: /A change is in progress\. Wait until it finishes\./,
    },
  },
}
