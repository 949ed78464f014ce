/** The effect of the pages' actions on QEMU guests, checked inside them. */
import type { Page } from '@playwright/test'

import type { Running } from './app.ts'
import { expect, missing, test } from './guest-zone.ts'
import { readScreen } from './read-screen.ts'
import {
  chooseAction,
  dialog,
  expectState,
  openInstance,
  openScreen,
  openTool,
} from './vocabulary.ts'
import { find, inventoryOf } from './zone.ts'

test.skip(missing, 'QEMU is not installed')
test.describe.configure({ timeout: 400_000 })

const publicKey =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHVubWlzdGFrYWJsZS1rZXktb2YtdGhlLXRlc3Q= eva@desk'

const editor = (page: Page) => page.getByRole('textbox', { name: 'cloud-init user data' })

async function openTab(page: Page, name: string) {
  const tabs = page.getByRole('navigation', { name: 'Instance sections' })
  await tabs.getByRole('link', { name }).click()
}

/** Has the open question filled in, and sends it. */
async function send(
  page: Page,
  button: string,
  fill?: (asking: Awaited<ReturnType<typeof dialog>>) => Promise<unknown>,
) {
  const asking = await dialog(page)
  await fill?.(asking)
  await asking.getByRole('button', { name: button, exact: true }).click()
  // What can't be taken back waits for ten seconds first.
  await expect(asking).toHaveCount(0, { timeout: 20_000 })
}

async function ask(
  page: Page,
  action: string,
  ...question: [button: string, fill?: Parameters<typeof send>[2]]
) {
  await chooseAction(page, action)
  await send(page, ...question)
}

/** Waits until all operations are done, and checks that none failed. */
async function settled(app: Running, name: string) {
  const { id } = (await find(app, name)) ?? {}
  const states = async () => {
    const { operations, chains } = await inventoryOf(app)
    const all = [...operations, ...chains].filter(({ instanceId }) => instanceId === id)
    return [...new Set(all.map(({ state }) => state))]
  }
  await expect.poll(states, { timeout: 40_000 }).toEqual(['success'])
}

async function power(page: Page, name: string, verb: 'Start' | 'Stop' | 'Reboot') {
  await page.getByRole('button', { name: verb, exact: true }).click()
  if (verb !== 'Start')
    await (await dialog(page)).getByRole('button', { name: `${verb} ${name}` }).click()
}

test('user data and key are applied; a new password logs in; it reboots, and shuts down or is killed', async ({
  page,
  app,
  guests,
}) => {
  const { inside, expectInside, screenOf } = guests
  const query = new URLSearchParams({
    zone: 'ch-gva-2',
    template: 'VyOS 1.5 64-bit',
    type: 'standard.tiny',
    name: 'till',
  })
  await page.goto(`/instances/new?${query}`)
  await page.getByRole('button', { name: 'Add SSH key' }).click()
  await page.getByRole('textbox', { name: 'Public key' }).fill(publicKey)
  await page.getByRole('textbox', { name: 'Key name' }).fill('eva-desk')
  await page.getByRole('button', { name: 'Add key' }).click()
  await expect(page.getByRole('checkbox', { name: /eva-desk/ })).toBeChecked()
  await editor(page).click()
  await expect(page.locator('.cm-editor')).toBeVisible()
  await editor(page).fill(`#cloud-config
hostname: counter
write_files:
  - path: /etc/motd
    content: "Till number four\\n"
runcmd:
  - [sh, -c, 'echo once >>/root/once']
`)
  await page.getByRole('button', { name: 'Create instance' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'till' })).toBeVisible()
  await expectState(page, 'running')
  await expectInside('till', 'hostname; cat /root/once', 'counter\nonce')
  expect(await inside('till', 'cat /home/vyos/.ssh/authorized_keys')).toBe(publicKey)

  await page.getByRole('button', { name: 'Reset password' }).click()
  await settled(app, 'till')
  const screen = await openScreen(page, 'till')
  await expect.poll(() => screenOf('till')).toContain('counter login:')
  await screen.locator('canvas').click()
  await page.keyboard.type('vyos\n', { delay: 40 })
  await expect.poll(() => screenOf('till')).toContain('Password:')
  const panel = await openTool(page, 'Type password')
  await panel.getByLabel('Press Enter afterward').check()
  await panel.getByRole('button', { name: 'Type password', exact: true }).click()
  await expect.poll(() => screenOf('till')).toMatch(/Till number four[^]*vyos@counter:~\$/)
  expect(await inside('till', 'who -a; ps')).toContain('vyos')

  await openInstance(page, 'till')
  // A reboot is a reset: what isn't written to the disk yet is lost.
  const boot = await inside('till', 'sync; cat /proc/sys/kernel/random/boot_id')
  await power(page, 'till', 'Reboot')
  await expectInside(
    'till',
    'cat /proc/sys/kernel/random/boot_id',
    new RegExp(`^(?!${boot})`),
  )
  expect(await inside('till', 'cat /root/once')).toBe('once')

  // What is written during shutdown is read at the next start.
  await inside('till', `sed -i '2i echo down >>/root/went' /etc/init.d/down`)
  await power(page, 'till', 'Stop')
  await expectState(page, 'stopped')
  await power(page, 'till', 'Start')
  await expectInside('till', 'cat /root/went', 'down')

  await inside(
    'till',
    `killall acpid; sed -i '2i echo down >>/root/went' /etc/init.d/down; sync`,
  )
  await power(page, 'till', 'Stop')
  // It ignores the power button: after fifteen seconds it is killed.
  await expectState(page, 'stopping')
  await expect(page.locator('[data-state="stopped"]').first()).toBeVisible({
    timeout: 30_000,
  })
  await power(page, 'till', 'Start')
  await expectInside('till', 'cat /root/went', 'down')
})

