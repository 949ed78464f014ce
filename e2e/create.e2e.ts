import { generateKeyPairSync } from 'node:crypto'

import { expect, test } from './app.ts'
import { keyboard } from './hand.ts'
import { chooseAction, dialog, expectState, openInstance, openList } from './vocabulary.ts'
import { find, read } from './zone.ts'

test.describe('at the speed of real zones', () => {
  // Faster, the states in between may be over before a busy machine shows them.
  test.use({ settings: { SANDBOX_SPEED: '1' } })

  test('an instance is created and ends running on its own page', async ({ page }) => {
    await openList(page)
    await page.getByRole('link', { name: 'New instance' }).first().click()
    await expect(
      page.getByRole('heading', { level: 1, name: 'New instance' }),
    ).toBeVisible()
    await page.getByRole('textbox', { name: /^Name/ }).fill('brave-heron-7')

    await page.getByRole('button', { name: 'Create instance' }).click()

    await expect(
      page.getByRole('heading', { level: 1, name: 'brave-heron-7' }),
    ).toBeVisible()
    await expectState(page, 'starting')
    await expectState(page, 'running')
  })
})

/** A new Ed25519 key as OpenSSH writes public ones. */
function publicKey(comment: string): string {
  const { x = '' } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' })
  const part = (bytes: Buffer) => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(bytes.length)
    return Buffer.concat([length, bytes])
  }
  const kind = 'ssh-ed25519'
  const blob = Buffer.concat([part(Buffer.from(kind)), part(Buffer.from(x, 'base64url'))])
  return `${kind} ${blob.toString('base64')} ${comment}`
}

test('a key added in the middle of the form is chosen, and what was typed stays', async ({
  page,
}) => {
  await page.goto('/instances/new')
  await page.getByRole('radio', { name: /Geneva/ }).check()
  await page.getByRole('textbox', { name: /^Name/ }).fill('quiet-owl-1')
  await page.getByRole('radio', { name: /standard\.small/ }).check()
  await page.getByRole('button', { name: 'Add SSH key' }).click()
  await page.getByRole('textbox', { name: 'Public key' }).fill(publicKey('eva@desk'))
  await page.getByRole('textbox', { name: 'Key name' }).fill('eva-desk')
  await page.getByRole('button', { name: 'Add key' }).click()

  await expect(page.getByRole('checkbox', { name: /eva-desk/ })).toBeChecked()
  await expect(page.getByRole('textbox', { name: /^Name/ })).toHaveValue('quiet-owl-1')
  await page.getByRole('button', { name: 'Create instance' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'quiet-owl-1' })).toBeVisible()
  await expect(page.getByText(/Log in with the SSH key/)).toContainText('eva-desk')
})

test('a size has the same numbers where it is chosen first and where it is changed', async ({
  page,
}) => {
  const numbers = '1 vCPU · 512 MiB'
  await page.goto('/instances/new')
  await expect(page.getByText('standard.micro')).toBeVisible()
  await expect(page.getByText(numbers)).toBeVisible()
  await openInstance(page, 'web-01')
  await page.getByRole('button', { name: 'Change size…' }).first().click()
  const question = await dialog(page)
  await expect(question.getByText(numbers)).toBeVisible()
  await question.getByRole('radio', { name: /standard\.micro/ }).check()
  await expect(question.getByText('512 MiB', { exact: true })).toBeVisible()
})

test('a template with a description is listed with it', async ({ page }) => {
  await page.goto('/instances/new')
  await page.getByRole('radio', { name: /Geneva/ }).check()
  const system = (name: RegExp) => page.getByRole('radio', { name })
  await expect(system(/Ubuntu 24/)).not.toHaveAccessibleDescription(/Linux/)

  await page.getByText('Private', { exact: true }).click()

  await expect(system(/shop-base/)).toHaveAccessibleDescription(/Shop image, ready to use/)
})

