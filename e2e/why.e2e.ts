/** The card that says why an instance may not respond, the likeliest reason first. */
import type { Page } from '@playwright/test'

import { axe } from './accessible.ts'
import { expect, test, type Running } from './app.ts'
import { accept, createFirst, invite, otherBrowser } from './people.ts'
import {
  chooseAction,
  dialog,
  expectState,
  instancesGrid,
  openInstance,
} from './vocabulary.ts'
import { find } from './zone.ts'

const why = (page: Page, name: string) =>
  page.getByRole('region', { name: `Why doesn’t ${name} respond?` })

const line = (page: Page, name: string, check: string) =>
  why(page, name).locator(`li[data-check=${check}]`)

/** Opens the card, whose checks are made then. */
async function ask(page: Page, name: string): Promise<void> {
  await why(page, name)
    .getByRole('button', { name: /^Why doesn’t/, expanded: false })
    .click()
}

async function openByAddress(page: Page, app: Running, name: string): Promise<void> {
  const found = await find(app, name)
  await page.goto(`${app.url}/instances/${found?.zone}/${found?.id}#why`)
  await expect(why(page, name)).toBeInViewport()
}

test('a stopped instance is the first reason, and is started from there', async ({
  page,
}) => {
  await openInstance(page, 'old-wiki')
  await expect(why(page, 'old-wiki').getByRole('listitem')).toHaveCount(0)
  await ask(page, 'old-wiki')
  const first = why(page, 'old-wiki').getByRole('listitem').first()
  await expect(first).toContainText('Likely reason: The instance is stopped')
  await first.getByRole('button', { name: 'Start' }).click()
  await expectState(page, 'running')
  await expect(line(page, 'old-wiki', 'state')).toHaveAttribute('data-verdict', 'passed')
})

test('a running instance without a rule for SSH says so, and leads to its rules', async ({
  page,
}) => {
  await openInstance(page, 'monitoring')
  await chooseAction(page, 'Why doesn’t monitoring respond?')
  await expect(page).toHaveURL(/#why$/)
  await expect(why(page, 'monitoring')).toBeInViewport()

  const firewall = line(page, 'monitoring', 'firewall')
  await expect(firewall).toContainText('Likely reason: The firewall blocks SSH (TCP 22)')
  // The screen is read in the sandbox, and it is that of a system that is up.
  await expect(line(page, 'monitoring', 'screen')).toHaveAttribute('data-verdict', 'passed')
  await page.getByText('checks passed').click()
  await expect(why(page, 'monitoring')).toContainText('The instance is running')
  expect(await axe(page, '#why')).toEqual([])
  await firewall.getByRole('link', { name: 'Show rules' }).click()
  await expect(page).toHaveURL(/\/network$/)
})

test('RDP that is open to anyone, and SSH from some sources', async ({ page, app }) => {
  await openByAddress(page, app, 'win-accounting-01')
  await page.getByText('checks passed').click()
  await expect(line(page, 'win-accounting-01', 'firewall')).toHaveText(
    'The firewall allows RDP (TCP 3389)Anyone can connect over IPv4.',
  )
  await openByAddress(page, app, 'bastion')
  await expect(line(page, 'bastion', 'firewall')).toContainText('203.0.113.0/24')
})

test('rescue mode is the reason until it is left', async ({ page }) => {
  await openInstance(page, 'old-wiki')
  await chooseAction(page, 'Start in rescue mode…')
  const asking = await dialog(page)
  await asking.getByRole('button', { name: 'Start old-wiki in rescue mode' }).click()
  await expectState(page, 'running')
  // Rescue mode opens the console.
  await page.getByRole('link', { name: 'Back to old-wiki' }).click()
  await ask(page, 'old-wiki')
  const rescue = line(page, 'old-wiki', 'rescue')
  await expect(rescue).toContainText('The instance is in rescue mode')
  await rescue.getByRole('button', { name: 'Restart normally…' }).click()
  await (await dialog(page)).getByRole('button', { name: /^Restart/ }).click()
  await expect(rescue).toHaveAttribute('data-verdict', 'passed', { timeout: 20_000 })
})

test('the team’s note is shown with the checks', async ({ page }) => {
  await openInstance(page, 'monitoring')
  await page.getByRole('textbox', { name: 'Note' }).fill('Off on Sundays')
  await page.getByRole('button', { name: 'Save note' }).click()
  await ask(page, 'monitoring')
  await expect(why(page, 'monitoring')).toContainText('Off on Sundays')
})

test.describe('with a key that may not read security groups', () => {
  test.use({ settings: { SANDBOX_DENY: 'list-security-groups' } })

  test('the firewall is unknown, and never closed', async ({ page, app }) => {
    await openByAddress(page, app, 'monitoring')
    const firewall = line(page, 'monitoring', 'firewall')
    await expect(firewall).toHaveAttribute('data-verdict', 'unknown')
    await expect(firewall).toContainText('Unknown whether the firewall allows SSH (TCP 22)')
    await expect(firewall).toContainText('Forbidden by role policy')
    await expect(firewall.getByRole('button', { name: 'Retry' })).toBeVisible()
    await expect(why(page, 'monitoring')).not.toContainText('blocks')
  })
})

test.describe('with a key that may not read events', () => {
  test.use({ settings: { SANDBOX_DENY: 'list-events' } })

  test('what others changed is unknown, and not none', async ({ page, app }) => {
    await openByAddress(page, app, 'monitoring')
    await expect(line(page, 'monitoring', 'change')).toContainText('Changes unknown')
  })
})

test.describe('for a viewer', () => {
  test.use({ settings: { SIGN_IN: 'local' } })

  test('a step that needs another role says so', async ({ page, app, browser }) => {
    await createFirst(page, app)
    const vera = await otherBrowser(browser, app)
    await accept(vera, await invite(page, 'Vera', 'Viewer'))
    await vera.goto('/instances?q=old-wiki')
    await instancesGrid(vera).getByRole('link', { name: 'old-wiki', exact: true }).click()
    await ask(vera, 'old-wiki')
    const start = line(vera, 'old-wiki', 'state').getByRole('button', { name: 'Start' })
    await expect(start).toBeDisabled()
    await expect(start).toHaveAccessibleDescription(/operator role/)
  })
})

test('on a phone nothing is wider than the screen', async ({ page, app }) => {
  await page.setViewportSize({ width: 390, height: 800 })
  await openByAddress(page, app, 'bastion')
  await expect(line(page, 'bastion', 'firewall')).toBeVisible()
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - window.innerWidth,
  )
  // A link to the card scrolls the page, and not what is around it.
  expect(await page.locator('header').first().boundingBox()).toMatchObject({ y: 0 })
  expect(overflow).toBeLessThanOrEqual(0)
})
