/** How people get in and out, on both databases. */
import { expect, test } from 'vitest'

import {
  SESSION_IDLE_MS,
  SESSION_MOST_MS,
  type OwnSession,
} from '#contract/people/people.ts'

import { endOfFeed, later, onBothStores, type InHouse } from '../testing/test-house.ts'
import { firstAdmin, password, TestPerson, tokenIn } from '../testing/test-people.ts'
import { instanceId } from '../testing/test-zone.ts'
import { firstLink } from './first-link.ts'
import { Sessions } from './sessions.ts'
import { networkOf, Throttle } from './throttle.ts'

function setsUp(house: InHouse): void {
  test(
    'the first link makes one admin, once',
    house(async ({ origin, store }) => {
      const other = await firstLink(store)
      const ana = await firstAdmin(origin, store)

      expect((await ana.session()).person).toMatchObject({ name: 'Ana', role: 'admin' })
      expect(await firstLink(store)).toBeUndefined()
      const late = new TestPerson(origin)
      const token = tokenIn(other?.path ?? '')
      const tried = { token, name: 'Eve', password }
      expect(await late.told('POST', '/api/set-up-link', { token })).toBe(
        '410 no-such-invitation',
      )
      expect(await late.told('POST', '/api/set-up', tried)).toBe('410 no-such-invitation')
      expect(await late.told('GET', '/api/session')).toBe('401 signed-out')
    }),
  )

  test(
    'a link that has run out makes nobody',
    house(async ({ origin, store }) => {
      const link = await firstLink(store)
      later(15 * 60_000)
      const token = tokenIn(link?.path ?? '')
      const tried = { token, name: 'Ana', password }
      const ana = new TestPerson(origin)
      expect(await ana.told('POST', '/api/set-up', tried)).toBe('410 no-such-invitation')
    }),
  )

  test(
    'a password that is too short, too long or easy to guess uses no link up',
    house(async ({ origin, store }) => {
      const link = await firstLink(store)
      const ana = new TestPerson(origin)
      const choose = (secret: unknown, name: unknown = 'Anastasia') =>
        ana.told('POST', '/api/set-up', {
          token: tokenIn(link?.path ?? ''),
          name,
          password: secret,
        })
      expect(await choose('fourteen chars')).toBe('400 password-too-short')
      expect(await choose('x'.repeat(257))).toBe('400 password-too-long')
      expect(await choose('passwordpassword')).toBe('400 password-guessable')
      expect(await choose('abcdefghijklmnop')).toBe('400 password-guessable')
      expect(await choose('anastasia-2026!')).toBe('400 password-guessable')
      expect(await choose(password, '  ')).toBe('400 bad-person-name')
      for (const name of [
        'a\u202Eb',
        'Bob\uFE0F',
        'Bob\u034F',
        '\u3164Bob',
        'Bo\u2028b',
        'x' + '\u0301'.repeat(9),
      ])
        expect(await choose(password, name)).toBe('400 bad-person-name')
      expect(await choose(['an array'])).toBe('400 bad-request')
      expect(await choose(password)).toBe('200')
    }),
  )
}

function rejectsNonsense(house: InHouse): void {
  test(
    'a name or a password that no one can have is wrong, and costs nothing',
    house(async ({ origin, store }) => {
      await firstAdmin(origin, store)
      const eve = new TestPerson(origin)
      // Unicode's order of marks: to find it takes the square of their number.
      const marks = `a${'\u0315\u0300'.repeat(60_000)}`
      const began = performance.now()
      expect(await eve.signIn(marks)).toBe('401 sign-in-failed')
      expect(await eve.signIn('Ana', marks)).toBe('401 sign-in-failed')
      expect(await eve.told('POST', '/api/set-up-link', { token: marks })).toMatch(/^410/)
      expect(performance.now() - began).toBeLessThan(5_000)
      for (const name of ['', 'A\0na', '\uD800'])
        expect(await eve.signIn(name)).toBe('401 sign-in-failed')
    }),
  )
}

function slowsGuessing(house: InHouse): void {
  test(
    'five failures from one address make it wait, and lock out nobody elsewhere',
    house(async ({ origin, store }) => {
      const ana = await firstAdmin(origin, store)
      const eve = new TestPerson(origin)
      for (let attempt = 0; attempt < 5; attempt += 1)
        expect(await eve.signIn('Ana', `guess number ${attempt} of many`)).toMatch('401')
      expect(await eve.signIn('Ana')).toBe('429 too-many-attempts')
      expect((await ana.session()).person.name).toBe('Ana')
      expect(await ana.told('GET', '/api/people')).toBe('200')
      // Neither a restart nor another server forgets them.
      const other = new Throttle(store, 'password')
      await expect(other.attempt('ana', '127.0.0.1')).rejects.toThrow('Too many attempts')
      await other.attempt('ben', '127.0.0.1')
      // Who has one address of a network of IPv6 has all of it.
      for (let attempt = 1; attempt <= 5; attempt += 1)
        await other.attempt('ana', `2001:db8::${attempt}`)
      await expect(other.attempt('ana', '2001:db8:0:0:ffff::6')).rejects.toThrow('Too many')
      await other.attempt('ana', '2001:db8:0:1::1')
      const rows = await store.selectFrom('attempt').select('key').execute()
      expect(rows.every(({ key }) => /^[0-9a-f]{64}$/.test(key))).toBe(true)
    }),
  )
}

