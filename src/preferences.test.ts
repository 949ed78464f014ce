/**
 * A person's preferences in several tabs and browsers, against the real server through cut lines. It stands here because
 * it joins two parts.
 */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { enterBrowser, type TestBrowser } from '#server/testing/test-browser.ts'
import {
  startConsole,
  startZone,
  type TestConsole,
  type TestZone,
} from '#server/testing/test-zone.ts'
import { readKept, writeKept } from '#web/api/kept.ts'

let zone: TestZone
let server: TestConsole
let browser: TestBrowser
let isCut = false
const open: (() => void)[] = []

beforeEach(async () => {
  zone = await startZone()
  server = await startConsole(zone)
  isCut = false
  server.app.server.on('connection', (socket) => {
    if (isCut) socket.destroy()
  })
  browser = enterBrowser(server.origin)
})
afterEach(async () => {
  for (const close of open.splice(0)) close()
  await server.close()
  await zone.close()
  // What a closed tab was storing ends with the server.
  await new Promise((resolve) => setTimeout(resolve, 100))
  browser.leave()
})

function cut(): void {
  isCut = true
  server.app.server.closeAllConnections()
}

/** A tab of this person, with modules of its own. */
async function openTab(person = 'ada') {
  vi.resetModules()
  const { useTheme } = await import('#web/stores/theme.ts')
  const { useStartPage } = await import('#web/stores/start-page.ts')
  const { followPreferences, usePreferences } =
    await import('#web/api/follow-preferences.ts')
  const close = followPreferences(person)
  open.push(close)
  return { theme: useTheme.getState, start: useStartPage.getState, usePreferences, close }
}

const stored = async () => (await readKept('preferences')).value
const expectStored = (value: unknown) => expect.poll(() => stored()).toEqual(value)

test('tabs that choose different preferences keep each other’s choice', async () => {
  await writeKept('preferences', { startPage: 'wall' })
  const [one, other] = [await openTab(), await openTab()]
  for (const tab of [one, other])
    await expect.poll(() => tab.start().startPage).toBe('wall')

  one.theme().setTheme('dark')
  other.theme().setDensity('comfortable')

  await expectStored({ startPage: 'wall', theme: 'dark', density: 'comfortable' })
})

test('an old tab doesn’t store again what another browser has changed since', async () => {
  await writeKept('preferences', { theme: 'dark', later: 'kept' })
  const old = await openTab()
  await expect.poll(() => old.theme().theme).toBe('dark')
  await writeKept('preferences', { theme: 'light', later: 'kept' })

  old.theme().setDensity('comfortable')

  await expectStored({ theme: 'light', density: 'comfortable', later: 'kept' })
  await expect.poll(() => old.theme().theme).toBe('light')
})

test('what is chosen before the store has answered is stored, and nothing else', async () => {
  await writeKept('preferences', { density: 'comfortable', theme: 'light' })
  cut()
  const tab = await openTab()
  tab.theme().setTheme('dark')
  await expect.poll(() => tab.usePreferences.getState().isUnstored).toBe(true)

  isCut = false
  browser.online()

  await expectStored({ density: 'comfortable', theme: 'dark' })
  await expect.poll(() => tab.theme().density).toBe('comfortable')
  expect(tab.theme().theme).toBe('dark')
  expect(tab.usePreferences.getState().isUnstored).toBe(false)
})

test('what a closed tab couldn’t store is stored by the next one of that person', async () => {
  await writeKept('preferences', { theme: 'light' })
  const first = await openTab()
  await expect.poll(() => first.theme().theme).toBe('light')
  cut()
  first.theme().setTheme('dark')
  await expect.poll(() => first.usePreferences.getState().isUnstored).toBe(true)
  first.close()
  isCut = false

  const next = await openTab()

  await expectStored({ theme: 'dark' })
  expect(next.theme().theme).toBe('dark')
})

test('no one else’s choice is stored for a person', async () => {
  const ada = await openTab('ada')
  await expect.poll(() => localStorage.getItem('vedette:preferences-of')).toBe('ada')
  cut()
  ada.theme().setTheme('dark')
  await expect.poll(() => ada.usePreferences.getState().isUnstored).toBe(true)
  ada.close()
  isCut = false

  const ben = await openTab('ben')

  await expect.poll(() => ben.theme().theme).toBe('system')
  ben.theme().setDensity('comfortable')
  await expectStored({ density: 'comfortable' })
})
