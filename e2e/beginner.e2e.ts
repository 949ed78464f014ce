/**
 * A beginner creates an instance with the defaults and can log in to it: the key is made in the
 * browser, a group lets their address in, and the instance's page says how to go on.
 */
import { readFileSync } from 'node:fs'

import type { Page } from '@playwright/test'

import type { Instance, SecurityGroup, SshKey } from '#contract/types.ts'

import {
  expect,
  launchConsole,
  launchSandbox,
  settingsFor,
  test,
  type Running,
} from './app.ts'
import { expectState } from './vocabulary.ts'
import { find, read } from './zone.ts'

const home = '203.0.113.7'
const next = (page: Page) => page.getByRole('button', { name: 'Next', exact: true })
const create = (page: Page) => page.getByRole('button', { name: 'Create instance' })
const saved = (page: Page) =>
  page.getByRole('checkbox', { name: 'I saved the private key' })
const allowed = (page: Page) => page.getByRole('textbox', { name: 'Allowed IP address' })

async function listed<T>(app: Running, path: string, key: string): Promise<T[]> {
  const answer = await fetch(`${app.url}/api/zones/ch-gva-2/${path}`)
  // The contract's answer of a list.
  return ((await answer.json()) as Record<string, T[]>)[key] ?? []
}
const keysOf = (app: Running) => listed<SshKey>(app, 'ssh-key', 'ssh-keys')
const groupsOf = (app: Running) =>
  listed<SecurityGroup>(app, 'security-group', 'security-groups')

async function created(app: Running, name: string): Promise<Instance | undefined> {
  const found = await find(app, name)
  return found && (await read(app, found))
}

/** Opens the guided form and goes to the step of a name, with all defaults. */
async function toAccess(page: Page, app: Running, name: string): Promise<void> {
  await page.goto(`${app.url}/instances/new?mode=guided`)
  await page.getByRole('radio', { name: /Geneva/ }).check()
  await page.getByRole('textbox', { name: /^Name/ }).fill(name)
  for (const step of [1, 2, 3]) {
    await expect(page.getByText(`Step ${step} of 5`)).toBeVisible()
    await next(page).click()
  }
  await expect(page.getByText('Step 4 of 5')).toBeVisible()
}

/** Saves the new private key as the page asks; returns its file's name. */
async function saveKey(page: Page): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download private key' }).click(),
  ])
  expect(readFileSync(await download.path(), 'utf8')).toMatch(
    /^-----BEGIN OPENSSH PRIVATE KEY-----\n/,
  )
  await saved(page).check()
  return download.suggestedFilename()
}

async function toReview(page: Page): Promise<void> {
  await next(page).click()
  await expect(page.getByText('Step 5 of 5')).toBeVisible()
  await next(page).click()
  await expect(page.getByRole('heading', { name: 'Review your choices' })).toBeFocused()
}

test('guided creation with its defaults makes an instance that one can log in to', async ({
  page,
  app,
}) => {
  test.setTimeout(90_000)
  const sent: string[] = []
  page.on('request', (request) => sent.push(request.postData() ?? ''))
  await toAccess(page, app, 'first-steps')

  // Neither can be passed by unnoticed.
  await expect(page.getByRole('checkbox', { name: 'Make an SSH key here' })).toBeChecked()
  await expect(
    page.getByRole('checkbox', { name: 'Allow SSH (port 22) from my IP address' }),
  ).toBeChecked()
  await expect(page.getByText(/because you opened it locally/)).toBeVisible()
  await expect(allowed(page)).toHaveValue('')
  await next(page).click()
  await expect(page.getByText(/Download the private key and confirm/)).toBeVisible()
  await expect(page.getByText(/Enter the IP address that you connect from/)).toBeVisible()
  await expect(page.getByText('Step 4 of 5')).toBeVisible()

  const file = await saveKey(page)
  const key = file.replace(/\.key$/, '')
  await allowed(page).fill('10.0.0.7')
  await next(page).click()
  await expect(page.getByText(/isn’t visible on the internet/)).toBeVisible()
  await allowed(page).fill(home)
  await expect(
    page.getByText(/Creates the security group ssh-from-203\.0\.113\.7/),
  ).toBeVisible()
  await toReview(page)
  await expect(page.getByRole('main')).toContainText(key)
  await expect(page.getByRole('main')).toContainText(`SSH from ${home}/32`)
  await create(page).click()

  await expect(page.getByRole('heading', { level: 1, name: 'first-steps' })).toBeVisible()
  await expectState(page, 'running')
  const instance = await created(app, 'first-steps')
  expect(instance?.['ssh-keys']).toEqual([{ name: key }])
  const groups = await groupsOf(app)
  const own = groups.filter(({ id }) =>
    instance?.['security-groups']?.some((one) => one.id === id),
  )
  expect(own.map(({ name }) => name).toSorted()).toEqual(['default', `ssh-from-${home}`])
  expect(own.find(({ name }) => name !== 'default')?.rules).toEqual([
    expect.objectContaining({
      'flow-direction': 'ingress',
      protocol: 'tcp',
      'start-port': 22,
      'end-port': 22,
      network: `${home}/32`,
    }),
  ])
  expect((await keysOf(app)).map(({ name }) => name)).toContain(key)

  const card = page.getByRole('region', { name: 'Next: log in' })
  await expect(card).toContainText(
    `ssh -i ${file} ubuntu@${instance?.['public-ip'] ?? 'nowhere'}`,
  )
  await expect(card).toContainText(`chmod 600 ${file}`)
  await expect(card.getByRole('status')).toHaveCount(0)
  await card.getByRole('button', { name: 'Dismiss' }).click()
  await expect(card).toHaveCount(0)

  expect(sent.filter((body) => body.includes('ssh-ed25519'))).toHaveLength(1)
  expect(sent.filter((body) => /PRIVATE KEY|b3BlbnNzaC1rZXk/.test(body))).toEqual([])
})

