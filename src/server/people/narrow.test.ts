/** What narrowed people see and change, and how a narrowing takes effect, on both databases. */
import { setTimeout as wait } from 'node:timers/promises'

import { expect, onTestFinished, test } from 'vitest'

import type { AuditPage } from '#contract/audit/audit.ts'
import type { Inventory } from '#contract/feed.ts'
import type { Job, JobDetail } from '#contract/job.ts'
import type { Area } from '#contract/people/area.ts'
import type { Invited, PersonRow } from '#contract/people/people.ts'
import { linesPath, unpackInventory } from '#contract/wire/inventory-lines.ts'

import {
  endOfFeed,
  laterMeasured,
  onBothStores,
  type House,
  type InHouse,
} from '../testing/test-house.ts'
import { orderOf } from '../testing/test-jobs.ts'
import { addMachines, type TestMachine } from '../testing/test-machines.ts'
import { firstAdmin, invited, type TestPerson } from '../testing/test-people.ts'
import { gate, json } from '../testing/test-zone.ts'

const web: Area = { labels: { team: 'web' } }
const below = '/api/zones/ch-test-1'

/** Three machines, of which the first is the team's, an admin, and the operator Ben. */
async function begin({ zone, origin, store }: House, area?: Area) {
  const machines = addMachines(zone, 3)
  for (const [at, team] of ['web', 'db'].entries())
    Object.assign(machines[at] ?? {}, { labels: { team } })
  const ana = await firstAdmin(origin, store)
  const { person: ben, id } = await invited(ana, origin, { name: 'Ben', role: 'operator' })
  const narrow = (to: Area | null) => ana.told('PUT', `/api/people/${id}`, { area: to })
  await looked(ana, machines)
  if (area) await narrow(area)
  const [own, other, bare] = machines
  if (!own || !other || !bare) throw new Error('too few machines')
  return { machines, own, other, bare, ana, ben, id, narrow }
}

/** The server has the machines as they are now: it looks after each change. */
async function looked(ana: TestPerson, machines: readonly TestMachine[]): Promise<void> {
  await ana.send('PUT', `${below}/instance/${machines[0]?.id}:reboot`)
  await expect
    .poll(async () => {
      const { zones } = (await ana.send('GET', '/api/inventory')).body as Inventory // the contract's answer
      return zones[0]?.instances.map(({ id, labels = {} }) => [id, labels])
    })
    .toEqual(machines.map(({ id, labels }) => [id, labels]))
}

/** Follows the feed until the test ends; returns what it has said by now. */
async function follow(origin: string, { cookie }: TestPerson, since: number) {
  const leaving = new AbortController()
  onTestFinished(() => leaving.abort())
  const { signal } = leaving
  const headers = { cookie }
  const { body } = await fetch(`${origin}/api/feed?since=${since}`, { headers, signal })
  let said = ''
  void (async () => {
    const reader = body?.getReader()
    for (let read = await reader?.read(); read && !read.done; read = await reader?.read())
      said += Buffer.from(read.value).toString()
  })().catch(() => {})
  return () => said
}

async function namesOf(person: TestPerson): Promise<string[]> {
  const { body } = await person.send('GET', '/api/inventory')
  const { zones } = body as Inventory // the contract's answer
  return zones.flatMap(({ instances }) => instances.map(({ name = '' }) => name))
}

/** The same as pages read it. */
async function namesInLines(origin: string, { cookie }: TestPerson): Promise<string[]> {
  const answer = await fetch(`${origin}${linesPath}`, { headers: { cookie } })
  return Array.from(unpackInventory(await answer.text())).flatMap((part) =>
    'head' in part ? [] : part.instances.map(({ name = '' }) => name),
  )
}