test('a disk that does not fit is rejected on the page, and nothing typed is lost', async ({
  page,
}) => {
  await page.goto('/instances/new')
  await page.getByRole('textbox', { name: /^Name/ }).fill('quiet-owl-2')
  await page.getByRole('spinbutton', { name: 'Disk size' }).fill('5')

  await page.getByRole('button', { name: 'Create instance' }).click()

  await expect(page.getByRole('spinbutton', { name: 'Disk size' })).toBeFocused()
  await expect(page.getByRole('spinbutton', { name: 'Disk size' })).toHaveValue('5')
  await expect(page.getByRole('textbox', { name: /^Name/ })).toHaveValue('quiet-owl-2')
})

test('a duplicate begins with all that is known of the instance', async ({ page }) => {
  await openInstance(page, 'web-01')
  await chooseAction(page, 'Duplicate…')

  await expect(page.getByRole('textbox', { name: /^Name/ })).toHaveValue('web-02')
  await expect(page.getByRole('radio', { name: /Geneva/ })).toBeChecked()
  await expect(page.getByRole('radio', { name: /standard\.medium/ })).toBeChecked()
  await expect(page.getByRole('checkbox', { name: /ana-laptop/ })).toBeChecked()
  await page.getByRole('textbox', { name: /^Name/ }).fill('web-09')
  await page.getByRole('button', { name: 'Create instance' }).click()

  await expect(page.getByRole('heading', { level: 1, name: 'web-09' })).toBeVisible()
  await expect(page.getByText('env=production')).toBeVisible()
})

test('how many instances there can be, and why, is told before the press', async ({
  page,
}) => {
  await page.goto('/instances/new')
  const count = page.getByRole('spinbutton', { name: 'Number of instances' })
  const form = page.locator('form')
  await expect(form).toContainText(
    /Up to \d+ identical instances: your organization has \d+ of at most \d+\./,
  )
  await count.fill('20')
  await expect(form).toContainText(/so the zone will probably create only \d+ more\./)
  await count.fill('4000000000')
  await expect(form).toContainText('Vedette creates at most 20 instances at once.')
  await expect(count).toHaveValue('4000000000')
  await page
    .getByRole('button', { name: /^Create/ })
    .last()
    .click()
  await expect(count).toBeFocused()
  await expect(count).toHaveValue('4000000000')
})

test('of several, one of which the zone can’t create, each has its own result', async ({
  page,
}) => {
  await page.goto('/instances/new')
  await page.getByRole('textbox', { name: /^Name/ }).fill('unlucky')
  await page.getByRole('spinbutton', { name: 'Number of instances' }).fill('3')
  await expect(page.getByText('unlucky-01 to unlucky-03').first()).toBeVisible()

  await page.getByRole('button', { name: 'Create 3 instances' }).click()

  const ordered = page.getByRole('list', { name: 'Instances in this request' })
  await expect(ordered.getByRole('listitem')).toHaveCount(3)
  await expect(page.getByRole('heading', { name: '2 of 3 created' })).toBeVisible({
    timeout: 30_000,
  })
  const second = ordered.getByRole('listitem').filter({ hasText: 'unlucky-02' })
  await expect(second.getByLabel('Failed').first()).toBeVisible()
  await expect(second).toContainText('Not enough capacity in this zone')

  await page.reload()
  await expect(page.getByRole('heading', { name: '2 of 3 created' })).toBeVisible()
  await page.getByRole('link', { name: 'Retry failed instances' }).click()
  await expect(page.getByRole('textbox', { name: /^Name/ })).toHaveValue('unlucky-02')
  await expect(page.getByRole('spinbutton', { name: 'Number of instances' })).toHaveValue(
    '1',
  )
})