test('a second instance from the same address uses the group that is there', async ({
  page,
  app,
}) => {
  test.setTimeout(90_000)
  for (const name of ['one-calm-crane', 'two-calm-cranes']) {
    await toAccess(page, app, name)
    await saveKey(page)
    await allowed(page).fill(`${home}/32`)
    await toReview(page)
    await create(page).click()
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  }

  const groups = await groupsOf(app)
  expect(groups.filter(({ name }) => name?.startsWith('ssh-from-203'))).toHaveLength(1)
})

test('a zone that rejects the rule leaves the group, and says what was made', async ({
  page,
  host,
}) => {
  const app = await host.console({ SANDBOX_DENY: 'add-rule-to-security-group' })
  await toAccess(page, app, 'half-made')
  const key = (await saveKey(page)).replace(/\.key$/, '')
  await allowed(page).fill(home)
  await toReview(page)
  await create(page).click()

  const main = page.getByRole('main')
  await expect(main).toContainText('the security group’s rule couldn’t be added')
  await expect(main).toContainText('Forbidden by role policy for compute')
  await expect(main).toContainText(`The SSH key ${key} was registered and is chosen.`)
  await expect(main).toContainText(`The security group ssh-from-${home} was created.`)
  expect(await find(app, 'half-made')).toBeUndefined()

  // What was made is neither lost nor made again.
  await create(page).click()
  await expect(main).toContainText('the security group’s rule couldn’t be added')
  expect((await keysOf(app)).filter(({ name }) => name === key)).toHaveLength(1)
  expect(
    (await groupsOf(app)).filter(({ name }) => name?.startsWith('ssh-from-203')),
  ).toHaveLength(1)

  await page.getByRole('button', { name: 'Edit access' }).click()
  await expect(page.getByRole('checkbox', { name: key })).toBeChecked()
  await page
    .getByRole('checkbox', { name: 'Allow SSH (port 22) from my IP address' })
    .uncheck()
  await toReview(page)
  await expect(page.getByRole('region', { name: 'Warnings' })).toContainText(
    'None of these security groups allows SSH (port 22)',
  )
  await create(page).click()
  await expect(page.getByRole('heading', { level: 1, name: 'half-made' })).toBeVisible()
  const card = page.getByRole('region', { name: 'Next: log in' })
  await expect(card).toContainText(
    'The security groups of this instance block SSH (port 22)',
  )
  await expect(
    card.getByRole('link', { name: 'Add a security group that allows it' }),
  ).toHaveAttribute('href', /\/network$/)
  await app.kill()
})

test('a zone that rejects the instance leaves key and group chosen for the next try', async ({
  page,
  host,
}) => {
  const app = await host.console({ SANDBOX_DENY: 'create-instance' })
  await toAccess(page, app, 'not-yet')
  const key = (await saveKey(page)).replace(/\.key$/, '')
  await allowed(page).fill('2001:db8::/48')
  await next(page).click()
  await expect(page.getByText(/The instance has no public IPv6 address/)).toBeVisible()
  await page.getByRole('radio', { name: /IPv4 \+ IPv6/ }).check()
  await toReview(page)
  for (const _try of [1, 2]) {
    await create(page).click()
    await expect(page.getByRole('main')).toContainText('Forbidden by role policy')
    await expect(page.getByRole('main')).toContainText(
      'The security group ssh-from-2001:db8::-48 allows 2001:db8::/48 and is chosen.',
    )
  }

  expect((await keysOf(app)).filter(({ name }) => name === key)).toHaveLength(1)
  const groups = await groupsOf(app)
  expect(groups.filter(({ name }) => name?.startsWith('ssh-from-2001'))).toHaveLength(1)
  // Also after a reload.
  await expect(page.getByText(/^Draft saved/)).toBeVisible()
  await page.goto(`${app.url}/instances/new?mode=guided&step=4`)
  await expect(page.getByRole('checkbox', { name: key })).toBeChecked()
  await expect(page.getByRole('checkbox', { name: /^ssh-from-2001/ })).toBeChecked()
  await expect(page.getByRole('checkbox', { name: 'default' })).toBeChecked()
  await app.kill()
})