function takesEffect(house: InHouse): void {
  test(
    'a narrowing holds at once, ends what is open, and can be taken back',
    house(async (the) => {
      const { ben, ana, id, narrow } = await begin(the)
      expect(await namesOf(ben)).toEqual(['web-0', 'web-1', 'web-2'])

      expect(await endOfFeed(the.origin, ben, () => narrow(web))).toBeLessThan(2_000)
      expect(await namesOf(ben)).toEqual(['web-0'])
      expect(await namesInLines(the.origin, ben)).toEqual(['web-0'])
      expect(await namesInLines(the.origin, ana)).toEqual(['web-0', 'web-1', 'web-2'])
      expect((await ben.session()).person.area).toEqual(web)
      const rows = (await ana.send('GET', '/api/people')).body as PersonRow[] // the contract's answer
      expect(rows.find((row) => row.id === id)?.area).toEqual(web)

      expect(await narrow({ zones: ['ch-test-1'] })).toBe('200')
      expect(await namesOf(ben)).toEqual(['web-0', 'web-1', 'web-2'])
      expect(await narrow({ ...web, zones: ['ch-test-1'] })).toBe('200')
      expect(await namesOf(ben)).toEqual(['web-0'])
      expect(await narrow(null)).toBe('200')
      expect(await namesOf(ben)).toEqual(['web-0', 'web-1', 'web-2'])
    }),
  )

  test(
    'an invitation carries it, an admin has none, and what is no narrowing is refused',
    house(async (the) => {
      const { ana, ben, narrow, id } = await begin(the)
      const { body } = await ana.send('POST', '/api/people', {
        name: 'Cas',
        role: 'viewer',
        area: web,
      })
      expect((body as Invited).person.area).toEqual(web) // the contract's answer
      for (const area of [
        {},
        [],
        'all',
        { zones: [] },
        { zones: ['ch-no-9'] },
        { labels: {} },
        { labels: { team: 1 } },
        { labels: { team: '' } },
        {
          labels: Object.fromEntries(
            Array.from({ length: 11 }, (_, at) => [`k${at}`, 'v']),
          ),
        },
        { zones: ['ch-test-1'], more: true },
      ]) {
        const told = ana.told('PUT', `/api/people/${id}`, { area })
        expect([area, await told]).toEqual([area, '400 bad-area'])
      }
      const asAdmin = { role: 'admin', area: web }
      expect(await ana.told('PUT', `/api/people/${id}`, asAdmin)).toBe('400 bad-area')
      expect(await ben.told('PUT', `/api/people/${id}`, { area: null })).toBe(
        '403 needs-role',
      )

      await narrow(web)
      await ana.send('PUT', `/api/people/${id}`, { role: 'admin' })
      expect(await namesOf(ben)).toEqual(['web-0', 'web-1', 'web-2'])
    }),
  )
}

function isRecorded(house: InHouse): void {
  test(
    'the audit log has what it is and what it was, and what was refused',
    house(async (the) => {
      const { ana, ben, other, narrow } = await begin(the)
      await narrow(web)
      await narrow({ zones: ['ch-test-1'], ...web })
      await ben.send('POST', `${below}/ssh-key`, {
        name: 'key',
        'public-key': 'ssh-rsa AAAA',
      })
      await ben.send('PUT', `${below}/instance/${other.id}:stop`)
      const page = (await ana.send('GET', '/api/audit')).body as AuditPage // the contract's answer
      const told = page.entries.filter(({ event }) => event === 'update-person')
      expect(told.map(({ changed }) => changed)).toEqual([
        { area: 'zones ch-test-1; labels team=web', areaBefore: 'labels team=web' },
        { area: 'labels team=web', areaBefore: '' },
      ])
      const refused = page.entries.filter(({ event }) => event === 'refuse')
      expect(refused.map(({ cause }) => cause?.code)).toEqual(['not-narrowed-only'])
    }),
  )
}

const create = {
  template: { id: '0b12cb6b-7e3e-4c0e-9e10-0000000000aa' },
  'instance-type': { id: '0b12cb6b-7e3e-4c0e-9e10-0000000000bb' },
  'disk-size': 50,
}