test('if protection can’t be turned on, the instance runs and the page says so', async ({
  page,
}) => {
  await page.goto('/instances/new')
  await page.getByRole('textbox', { name: /^Name/ }).fill('fails-on-protect')
  await page.getByRole('checkbox', { name: 'Deletion protection' }).check()
  await page.getByRole('button', { name: 'Create instance' }).click()

  await expect(
    page.getByRole('heading', { level: 1, name: 'fails-on-protect' }),
  ).toBeVisible()
  const lacks = page
    .getByRole('main')
    .getByText(
      /fails-on-protect was created, but deletion protection couldn’t be turned on/,
    )
  await expect(lacks).toBeVisible({ timeout: 30_000 })
  // Exoscale's own words are a line of their own.
  await expect(page.getByRole('main')).toContainText(
    'Instance protection could not be saved',
  )
  await page.getByRole('main').getByRole('button', { name: 'Retry' }).click()
  await expect(lacks).toBeHidden()
  await expect(lacks).toBeVisible({ timeout: 20_000 })
})

test('guided: the same form in five steps, checked on the way, and nothing typed is lost', async ({
  page,
}) => {
  await page.goto('/instances/new')
  await page.getByRole('textbox', { name: /^Name/ }).fill('calm-crane-3')
  await page.getByRole('button', { name: 'Guided' }).click()
  await expect(page.getByText('Step 1 of 5')).toBeVisible()
  await expect(page.getByRole('textbox', { name: /^Name/ })).toHaveValue('calm-crane-3')

  await page.getByRole('spinbutton', { name: 'Number of instances' }).fill('99')
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page.getByRole('spinbutton', { name: 'Number of instances' })).toBeFocused()
  await page.getByRole('spinbutton', { name: 'Number of instances' }).fill('1')
  // Enter opens the next step instead of sending the form.
  await page.keyboard.press('Enter')
  await expect(
    page.getByRole('heading', { name: 'Which template do you want to use?' }),
  ).toBeFocused()
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('radio', { name: /standard\.small/ }).check()

  await page.reload()
  await expect(page.getByText('Step 3 of 5')).toBeVisible()
  await expect(page.getByRole('radio', { name: /standard\.small/ })).toBeChecked()
  await page.getByRole('button', { name: 'Next' }).click()
  // A key of one's own instead of a new one, and no way in over the network.
  await page.getByRole('checkbox', { name: 'ana-laptop' }).check()
  await page
    .getByRole('checkbox', { name: 'Allow SSH (port 22) from my IP address' })
    .uncheck()
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page.getByRole('heading', { name: 'Review your choices' })).toBeFocused()
  await expect(page.getByText('calm-crane-3')).toBeVisible()
  await page.getByRole('button', { name: 'Edit size' }).click()
  await expect(page.getByText('Step 3 of 5')).toBeVisible()
  await page.getByRole('button', { name: 'All options' }).click()
  await expect(page.getByRole('textbox', { name: /^Name/ })).toHaveValue('calm-crane-3')
  await page.goBack()
  await page.goto('/instances/new?mode=guided&step=6')
  await page.getByRole('button', { name: 'Create instance' }).click()

  await expect(page.getByRole('heading', { level: 1, name: 'calm-crane-3' })).toBeVisible()
})

test('a link fills in the form for someone else', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto('/instances/new')
  await page.getByRole('radio', { name: /Geneva/ }).check()
  await page.getByRole('textbox', { name: /^Name/ }).fill('shared-wren')
  await page.getByRole('radio', { name: /standard\.large/ }).check()
  await page.getByRole('button', { name: 'Copy link' }).click()
  await expect(page.getByRole('button', { name: 'Link copied' })).toBeVisible()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  await page.getByRole('button', { name: 'Discard draft' }).click()
  await expect(page.getByRole('textbox', { name: /^Name/ })).not.toHaveValue('shared-wren')

  await page.goto(link)

  await expect(page.getByRole('textbox', { name: /^Name/ })).toHaveValue('shared-wren')
  await expect(page.getByRole('radio', { name: /standard\.large/ })).toBeChecked()
})

