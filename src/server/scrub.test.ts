/** A secret that a zone repeats reaches nobody: not in an answer, the feed, the store or the log. */
import { expect, test } from 'vitest'

import type { Chain } from '#contract/chain.ts'
import type { Inventory } from '#contract/feed.ts'

import { scrubberOf } from './scrub.ts'
import { openStore } from './store/store.ts'
import {
  canaries,
  instanceId,
  json,
  startConsole,
  startZone,
  type TestConsole,
} from './testing/test-zone.ts'

const { secret } = canaries
const base64 = (text: string) => Buffer.from(text).toString('base64')

/** The secret as a zone may write it, and what of it must not be left. */
const forms: [string, string][] = [
  ['as it is', secret],
  ['for a URL', encodeURIComponent(secret)],
  ['for a URL, in lower case', encodeURIComponent(secret).toLowerCase()],
  [
    'for a URL, whole',
    [...secret].map((one) => `%${one.charCodeAt(0).toString(16)}`).join(''),
  ],
  ['for a URL, twice', encodeURIComponent(encodeURIComponent(secret))],
  ['in JSON', JSON.stringify({ secret }).replaceAll('/', '\\/')],
  ['in JSON in JSON', JSON.stringify(JSON.stringify({ secret }).replaceAll('/', '\\/'))],
  [
    'in JSON, as code units',
    [...secret].map((one) => `\\u00${one.charCodeAt(0).toString(16)}`).join(''),
  ],
  ['in HTML', [...secret].map((one) => `&#${one.charCodeAt(0)};`).join('')],
  ['as base64', base64(secret)],
  ['in base64, after one byte', base64(`x${secret}:more`)],
  ['in base64, after two bytes', base64(`xy${secret}:more`)],
  ['as base64 for a URL', Buffer.from(`key:${secret}`).toString('base64url')],
  ['in hexadecimal', Buffer.from(secret).toString('hex')],
]

/** Whether any form of the secret is in a text. */
const tells = (text: string) =>
  /canary-secret/i.test(text) ||
  forms.some(
    ([, form]) => text.includes(form) || text.includes(JSON.stringify(form).slice(1, -1)),
  )

test.each(forms)('a secret %s is removed', (_how, form) => {
  const clean = scrubberOf([secret])(`before ${form} after`)

  expect(clean).toContain('[secret]')
  expect(clean).toMatch(/^before .* after$/)
  expect(clean).not.toContain(secret)
  expect(Buffer.from(clean.slice(7, -6), 'base64').toString()).not.toContain(secret)
})

test('other texts stay, and a long one of backslashes takes no time', () => {
  const scrub = scrubberOf([secret, ''])
  const ordinary = 'The canary sings: a secret/+ that is none, 100% \\ & more.'
  const began = performance.now()

  expect(scrub(ordinary)).toBe(ordinary)
  for (const one of ['\\', '%25', '&amp;', 'c', '0'])
    expect(scrub(one.repeat(200_000))).toHaveLength(one.length * 200_000)
  expect(performance.now() - began).toBeLessThan(3_000)
})

test('the first text takes no time, and a megabyte little', () => {
  const scrub = scrubberOf([secret, 'nTz8Qk-2vYwLr0c_XbJ7hUeGm5sPaDi4oKf9ZxRt6q1'])
  const row = `{"id":"0b12cb6b-7e3e-4c0e-9e10-1e5d8a7c4b2a","name":"web-1","note":"a \\"b\\""},`
  const timed = (text: string) => {
    const began = performance.now()
    expect(scrub(text)).toBe(text)
    return performance.now() - began
  }

  // Generous, because a machine may be busy: what grows faster than the text takes minutes.
  expect(timed(row)).toBeLessThan(500)
  expect(timed(row.repeat(2 ** 20 / row.length))).toBeLessThan(3_000)
})

test.each(['&amp%p', 'a\\b\\\\c+d', '%25%2525', 'uuxx0000', '  spaced out  '])(
  'the secret %s is removed, though it looks like escapes',
  (odd) => {
    const scrub = scrubberOf([odd])
    for (const form of [odd, encodeURIComponent(odd), JSON.stringify(odd), base64(odd)])
      // Of base64, the last digit may belong to what follows.
      expect(scrub(`before ${form} after`)).toMatch(/^before "?\[secret\]\w?"?=* after$/)
  },
)

async function call({ origin }: TestConsole, method: string, path: string, body?: unknown) {
  const answer = await fetch(`${origin}${path}`, {
    method,
    headers: {
      'x-vedette': '1',
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  return answer.text()
}

test.each(forms)('a zone that repeats the secret %s tells nobody', async (_how, form) => {
  const lines: string[] = []
  const zone = await startZone()
  const store = await openStore(':memory:')
  const echo = { message: `no ${form} here`, errors: [{ message: form, path: form }] }
  const id = '1b12cb6b-7e3e-4c0e-9e10-1e5d8a7c4b2a'
  zone.answers['GET /quota'] = json(echo, 400)
  zone.answers[`GET /instance/${instanceId}`] = json({
    id: instanceId,
    state: 'running',
    name: 'web',
  })
  zone.answers[`PUT /instance/${instanceId}:stop`] = json(echo, 400)
  zone.answers[`PUT /instance/${instanceId}:reboot`] = json({
    id,
    state: 'pending',
    message: form,
  })
  zone.answers[`GET /operation/${id}`] = json({
    id,
    state: 'failure',
    reason: form,
    message: form,
  })
  const logged = { logLevel: 'debug', logTo: { write: (line: string) => lines.push(line) } }
  const console = await startConsole(zone, { store, ...logged })
  const told: string[] = []
  try {
    const at = '/api/zones/ch-test-1'
    told.push(await call(console, 'GET', `${at}/quota`))
    told.push(await call(console, 'PUT', `${at}/instance/${instanceId}:stop`))
    told.push(await call(console, 'PUT', `${at}/instance/${instanceId}:reboot`))
    const reset = { endpoint: 'reset-instance', body: {} }
    const begun = await call(console, 'POST', `${at}/chains`, {
      instanceId,
      request: reset,
    })
    told.push(begun)
    // The contract's answer.
    const chain = JSON.parse(begun) as Chain
    const inventory = async () => {
      const text = await call(console, 'GET', '/api/inventory')
      told.push(text)
      return JSON.parse(text) as Inventory // Vedette's own response
    }
    await expect
      .poll(
        async () => (await inventory()).chains.find((one) => one.id === chain.id)?.state,
        {
          timeout: 15_000,
        },
      )
      .toBe('failure')
    await expect
      .poll(
        async () => (await inventory()).operations.find((one) => one.id === id)?.state,
        {
          timeout: 15_000,
        },
      )
      .toBe('failure')
    told.push(await call(console, 'GET', `${at}/timeline/${instanceId}`))
    const stored = await Promise.all([
      store.selectFrom('chain').selectAll().execute(),
      store.selectFrom('moment').selectAll().execute(),
    ])
    expect(stored.every((rows) => rows.length > 0)).toBe(true)
    told.push(JSON.stringify(stored))
  } finally {
    await console.close()
    await zone.close()
  }

  expect(told.join('\n')).toContain('[secret]')
  expect([...told, ...lines].filter(tells)).toEqual([])
})