function changes(house: InHouse): void {
  test(
    'what isn’t theirs can’t be changed, and no instance enters or leaves what is',
    house(async (the) => {
      const { ben, own, other, bare } = await begin(the, web)
      const on = ({ id }: TestMachine) => `${below}/instance/${id}`
      expect(await ben.told('PUT', `${on(own)}:reboot`)).toBe('200')
      for (const one of [other, bare])
        expect(await ben.told('PUT', `${on(one)}:reboot`)).toBe('404 no-such-instance')
      const relabel = (one: TestMachine, labels: object) =>
        ben.told('PUT', on(one), { labels })
      expect(await relabel(own, { team: 'web', size: 'big' })).toBe('200')
      expect(await relabel(own, { team: 'db' })).toBe('403 labels-narrow')
      expect(await relabel(own, {})).toBe('403 labels-narrow')
      expect(await relabel(bare, { team: 'web' })).toBe('404 no-such-instance')
      expect(await ben.told('DELETE', `${on(own)}/labels`)).toBe('403 labels-narrow')
      expect([own.labels, bare.labels]).toEqual([{ team: 'web', size: 'big' }, {}])
    }),
  )

  test(
    'what they create must have the label, and they follow it from its first operation',
    house(async (the) => {
      const { ben } = await begin(the, web)
      const id = '0b12cb6b-7e3e-4c0e-9e10-0000000000cc'
      the.zone.answers['POST /instance'] = json({
        id: '0b12cb6b-7e3e-4c0e-9e10-0000000000dd',
        state: 'pending',
        reference: { id },
      })
      const ask = (labels?: object) =>
        ben.told('POST', `${below}/instance`, { ...create, ...(labels ? { labels } : {}) })
      expect(await ask()).toBe('403 labels-narrow')
      expect(await ask({ team: 'db' })).toBe('403 labels-narrow')
      const order = { body: { ...create, labels: { team: 'db' } } }
      expect(await ben.told('POST', `${below}/creations`, order)).toBe('403 labels-narrow')
      expect(the.zone.asked).not.toContain('POST /instance')

      expect(await ask({ team: 'web' })).toBe('200')
      const { body } = await ben.send('GET', '/api/inventory')
      const { operations } = body as Inventory // the contract's answer
      expect(operations[0]).toMatchObject({ endpoint: 'create-instance', instanceId: id })
    }),
  )
}

function belongs(house: InHouse): void {
  test(
    'a volume or a snapshot follows its instance, and what is no one’s is refused',
    house(async (the) => {
      const { ben, own, other, narrow } = await begin(the, web)
      const part = (at: number) => `0b12cb6b-7e3e-4c0e-9e10-0000000001${at}0`
      const put = (at: number, instance?: { id: string }) => {
        const volume = {
          id: part(at),
          name: `volume-${at}`,
          ...(instance ? { instance } : {}),
        }
        the.zone.answers[`GET /block-storage/${part(at)}`] = json(volume)
        the.zone.answers[`PUT /block-storage/${part(at)}:detach`] = json({ id: part(9) })
      }
      put(1, { id: own.id })
      put(2, { id: other.id })
      put(3)
      const detach = (at: number) =>
        ben.told('PUT', `${below}/block-storage/${part(at)}:detach`)
      expect(await detach(1)).toBe('200')
      for (const at of [2, 3, 4]) expect(await detach(at)).toBe('404 no-such-page')
      const attach = { instance: { id: own.id } }
      const path = `${below}/block-storage/${part(3)}:attach`
      expect(await ben.told('PUT', path, attach)).toBe('403 not-narrowed-only')
      await narrow({ zones: ['ch-test-1'] })
      expect(await detach(2)).toBe('200')
      const group = { name: 'group' }
      expect(await ben.told('POST', `${below}/security-group`, group)).toBe(
        '403 not-narrowed-only',
      )
    }),
  )

  test(
    'an instance whose label changes leaves at the next look, and the feed doesn’t name it',
    house(async (the) => {
      const { ben, ana, own, machines } = await begin(the, web)
      expect(await namesOf(ben)).toEqual(['web-0'])
      const { seq } = (await ben.send('GET', '/api/inventory')).body as Inventory // the contract's answer
      const said = await follow(the.origin, ben, seq)
      own.labels = { team: 'db' }
      await looked(ana, machines)
      expect(said()).toContain('event: reset')
      expect(said()).not.toContain('event: instances')
      expect(await namesOf(ben)).toEqual([])
      const { body } = await ben.send('GET', `${below}/instance`)
      expect(body).toEqual({ instances: [] })
      expect(await ben.told('GET', `${below}/instance/${own.id}`)).toBe(
        '404 no-such-instance',
      )
    }),
  )
}