test('networks, an elastic IP and a reverse DNS name are requested with the instance, and are set', async ({
  page,
  app,
}) => {
  await page.goto('/instances/new')
  await page.getByRole('radio', { name: /Geneva/ }).check()
  await page.getByRole('textbox', { name: /^Name/ }).fill('well-connected')
  await page.getByRole('checkbox', { name: 'shop-backend' }).check()
  const address = page.getByRole('textbox', { name: /^IP address in shop-backend/ })
  await address.fill('192.0.2.300')
  const addresses = page.getByRole('group', { name: 'Elastic IPs' })
  await addresses.getByRole('checkbox').last().check()
  await page.getByRole('textbox', { name: /^Reverse DNS/ }).fill('web 7')
  await page.getByRole('button', { name: 'Create instance' }).click()
  // An impossible choice is rejected at its field before anything is sent.
  const reverse = page.getByRole('textbox', { name: /^Reverse DNS/ })
  await expect(reverse).toHaveAttribute('aria-invalid', 'true')
  await expect(address).toHaveValue('192.0.2.300')
  expect(await find(app, 'well-connected')).toBeUndefined()

  await address.fill('')
  await page.getByRole('textbox', { name: /^Reverse DNS/ }).fill('web-7.example.com')
  await page.getByRole('button', { name: 'Create instance' }).click()
  await expect(
    page.getByRole('heading', { level: 1, name: 'well-connected' }),
  ).toBeVisible()
  await expectState(page, 'running')

  const found = await find(app, 'well-connected')
  await expect
    .poll(async () => found && (await read(app, found)), { timeout: 30_000 })
    .toMatchObject({
      'private-networks': [{ id: expect.any(String) }],
      'elastic-ips': [{ id: expect.any(String) }],
    })
  const parts = page.getByRole('navigation', { name: 'Instance sections' })
  await parts.getByRole('link', { name: 'Network' }).click()
  await expect(page.getByText('web-7.example.com', { exact: true })).toBeVisible({
    timeout: 20_000,
  })
  await expect(page.getByRole('button', { name: 'Detach shop-backend' })).toBeVisible()
})

test('guided, by the keyboard alone: from the list to a running instance', async ({
  page,
  app,
}) => {
  test.setTimeout(90_000)
  await openList(page)
  await keyboard.press(page.getByRole('link', { name: 'New instance' }).first())
  await keyboard.press(page.getByRole('button', { name: 'Guided' }))
  await expect(page.getByText('Step 1 of 5')).toBeVisible()
  await keyboard.fill(page.getByRole('textbox', { name: /^Name/ }), 'no-mouse')
  const next = page.getByRole('button', { name: 'Next' })
  await keyboard.press(next)
  await expect(
    page.getByRole('heading', { name: 'Which template do you want to use?' }),
  ).toBeFocused()
  await keyboard.press(next)
  await expect(page.getByText('Step 3 of 5')).toBeVisible()
  await keyboard.check(page.getByRole('radio', { name: /standard\.small/ }))
  await keyboard.press(next)
  await expect(page.getByText('Step 4 of 5')).toBeVisible()
  await keyboard.press(page.getByRole('button', { name: 'Download private key' }))
  await keyboard.toggle(page.getByRole('checkbox', { name: 'I saved the private key' }))
  await keyboard.fill(
    page.getByRole('textbox', { name: 'Allowed IP address' }),
    '203.0.113.7',
  )
  await keyboard.press(next)
  await expect(page.getByText('Step 5 of 5')).toBeVisible()
  await keyboard.press(next)
  await expect(page.getByRole('heading', { name: 'Review your choices' })).toBeFocused()
  await keyboard.press(page.getByRole('button', { name: 'Create instance' }))

  await expect(page.getByRole('heading', { level: 1, name: 'no-mouse' })).toBeVisible()
  await expectState(page, 'running')
  const found = await find(app, 'no-mouse')
  expect(found && (await read(app, found))?.name).toBe('no-mouse')
})