function signsIn(house: InHouse): void {
  test(
    'only the right password lets in, whatever the capitals of the name',
    house(async ({ origin, store }) => {
      const ana = await firstAdmin(origin, store)
      const again = new TestPerson(origin)
      expect(await again.signIn('Ana', 'not the right password')).toBe('401 sign-in-failed')
      expect(await again.signIn('Nobody')).toBe('401 sign-in-failed')
      expect(again.cookie).toBe('')
      expect(await again.signIn(' ANA ')).toBe('200')
      expect((await again.session()).person).toEqual((await ana.session()).person)
    }),
  )

  test(
    'the cookie can’t be read by scripts and isn’t sent from other sites; the store has only its hash',
    house(async ({ origin, store }) => {
      await firstAdmin(origin, store)
      const ana = new TestPerson(origin)
      const body = { name: 'Ana', password }
      const { headers } = await ana.send('POST', '/api/sign-in', body)
      const set = headers.get('set-cookie') ?? ''
      expect(set).toMatch(/^sid=[\w-]{43}; /)
      for (const part of ['HttpOnly', 'SameSite=Strict', 'Path=/', 'Max-Age=28800'])
        expect(set).toContain(part)
      const token = ana.cookie.slice('sid='.length)
      const rows = await store.selectFrom('session').selectAll().execute()
      expect(JSON.stringify(rows)).not.toContain(token)
      const people = await store.selectFrom('person').selectAll().execute()
      expect(JSON.stringify(people)).not.toContain(password)
      expect(people[0]?.password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    }),
  )

  test(
    'a password is the same from a keyboard that composes its characters otherwise',
    house(async ({ origin, store }) => {
      const ana = await firstAdmin(origin, store)
      const next = 'Zürich Genève Lausanne'.normalize('NFC')
      await ana.send('PUT', '/api/password', { current: password, next })
      expect(await ana.signIn('Ana', next.normalize('NFD'))).toBe('200')
    }),
  )

  test(
    'signing in again makes a new session and ends the old one',
    house(async ({ origin, store }) => {
      const ana = await firstAdmin(origin, store)
      const before = new TestPerson(origin)
      before.cookie = ana.cookie
      expect(await ana.signIn('Ana')).toBe('200')
      expect(ana.cookie).not.toBe(before.cookie)
      expect(await before.told('GET', '/api/session')).toBe('401 session-ended')
    }),
  )

  test.each(['sid=', 'sid=forged', `sid=${'a'.repeat(43)}`, '__Host-sid=x', 'sid=%', 'x'])(
    'the cookie %s is nobody’s',
    async (cookie) =>
      house(async ({ origin, store }) => {
        await firstAdmin(origin, store)
        const eve = new TestPerson(origin)
        eve.cookie = cookie
        expect(await eve.told('GET', '/api/inventory')).toMatch(
          /^401 (signed-out|session-ended)$/,
        )
        expect(await eve.told('POST', '/api/people', { name: 'E', role: 'admin' })).toMatch(
          '401',
        )
      })(),
  )

  test(
    'nobody is sent the page of the list, without a row',
    house(async ({ origin }) => {
      const answer = await new TestPerson(origin).send('GET', '/instances')
      expect([200, 404]).toContain(answer.status)
      expect(JSON.stringify(answer.body)).not.toContain('data-state')
    }),
  )
}

/** Tries to sign in, as a proxy would pass it on from `address`. */
const tryFrom = (origin: string, address: string) =>
  new TestPerson(origin).send(
    'POST',
    '/api/sign-in',
    { name: 'Ana', password: 'a guess of many guesses' },
    { 'x-forwarded-for': address },
  )

function believesProxies(house: InHouse): void {
  test(
    'an attempt with another forwarded address each time has to wait anyway',
    house(async ({ origin, store }) => {
      await firstAdmin(origin, store)
      for (let attempt = 1; attempt <= 5; attempt += 1)
        expect((await tryFrom(origin, `203.0.113.${attempt}`)).status).toBe(401)
      expect((await tryFrom(origin, '203.0.113.9')).status).toBe(429)
    }),
  )

  test(
    'a trusted proxy says who asks, and only the last address before it counts',
    house(
      async ({ origin, store }) => {
        const ana = await firstAdmin(origin, store)
        for (let attempt = 1; attempt <= 5; attempt += 1)
          expect((await tryFrom(origin, `198.51.100.${attempt}, 203.0.113.1`)).status).toBe(
            401,
          )
        expect((await tryFrom(origin, '198.51.100.9, 203.0.113.1')).status).toBe(429)
        expect((await tryFrom(origin, '203.0.113.2')).status).toBe(401)
        const body = { name: 'Ana', password }
        await ana.send('POST', '/api/sign-in', body, { 'x-forwarded-for': '203.0.113.3' })
        expect((await ana.send('GET', '/api/sessions')).body).toMatchObject([
          { from: '203.0.113.3' },
        ])
      },
      { trustedProxies: ['127.0.0.0/8'] },
    ),
  )
}

const zone = '/api/zones/ch-test-1'
const reads = [
  '/instances',
  ...['session', 'people', 'audit', 'inventory', 'events', 'jobs', 'jobs/none'].map(
    (name) => `/api/${name}`,
  ),
  `${zone}/instance/${instanceId}`,
  `${zone}/timeline/${instanceId}`,
]

/** The use of a person's session is stored: the request that was one has waited for it. */
async function isStored(person: TestPerson): Promise<void> {
  const { body } = await person.send('GET', '/api/sessions')
  // As the route answers.
  expect((body as OwnSession[])[0]?.seenAt).toBe(Date.now())
}

async function isHere(person: TestPerson): Promise<void> {
  expect(await person.told('POST', '/api/here')).toBe('204')
  await isStored(person)
}

function endsSessions(house: InHouse): void {
  test(
    'a session ends after 30 minutes without use, and after eight hours in any case',
    house(async ({ origin, store }) => {
      const ana = await firstAdmin(origin, store)
      later(SESSION_IDLE_MS - 1_000)
      await isHere(ana)
      later(SESSION_IDLE_MS - 1_000)
      expect(await ana.told('PUT', '/api/people/none', { role: 'viewer' })).toMatch(/^404/)
      await isStored(ana)
      // What pages read or send automatically doesn't count as use.
      later(SESSION_IDLE_MS - 1_000)
      for (const path of reads) expect(await ana.told('GET', path)).not.toMatch(/^401/)
      expect(await ana.told('PUT', '/api/kept/last-seen', { at: 1 })).toBe('200')
      expect(await ana.told('POST', `${zone}/console/${instanceId}`)).toBe('200')
      later(2_000)
      expect(await ana.told('GET', '/api/session')).toBe('401 session-ended')

      expect(await ana.signIn('Ana')).toBe('200')
      for (
        let past = 0;
        past < SESSION_MOST_MS - SESSION_IDLE_MS;
        past += SESSION_IDLE_MS / 2
      ) {
        later(SESSION_IDLE_MS / 2)
        await isHere(ana)
      }
      later(SESSION_IDLE_MS - 1_000)
      await ana.told('POST', '/api/here')
      later(2_000)
      expect(await ana.told('POST', '/api/here')).toBe('401 session-ended')
    }),
  )

  test(
    'signing out ends this session, and everywhere all of them, with the feeds',
    house(async ({ origin, store }) => {
      const ana = await firstAdmin(origin, store)
      const there = new TestPerson(origin)
      await there.signIn('Ana')
      const sessions = (await ana.send('GET', '/api/sessions')).body
      expect(sessions).toHaveLength(2)
      const stop = () => ana.told('POST', '/api/sign-out', { everywhere: true })
      expect(await endOfFeed(origin, there, stop)).toBeLessThan(2_000)
      expect(await there.told('GET', '/api/session')).toBe('401 session-ended')
      expect(await ana.told('GET', '/api/session')).toBe('401 signed-out')
    }),
  )

  test(
    'a password that changes while it is checked, and an account that is disabled then, start no session',
    house(async ({ origin, store }) => {
      await firstAdmin(origin, store)
      const read = () =>
        store.selectFrom('person').select(['id', 'password']).executeTakeFirstOrThrow()
      const { id, password: shown } = await read()
      const sessions = new Sessions(store)
      const from = { address: '192.0.2.7', browser: 'a test', shown }
      expect(await sessions.start(id, from)).toBeDefined()
      await store.updateTable('person').set({ password: 'another' }).execute()
      expect(await sessions.start(id, from)).toBeUndefined()
      await store.updateTable('person').set({ password: shown, disabled: 1 }).execute()
      expect(await sessions.start(id, from)).toBeUndefined()
      expect(await sessions.list(id, '')).toHaveLength(2)
      sessions.close()
    }),
  )

  test(
    'a changed password ends the other sessions',
    house(async ({ origin, store }) => {
      const ana = await firstAdmin(origin, store)
      const there = new TestPerson(origin)
      await there.signIn('Ana')
      const next = 'another long enough password'
      const change = (current: string) =>
        ana.told('PUT', '/api/password', { current, next })
      expect(await change('wrong wrong wrong wrong')).toBe('403 wrong-password')
      expect(await change(password)).toBe('204')
      expect(await there.told('GET', '/api/session')).toBe('401 session-ended')
      expect(await ana.told('GET', '/api/session')).toBe('200')
      expect(await there.signIn('Ana', next)).toBe('200')
    }),
  )
}

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['::1', '0:0:0:0'],
  ['2001:0db8::1', '2001:db8:0:0'],
  ['2001:DB8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
])('%s is counted as %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})

onBothStores((house) => {
  setsUp(house)
  signsIn(house)
  rejectsNonsense(house)
  slowsGuessing(house)
  believesProxies(house)
  endsSessions(house)
})