test('Windows gets RDP instead of SSH, and the card leads to its password', async ({
  page,
  app,
}) => {
  await page.goto('/instances/new?mode=guided&step=2')
  await page
    .getByRole('searchbox', { name: 'Search templates' })
    .fill('Windows Server 2025')
  await page.getByRole('radio', { name: /Windows Server 2025/ }).check()
  await expect(page.getByText(/Draft saved/)).toBeVisible()
  await page.goto('/instances/new?mode=guided&step=1')
  await page.getByRole('radio', { name: /Geneva/ }).check()
  await page.getByRole('textbox', { name: /^Name/ }).fill('desk-01')
  for (const step of [1, 2, 3]) {
    await expect(page.getByText(`Step ${step} of 5`)).toBeVisible()
    await next(page).click()
  }
  await expect(page.getByRole('checkbox', { name: 'Make an SSH key here' })).toHaveCount(0)
  await expect(
    page.getByRole('checkbox', { name: 'Allow RDP (port 3389) from my IP address' }),
  ).toBeChecked()
  await allowed(page).fill('203.0.113.0/24')
  await toReview(page)
  await create(page).click()

  await expect(page.getByRole('heading', { level: 1, name: 'desk-01' })).toBeVisible()
  const card = page.getByRole('region', { name: 'Next: log in' })
  await expect(card).toContainText('Log in as Administrator')
  await card.getByRole('link', { name: 'show the password' }).click()
  await expect(page.getByRole('button', { name: 'Show password' })).toBeInViewport()
  const group = (await groupsOf(app)).find(({ name }) => name === 'rdp-from-203.0.113.0-24')
  expect(group?.rules?.[0]).toMatchObject({ 'start-port': 3389, 'end-port': 3389 })
})

test('review repeats every warning of the steps', async ({ page, app }) => {
  await toAccess(page, app, 'web-01')
  await page.getByRole('checkbox', { name: 'Make an SSH key here' }).uncheck()
  await expect(page.getByText(/allows login only with an SSH key/)).toBeVisible()
  await allowed(page).fill('0.0.0.0/0')
  await expect(page.getByText(/is open to the internet/)).toBeVisible()
  await next(page).click()
  await page.getByRole('checkbox', { name: /unused/ }).check()
  await toReviewFromExtras(page)

  const warnings = page.getByRole('region', { name: 'Warnings' })
  await expect(warnings).toContainText('already has the name web-01')
  await expect(warnings).toContainText('allows login only with an SSH key')
  await expect(warnings).toContainText('SSH (port 22) is open to the internet')

  await page.getByRole('button', { name: 'Edit size' }).click()
  await page.getByRole('spinbutton', { name: 'Disk size' }).fill('9000')
  await expect(page.getByText(/documented maximum/)).toBeVisible()
  await page.goto(page.url().replace('step=3', 'step=6'))
  await expect(warnings).toContainText('The documented maximum for')
})

async function toReviewFromExtras(page: Page): Promise<void> {
  await expect(page.getByText('Step 5 of 5')).toBeVisible()
  await next(page).click()
  await expect(page.getByRole('heading', { name: 'Review your choices' })).toBeFocused()
}

test('where there are keys, the full form asks for nothing new', async ({ page }) => {
  await page.goto('/instances/new')
  await expect(page.getByRole('checkbox', { name: 'ana-laptop' })).toBeVisible()

  await expect(
    page.getByRole('checkbox', { name: 'Make an SSH key here' }),
  ).not.toBeChecked()
  await expect(
    page.getByRole('checkbox', { name: 'Allow SSH (port 22) from my IP address' }),
  ).not.toBeChecked()
})

test('where there is no key, the full form makes one too', async ({ page, app }) => {
  for (const { name } of await keysOf(app)) {
    const answer = await fetch(`${app.url}/api/zones/ch-gva-2/ssh-key/${name}`, {
      method: 'DELETE',
      headers: { 'x-vedette': '1' },
    })
    expect(answer.ok).toBe(true)
  }
  await page.goto('/instances/new')

  await expect(page.getByRole('checkbox', { name: 'Make an SSH key here' })).toBeChecked()
  await expect(
    page.getByRole('checkbox', { name: 'Allow SSH (port 22) from my IP address' }),
  ).toBeChecked()
  await create(page).click()
  await expect(page.getByText('Fix these errors to continue')).toBeVisible()
  await page.getByRole('button', { name: 'New SSH key' }).click()
  await expect(saved(page)).toBeFocused()
})

test('while a zone is slow, the first step can be left and the next says that it waits', async ({
  page,
}) => {
  const zone = await launchSandbox()
  const app = await launchConsole(settingsFor(zone))
  zone.signal('SIGSTOP')
  await page.goto(`${app.url}/instances/new?mode=guided`)
  await page.getByRole('textbox', { name: /^Name/ }).fill('slow-start')

  await next(page).click()

  await expect(page.getByText('Step 2 of 5')).toBeVisible()
  await expect(next(page)).toHaveAttribute('aria-busy', 'true')
  zone.signal('SIGCONT')
  await next(page).click()
  await expect(page.getByText('Step 3 of 5')).toBeVisible()
})
