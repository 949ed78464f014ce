/** Relayed screens end with the session that opened them. */
import { once } from 'node:events'

import { expect, test } from 'vitest'

import { refusedCode } from '#contract/console.ts'

import { dial, pathOf, startRelay } from '../testing/test-screens.ts'

test.each([
  ['signs out', { role: 'operator' }, true],
  ['becomes a viewer', { role: 'viewer' }, false],
  ['is disabled', { disabled: true }, false],
  ['is narrowed', { area: { labels: { team: 'db' } } }, false],
] as const)(
  'a screen ends within two seconds when its person %s',
  async (_how, change, leaves) => {
    const { zone, origin, admin, person, id } = await startRelay()
    const arriving = zone.nextScreen()
    const browser = dial(origin, await pathOf(person))
    const [screen] = await Promise.all([arriving, once(browser, 'open')])
    const begun = performance.now()
    const gone = once(screen, 'close')
    const closed = once(browser, 'close')

    if (leaves) await person.send('POST', '/api/sign-out', {})
    else await admin.send('PUT', `/api/people/${id}`, change)

    const [code, reason] = await closed
    expect([code, String(reason)]).toEqual([refusedCode(401), 'session-ended'])
    await gone
    expect(performance.now() - begun).toBeLessThan(2_000)
  },
)

test('a ticket that was not used yet ends with its session', async () => {
  const { origin, person } = await startRelay()
  const path = await pathOf(person)
  await person.send('POST', '/api/sign-out', {})

  const browser = dial(origin, path)

  const [code, reason] = await once(browser, 'close')
  expect([code, String(reason)]).toEqual([refusedCode(403), 'address-used'])
})

test('a ticket that was not used yet ends when its person is narrowed', async () => {
  const { origin, admin, person, id } = await startRelay()
  const path = await pathOf(person)
  await admin.send('PUT', `/api/people/${id}`, { area: { zones: ['ch-test-1'] } })

  const browser = dial(origin, path)

  const [code, reason] = await once(browser, 'close')
  expect([code, String(reason)]).toEqual([refusedCode(403), 'address-used'])
})

test('a screen stays when someone else signs out', async () => {
  const { zone, origin, admin, person } = await startRelay()
  const arriving = zone.nextScreen()
  const browser = dial(origin, await pathOf(person))
  const [screen] = await Promise.all([arriving, once(browser, 'open')])
  await admin.send('POST', '/api/sign-out', { everywhere: true })

  screen.send(Buffer.from('an update'))

  expect(String((await once(browser, 'message'))[0])).toBe('an update')
  browser.close()
})