function whileItWaits(house: InHouse): void {
  test(
    'a feed that waits for the labels follows what its person is narrowed to then',
    house(async (the) => {
      const { ben, ana, own, other, machines, narrow } = await begin(the, web)
      const { zone, origin } = the
      const list = zone.answers['GET /instance']
      const { opened, open } = gate()
      const asked = gate()
      zone.answers['GET /instance'] = (request, response) => {
        asked.open()
        void opened.then(() => list?.(request, response))
      }
      // The labels are too old to judge by, and the last list isn't reused any more.
      await wait(1_100)
      laterMeasured(16_000)
      const following = follow(origin, ben, 0)
      await asked.opened
      expect(await narrow({ labels: { team: 'db' } })).toBe('200')
      open()
      const said = await following

      own.name = 'of the web'
      other.name = 'of the database'
      await looked(ana, machines)
      await expect.poll(said).toContain('of the database')
      expect(said()).not.toContain('of the web')
    }),
    15_000,
  )
}

function jobs(house: InHouse): void {
  test(
    'a bulk action is refused outside, and one that runs keeps to what is theirs',
    house(async (the) => {
      const { ben, ana, machines, own, other, narrow } = await begin(the)
      const start = async (person: TestPerson, order: object) => {
        const { status, body } = await person.send('POST', '/api/jobs', order)
        return { status, id: (body as Job).id } // the contract's answer
      }
      const detail = async (person: TestPerson, id: string) =>
        (await person.send('GET', `/api/jobs/${id}`)).body as JobDetail // as above
      const end = (id: string) =>
        expect.poll(async () => (await detail(ana, id)).endedAt).toBeDefined()
      const all = await start(ben, orderOf('reboot', machines))
      await end(all.id)
      await narrow(web)
      const seen = await detail(ben, all.id)
      expect(seen.items.map(({ name }) => name)).toEqual(['web-0'])
      expect(seen.names).toEqual(['web-0'])
      expect(await ben.told('POST', `/api/jobs/${all.id}/retry`, {})).toBe(
        '409 nothing-to-retry',
      )
      await narrow({ labels: { team: 'mail' } })
      expect(await ben.told('POST', `/api/jobs/${all.id}/retry`, {})).toBe(
        '404 no-such-instance',
      )
      await narrow(web)
      expect((await start(ben, orderOf('reboot', [own, other]))).status).toBe(404)
      const label = { key: 'team', value: 'db' }
      expect(await ben.told('POST', '/api/jobs', orderOf('label', [own], { label }))).toBe(
        '403 labels-narrow',
      )
      const hers = await start(ana, orderOf('reboot', [own]))
      expect(await ben.told('GET', `/api/jobs/${hers.id}`)).toBe('404 no-such-job')

      await end(hers.id)
      await narrow(null)
      const { zone } = the
      const answer = zone.answers[`GET /instance/${other.id}`]
      // Ben is narrowed while the job reads the second one.
      zone.answers[`GET /instance/${other.id}`] = (request, response) =>
        void narrow(web).then(() => answer?.(request, response))
      const running = await start(ben, orderOf('stop', [own, other]))
      await end(running.id)
      const { items } = await detail(ana, running.id)
      expect(items.map(({ state, cause }) => [state, cause?.code])).toEqual([
        ['success', undefined],
        ['skipped', 'instance-gone'],
      ])
      expect([own.state, other.state]).toEqual(['stopped', 'running'])
    }),
    30_000,
  )
}

onBothStores(takesEffect)
onBothStores(isRecorded)
onBothStores(changes)
onBothStores(belongs)
onBothStores(whileItWaits)
onBothStores(jobs)
