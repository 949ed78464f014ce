/** What the policy says of screens holds on the server, whatever a page asks for. */
import { once } from 'node:events'

import { expect, onTestFinished, test } from 'vitest'
import type { WebSocket } from 'ws'

import { openStore } from '../store/store.ts'
import { localSession } from '../testing/test-house.ts'
import { TestPerson } from '../testing/test-people.ts'
import { dial, pathOf, startRelay } from '../testing/test-screens.ts'
import { instanceId, startConsole, startZone } from '../testing/test-zone.ts'

const hello = Buffer.concat([Buffer.from('RFB 003.008\n'), Buffer.of(1, 1)])
const key = Buffer.of(4, 1, 0, 0, 0, 0, 0, 0x61)
const update = Buffer.of(3, 0, 0, 0, 0, 0, 4, 0, 3, 0)

/** All that a screen has received once `count` bytes are there. */
function heard(screen: WebSocket, count: number): Promise<Buffer> {
  let all = Buffer.alloc(0)
  return new Promise((resolve) => {
    screen.on('message', (data: Buffer) => {
      all = Buffer.concat([all, data])
      if (all.length >= count) resolve(all)
    })
  })
}

test('a viewer who may see one is relayed, also where others connect directly', async () => {
  const { admin, person, id } = await startRelay('direct')
  const path = `/api/zones/ch-test-1/console/${instanceId}`
  expect(await pathOf(person)).toMatch(/^ws:/)
  await admin.send('PUT', `/api/people/${id}`, { role: 'viewer' })
  expect(await person.told('POST', path)).toBe('403 needs-right')
  await admin.send('PUT', '/api/policy', { screens: { viewer: { see: true } } })
  expect(await pathOf(person)).toMatch(/^\/api\/console\//)
  expect(await pathOf(admin)).toMatch(/^ws:/)
})

test('keys of someone who may not type don’t arrive, and what they see does', async () => {
  const { zone, origin, admin, person } = await startRelay()
  await admin.send('PUT', '/api/policy', { screens: { operator: { type: false } } })
  const arriving = zone.nextScreen()
  const browser = dial(origin, await pathOf(person))
  const [screen] = await Promise.all([arriving, once(browser, 'open')])

  const arrived = heard(screen, hello.length + 2 * update.length)
  browser.send(Buffer.concat([hello, update, key]))
  browser.send(Buffer.concat([key, update]))
  expect(await arrived).toEqual(Buffer.concat([hello, update, update]))

  const painted = once(browser, 'message')
  screen.send(Buffer.from('an update'))
  expect(String((await painted)[0])).toBe('an update')

  const closed = once(browser, 'close')
  browser.send(Buffer.of(77))
  expect(String((await closed)[1])).toBe('not-limitable')
})

test.each(['direct', 'relay'] as const)(
  'a limited screen ends within two seconds when the rights of its role change (%s)',
  async (consoleVia) => {
    const { zone, origin, admin, person } = await startRelay(consoleVia)
    await admin.send('PUT', '/api/policy', { screens: { operator: { copy: false } } })
    const unused = await pathOf(person)
    const arriving = zone.nextScreen()
    const browser = dial(origin, await pathOf(person))
    const [screen] = await Promise.all([arriving, once(browser, 'open')])
    const begun = performance.now()
    const gone = once(screen, 'close')
    const closed = once(browser, 'close')

    await admin.send('PUT', '/api/policy', { screens: { operator: { see: false } } })

    expect(String((await closed)[1])).toBe('session-ended')
    await gone
    expect(performance.now() - begun).toBeLessThan(2_000)
    const late = dial(origin, unused)
    expect(String((await once(late, 'close'))[1])).toBe('address-used')
  },
)

test('without the right, no picture of a screen is given, taken or stored', async () => {
  const { admin, person } = await startRelay()
  const none = { screens: { operator: { see: false, play: false } } }
  await admin.send('PUT', '/api/policy', none)
  const path = '/api/zones/ch-test-1'
  const asks: [string, string][] = [
    ['POST', `${path}/console/${instanceId}`],
    ['POST', `${path}/viewers/${instanceId}`],
    ['GET', `${path}/pictures/${instanceId}`],
    ['PUT', `${path}/pictures/${instanceId}`],
  ]
  for (const [method, url] of asks) {
    const told = await person.told(method, url)
    expect([url, told]).toEqual([
      url,
      url.includes('viewers') ? '400 bad-id' : '403 needs-right',
    ])
  }
  const session = await person.session()
  expect(session.screens).toMatchObject({ see: false, type: false, play: false })
})

test('the demo’s roles have the same limits, and their open screens end', async () => {
  const zone = await startZone()
  const store = await openStore(':memory:')
  const demo = { ...localSession, consoleVia: 'relay', signIn: 'demo' } as const
  const { origin, close } = await startConsole(zone, { session: demo, store })
  onTestFinished(async () => {
    await close()
    await zone.close()
  })
  const [ana, ben] = [new TestPerson(origin), new TestPerson(origin)]
  await ben.send('PUT', '/api/demo-role', { role: 'operator' })
  const arriving = zone.nextScreen()
  const browser = dial(origin, await pathOf(ben))
  await Promise.all([arriving, once(browser, 'open')])
  const closed = once(browser, 'close')
  await ana.send('PUT', '/api/policy', { screens: { operator: { type: false } } })
  expect(String((await closed)[1])).toBe('session-ended')
})
