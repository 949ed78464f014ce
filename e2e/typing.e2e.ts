/** Texts that the page types into a QEMU guest, read back byte by byte inside it. */
import { setTimeout as wait } from 'node:timers/promises'

import type { Locator, Page } from '@playwright/test'

import { keymaps, type Keymap } from '#sandbox/console/guest/keymaps.ts'

import { expect, missing, test, type GuestZone } from './guest-zone.ts'
import { mixed, runOnItsWay } from './typed-text.ts'
import { openInstance, openTool } from './vocabulary.ts'

test.skip(missing, 'QEMU is not installed')
test.describe.configure({ timeout: 200_000 })

const name = 'old-wiki'
/** The guest’s first screen records its input instead of showing a login. */
const takeDown = `cat >/etc/init.d/screen <<'END'
#!/bin/sh
stty raw -echo
exec cat >>/tmp/typed
END
killall getty; until pidof cat; do sleep 0.1; done`

type Typing = {
  panel: Locator
  /** What has arrived since it was last forgotten. */
  arrived(): Promise<string>
  forget(keymap?: Keymap): Promise<void>
  send(text: string): Promise<void>
}

async function openTyping(page: Page, { inside }: GuestZone): Promise<Typing> {
  await openInstance(page, name)
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await page.getByRole('link', { name: 'Console', exact: true }).click()
  const screen = page.getByRole('application', { name: `Screen of ${name}` })
  await expect(screen).toHaveAttribute('data-connection', 'open', { timeout: 20_000 })
  await inside(name, takeDown)
  const panel = await openTool(page, 'Send text')
  return {
    panel,
    arrived: async () =>
      Buffer.from(await inside(name, 'base64 /tmp/typed'), 'base64').toString(),
    forget: async (keymap) => {
      if (keymap)
        await inside(name, `loadkeys -q ${keymaps[keymap]} </dev/tty1 >/dev/tty1 2>&1`)
      await inside(name, ': >/tmp/typed')
    },
    send: async (text) => {
      await panel.getByLabel('Text', { exact: true }).fill(text)
      await panel.getByRole('button', { name: 'Type text' }).click()
    },
  }
}

const confirmed = (panel: Locator, count: string) =>
  expect(panel.locator('[data-typing=done]')).toContainText(
    `${count} characters confirmed by the instance`,
    { timeout: 120_000 },
  )

test('all printable characters arrive with several keyboards, and a canceled text stops at once', async ({
  page,
  guests,
}) => {
  const { panel, arrived, forget, send } = await openTyping(page, guests)
  const layout = panel.getByLabel('Keyboard layout of the instance')
  const text = mixed(95)
  const layouts: [Keymap, string][] = [
    ['us', 'us'],
    ['de-CH', 'de-CH'],
    ['fr', 'any'],
  ]
  for (const [keymap, choice] of layouts) {
    await forget(keymap)
    await layout.selectOption(choice)
    await send(text)
    await confirmed(panel, '95')
    await expect.poll(arrived, keymap).toBe(text)
  }

  await forget('us')
  await layout.selectOption('us')
  await send('AB'.repeat(1_000))
  await expect.poll(async () => (await arrived()).length).toBeGreaterThan(60)
  const cancelled = performance.now()
  const count = (await arrived()).length
  await page.keyboard.press('Escape')
  await expect(panel.locator('[data-typing=stopped]')).toContainText('Typing canceled')
  const stoppedAfter = performance.now() - cancelled
  await send('abc')
  await confirmed(panel, '3')
  const typed = await arrived()
  expect(typed).toMatch(/^(AB)*A?abc$/)
  // Each letter takes 20 ms: after the stop, only those of 200 ms may follow.
  expect(typed.length - 3 - count).toBeLessThan((stoppedAfter + 200) / 20)
})

test('1,000 characters arrive exactly over 100 ms of network, with CapsLock on, although the machine is paused for 8 s', async ({
  page,
  guests,
  front,
}) => {
  front.roundTripMs = 100
  const { panel, arrived, forget, send } = await openTyping(page, guests)
  const machine = await guests.machineOf(name)
  // Not through the page, because noVNC applies the page's own CapsLock.
  const press = (key: string) =>
    machine.tell('send-key', { keys: [{ type: 'qcode', data: key }] })
  await press('caps_lock')
  await press('a')
  await expect.poll(arrived).toBe('A')
  await forget()
  // The light is delayed by the network, too, and the page doesn't show it.
  await wait(1_000)
  const text = mixed(1_000)

  await send(text)
  await expect
    .poll(async () => (await arrived()).length, { timeout: 40_000 })
    .toBeGreaterThan(300)
  await runOnItsWay(front)
  await machine.tell('stop')
  const since = performance.now()
  await expect(
    panel.getByText(
      'The instance isn’t responding to keys. Typing continues when it does.',
    ),
  ).toBeVisible()
  await wait(8_000 - (performance.now() - since))
  await machine.tell('cont')
  await confirmed(panel, '1,000')
  await expect.poll(arrived).toBe(text)

  // The lock is as before, and no key is pressed.
  await forget()
  await press('a')
  await expect.poll(arrived).toBe('A')
  await send('abc')
  await confirmed(panel, '3')
  await expect.poll(arrived).toBe('Aabc')
})
