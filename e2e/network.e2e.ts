/** What an instance is attached to, from the click to the zone's answer. */
import type { Page } from '@playwright/test'

import { expect, test } from './app.ts'
import { keyboard } from './hand.ts'
import { openInstance } from './vocabulary.ts'

async function openNetwork(page: Page, name: string) {
  await openInstance(page, name)
  const parts = page.getByRole('navigation', { name: 'Instance sections' })
  await parts.getByRole('link', { name: 'Network' }).click()
}

/** Chooses in a card's form by the words of an option, and attaches it. */
async function attach(page: Page, label: string, option: RegExp) {
  const select = page.getByRole('combobox', { name: label })
  const form = page.locator('form').filter({ has: select })
  const text = (await select.getByRole('option', { name: option }).textContent()) ?? ''
  await select.selectOption({ label: text })
  return { form, press: () => form.getByRole('button', { name: /^(Add|Attach)$/ }).click() }
}

test('a security group is described first, attached, and removed again', async ({
  page,
}) => {
  await openNetwork(page, 'old-wiki')
  const { form, press } = await attach(page, 'Add to security group', /^web$/)
  await expect(form).toContainText('Allows TCP 80 from any source')
  await expect(form.getByRole('button', { name: 'Add', exact: true })).toBeVisible()
  await press()
  const detach = page.getByRole('button', { name: 'Remove web' })
  await expect(detach).toBeEnabled({ timeout: 20_000 })

  await detach.click()

  await expect(detach).toHaveCount(0, { timeout: 20_000 })
  // The tray offers an undo of each operation too.
  const toasts = page.getByRole('region', { name: 'Notifications' })
  await toasts.getByRole('button', { name: 'Undo' }).click()
  await expect(detach).toBeVisible({ timeout: 20_000 })
})

test('an address in a private network is requested, and a wrong one is rejected at its field', async ({
  page,
}) => {
  await openNetwork(page, 'bastion')
  const { form, press } = await attach(page, 'Attach private network', /^shop-backend$/)
  const address = form.getByRole('textbox', { name: 'IP address in this network' })
  await address.fill('192.0.2.1')
  await press()
  await expect(form).toContainText('The zone rejected this request')
  // What Exoscale says of it comes first.
  expect(await form.getByRole('alert').innerText()).toMatch(
    /^The address is not in the network[^]*The zone rejected this request$/,
  )
  await expect(address).toHaveValue('192.0.2.1')

  await address.fill('')
  await press()

  await expect(page.getByRole('button', { name: 'Detach shop-backend' })).toBeEnabled({
    timeout: 20_000,
  })
})

test('an elastic IP is attached and detached, and a reverse DNS name is set and removed', async ({
  page,
}) => {
  await openNetwork(page, 'web-02')
  const { press } = await attach(page, 'Attach elastic IP', /Spare/)
  await press()
  await expect(page.getByRole('button', { name: /^Detach [\d.]+$/ })).toBeEnabled({
    timeout: 20_000,
  })

  await page.getByRole('button', { name: 'Edit reverse DNS' }).click()
  await page.getByRole('textbox', { name: 'Reverse DNS' }).fill('web-02.example.com')
  await page.getByRole('button', { name: 'Save name' }).click()
  await expect(page.getByText('web-02.example.com', { exact: true })).toBeVisible({
    timeout: 20_000,
  })

  await page.getByRole('button', { name: 'Edit reverse DNS' }).click()
  await page.getByRole('textbox', { name: 'Reverse DNS' }).fill('')
  await page.getByRole('button', { name: 'Remove name' }).click()
  await expect(page.getByText('web-02.example.com', { exact: true })).toHaveCount(0, {
    timeout: 20_000,
  })
})

test('after removing with the keyboard, the focus is beside the removed element', async ({
  page,
}) => {
  await openNetwork(page, 'web-02')
  const groups = page.getByRole('region', { name: 'Security groups' })
  const own = groups.getByRole('button', { name: /^Remove/ })
  await expect(own.first()).toBeVisible()
  for (let left = await own.count(); left > 0; left -= 1) {
    await keyboard.press(own.first())
    await expect(own).toHaveCount(left - 1, { timeout: 20_000 })
    const heir =
      left > 1
        ? own.first()
        : groups.getByRole('combobox', { name: 'Add to security group' })
    await expect(heir).toBeFocused()
    // Also while the zone is still busy with the last one.
    if (left > 1) await expect(own.first()).toBeEnabled({ timeout: 20_000 })
  }
})

test('a card keeps its form when nothing is left to attach, and says so', async ({
  page,
}) => {
  await openNetwork(page, 'web-03')
  const networks = page.getByRole('region', { name: 'Private networks' })
  const select = networks.getByRole('combobox', { name: 'Attach private network' })
  const own = networks.getByRole('button', { name: /^Detach / })
  const attachOne = networks.getByRole('button', { name: 'Attach', exact: true })
  await expect(select.getByRole('option').nth(1)).toBeAttached()
  for (let left = (await select.getByRole('option').count()) - 1; left > 0; left -= 1) {
    const before = await own.count()
    await select.selectOption({ index: 1 })
    await attachOne.click()
    await expect(own).toHaveCount(before + 1, { timeout: 20_000 })
    await expect(own.first()).toBeEnabled({ timeout: 20_000 })
  }
  await expect(select).toBeVisible()
  await expect(async () => {
    await page.mouse.move(0, 0)
    await attachOne.hover()
    // The tray of operations may come between the button and the mouse, as it may for a person.
    await expect(page.getByRole('tooltip')).toContainText('Nothing is left to choose.', {
      timeout: 2_000,
    })
  }).toPass()
})