test('its disk grows and is reverted, its size and TPM change; rescue keeps the disk; a reinstall erases it', async ({
  page,
  app,
  guests,
}) => {
  const { inside, expectInside, screenOf } = guests
  const name = 'old-wiki'
  await openInstance(page, name)
  await power(page, name, 'Start')
  await expectInside(name, 'nproc', '1')
  await inside(name, 'echo before >/root/file')
  await openTab(page, 'Snapshots')
  const ready = page.getByText('Ready', { exact: true })
  await expect(ready.first()).toBeVisible()
  const before = await ready.count()
  await page.getByRole('button', { name: 'Take snapshot…' }).click()
  await send(page, `Take snapshot of ${name}`)
  await expect(ready).toHaveCount(before + 1, { timeout: 20_000 })
  await settled(app, name)
  await inside(name, 'echo after >/root/file; sync')

  await power(page, name, 'Stop')
  await expectState(page, 'stopped')
  await ask(page, 'Grow disk…', `Grow disk of ${name}`, (asking) =>
    asking.getByRole('spinbutton', { name: 'New disk size' }).fill('60'),
  )
  await settled(app, name)
  await openTab(page, 'Snapshots')
  await page
    .getByRole('button', { name: /^Actions for snapshot/ })
    .first()
    .click()
  await page.getByRole('menuitem', { name: 'Revert to snapshot…' }).click()
  await send(page, `Revert ${name}`, (asking) => asking.getByRole('textbox').fill(name))
  await settled(app, name)
  await ask(page, 'Change size…', `Change size of ${name}`, (asking) =>
    asking.getByRole('radio', { name: /standard\.medium/ }).check(),
  )
  await settled(app, name)
  await openTab(page, 'Settings')
  await page.getByRole('button', { name: 'Turn on TPM…' }).click()
  await send(page, `Turn on TPM of ${name}`)
  await settled(app, name)
  await power(page, name, 'Start')
  await expectInside(name, 'cat /root/file', 'before')
  const size = await inside(name, `df -k /root | awk 'END { print $2 / 1048576 }'`)
  expect(Number(size)).toBeGreaterThan(58)
  expect(await inside(name, 'nproc')).toBe('2')
  const memory = Number(await inside(name, `free -m | awk '/Mem/ { print $2 }'`))
  // Of its 4 GiB it gets one, and prints that.
  expect(memory).toBeGreaterThan(900)
  expect(memory).toBeLessThanOrEqual(1024)
  expect(await inside(name, 'cat /sys/class/tpm/tpm0/tpm_version_major')).toBe('2')

  await ask(page, 'Start in rescue mode…', `Start ${name} in rescue mode`)
  await settled(app, name)
  await expectInside(name, 'cat /proc/cmdline', /exo\.rescue=1/)
  await expect.poll(() => screenOf(name)).toContain('Rescue mode, booted from the network.')
  expect(await inside(name, 'mount')).not.toContain('/dev/vda')
  expect(await inside(name, 'mount /dev/vda /mnt; cat /mnt/root/file; umount /mnt')).toBe(
    'before',
  )

  await page.getByRole('button', { name: 'Restart normally…' }).click()
  await send(page, `Restart ${name} normally`)
  await settled(app, name)
  await expectInside(name, 'cat /root/file', 'before')

  await openInstance(page, name)
  await ask(page, 'Reinstall…', `Reinstall ${name}`, (asking) =>
    asking.getByRole('textbox').fill(name),
  )
  await settled(app, name)
  await expectInside(name, 'ls /root', '')
})

test.describe('with one place', () => {
  test.use({ maxQemu: 1 })

  test('secure boot and a TPM work; one more instance gets a simulated screen that says why', async ({
    page,
    guests,
  }) => {
    const query = new URLSearchParams({
      zone: 'ch-gva-2',
      template: 'Linux Debian 13 (Trixie) 64-bit',
      type: 'standard.tiny',
      name: 'vault',
      secureBoot: 'true',
      tpm: 'true',
    })
    await page.goto(`/instances/new?${query}`)
    await page.getByRole('button', { name: 'Create instance' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'vault' })).toBeVisible()
    await expectState(page, 'running')

    // Its last byte, after four of what kind of variable it is.
    const variable =
      'tail -c 1 /sys/firmware/efi/efivars/SecureBoot-* | hexdump -e \'"%d"\''
    expect(await guests.inside('vault', variable)).toBe('1')
    expect(await guests.inside('vault', 'dmesg')).toContain('Secure boot enabled')
    expect(await guests.inside('vault', 'cat /sys/class/tpm/tpm0/tpm_version_major')).toBe(
      '2',
    )
    await openScreen(page, 'vault')

    await openInstance(page, 'old-wiki')
    await power(page, 'old-wiki', 'Start')
    await expectState(page, 'running')
    await openScreen(page, 'old-wiki')
    await expect
      .poll(() => readScreen(page))
      .toContain('Simulated screen: the limit of running QEMU instances (1)')
  })
})
