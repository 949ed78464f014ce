/** What HEAD does, which Fastify adds to every GET: nothing but what GET says of pages, files and health. */
import { expect, test } from 'vitest'

import { openStore } from './store/store.ts'
import { localSession } from './testing/test-house.ts'
import { firstAdmin } from './testing/test-people.ts'
import { collectRoutes } from './testing/test-routes.ts'
import { instanceId, startConsole, startZone } from './testing/test-zone.ts'

const example = (url: string): string =>
  url
    .replace(':zone', 'ch-test-1')
    .replace(':name', 'a-draft')
    .replace(/:(id|snapshotId)/, instanceId)
    .replace('*', `instance/${instanceId}/password`)

test('HEAD has no effect and never fails: it is a 405 where GET isn’t just a page', async () => {
  const routes = collectRoutes()
  const zone = await startZone()
  const store = await openStore(':memory:')
  const { origin, close } = await startConsole(zone, { session: localSession, store })
  const ana = await firstAdmin(origin, store)
  const logged = async () =>
    (await store.selectFrom('audit').select('seq').execute()).length
  const before = await logged()

  const urls = [...routes].flatMap((route) => /^GET (.*)/.exec(route)?.[1] ?? [])
  expect(urls).toContain('/api/audit/export')
  for (const url of urls) {
    const path = url.endsWith('/export') ? `${url}?format=csv` : example(url)
    const { cookie } = ana
    const told = await fetch(`${origin}${path}`, { method: 'HEAD', headers: { cookie } })
    if (/^\/(api|auth)\//.test(url)) {
      expect([url, told.status]).toEqual([url, 405])
      expect(told.headers.get('allow')?.split(', '), url).toContain('GET')
    } else expect([url, told.status]).toEqual([url, (await ana.send('GET', path)).status])
  }

  expect(await logged()).toBe(before)
  await close()
  await zone.close()
}, 30_000)

test('HEAD of several methods’ address tells them all', async () => {
  const zone = await startZone()
  const { origin, close } = await startConsole(zone)
  const allowOf = async (path: string) =>
    (await fetch(`${origin}${path}`, { method: 'HEAD' })).headers.get('allow')

  expect(await allowOf('/api/kept/a-draft')).toBe('GET, PUT, DELETE')
  expect(await allowOf('/api/zones/ch-test-1/instance')).toBe('GET, POST, PUT, DELETE')
  expect(await allowOf('/api/nothing')).toBe(null)
  await close()
  await zone.close()
})
