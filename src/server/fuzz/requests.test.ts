/** 85,000 strange requests, from a seed: no crash, no error of our own, nothing foreign signed. */
import { expect, test } from 'vitest'

import {
  altered,
  anyBody,
  anyText,
  anyValue,
  bytesOf,
  Dice,
  runCases,
  startFuzz,
} from '../testing/test-fuzz.ts'
import { localSession } from '../testing/test-house.ts'
import { below, knownId, paths } from '../testing/test-paths.ts'

/** A minute on two free cores; a machine that is busy needs more. */
const patienceMs = 240_000

const methods = [
  'GET',
  'GET',
  'GET',
  'POST',
  'PUT',
  'DELETE',
  'HEAD',
  'OPTIONS',
  'PATCH',
] as const
const own = ['x-vedette: 1', 'content-type: application/json']

async function withFuzz(
  use: (fuzz: Awaited<ReturnType<typeof startFuzz>>) => Promise<void>,
  changes: Parameters<typeof startFuzz>[1] = {},
) {
  const fuzz = await startFuzz(undefined, changes)
  try {
    await use(fuzz)
  } finally {
    await fuzz.close()
  }
}

/** Bytes of a request line can't have these. */
const inLine = (target: string) => target.replace(/[\r\n ]/g, '_')

test('30,000 paths', { timeout: patienceMs }, () =>
  withFuzz(async (fuzz) => {
    const dice = new Dice(1)
    await runCases(fuzz, 30_000, () => {
      let target = dice.of(paths)
      for (let times = dice.below(3); times >= 0; times -= 1) target = altered(dice, target)
      if (dice.once(8)) target += `?${anyText(dice)}=${anyText(dice)}&${anyText(dice)}`
      if (dice.once(20)) target = `http://127.0.0.1${target}`
      return bytesOf({
        method: dice.of(methods),
        target: inLine(target) || '/',
        headers: own,
      })
    })
    expect(fuzz.signed.length).toBeGreaterThan(10)
  }),
)

test('10,000 paths without a session, with any cookie', { timeout: patienceMs }, () =>
  withFuzz(
    async (fuzz) => {
      const dice = new Dice(4)
      await runCases(fuzz, 10_000, () => {
        const path = dice.of(paths)
        const cookie = dice.of(['sid', '__Host-sid', 'vedette-demo-role', anyText(dice, 2)])
        const value = dice.of(['', 'admin', 'A'.repeat(43), anyText(dice), '%', '"'])
        return bytesOf({
          method: dice.of(methods),
          target: inLine(dice.once(2) ? path : altered(dice, path)) || '/',
          headers: [...own, `cookie: ${inLine(`${cookie}=${value}`)}`],
        })
      })
      // The server's own reads. A request without a session changes and reveals nothing.
      const ownReads =
        /^GET \/v2\/(instance|event|operation|snapshot|block-storage)\b(?!.*:)/
      expect(fuzz.signed.filter((call) => !ownReads.test(call))).toEqual([])
    },
    { session: localSession },
  ),
)

test('5,000 ids of events from which a page goes on', { timeout: patienceMs }, () =>
  withFuzz(async (fuzz) => {
    const dice = new Dice(5)
    await runCases(fuzz, 5_000, () => {
      const id = () =>
        dice.of([
          '0',
          '1',
          '-1',
          '1e9',
          'NaN',
          '9'.repeat(400),
          '0x10',
          anyText(dice),
          knownId,
        ])
      const query = `since=${id()}&page=${dice.of(['0'.repeat(16), anyText(dice), id()])}`
      const last = dice.once(2) ? [`last-event-id: ${inLine(id())}`] : []
      return bytesOf({
        method: 'GET',
        target: inLine(`/api/feed?${dice.once(4) ? altered(dice, query) : query}`),
        headers: [...own, ...last],
      })
    })
  }),
)

const headerNames = [
  'cookie',
  'if-match',
  'idempotency-key',
  'origin',
  'sec-fetch-site',
  'sec-fetch-mode',
  'accept-encoding',
  'last-event-id',
  'x-forwarded-host',
  'x-forwarded-for',
  'range',
  'if-none-match',
  'if-modified-since',
  'cookie',
  'expect',
  'transfer-encoding',
  'content-length',
  'content-type',
  'upgrade',
  'connection',
  'te',
  'host',
  'x-vedette',
  'accept',
  'authorization',
  'x-http-method-override',
  'forwarded',
  ':path',
  'x y',
  '',
] as const

test('20,000 headers', { timeout: patienceMs }, () =>
  withFuzz(async (fuzz) => {
    const dice = new Dice(2)
    await runCases(fuzz, 20_000, () => {
      const headers = Array.from({ length: dice.below(4) + 1 }, () => {
        const value = dice.of([
          '1',
          'chunked',
          knownId,
          'gzip, br',
          'bytes=0-1',
          'same-origin',
          'null',
          anyText(dice),
          anyText(dice),
        ])
        const line = `${dice.of(headerNames)}: ${value}`
        return dice.once(30) ? altered(dice, line) : line
      })
      const method = dice.of(methods)
      // What has a body that never comes would wait for it.
      const waits = headers.some((line) => /content-length|transfer-encoding/i.test(line))
      const bytes = bytesOf({
        method,
        target: dice.of(paths),
        headers: [...own, ...headers],
      })
      return waits ? Buffer.concat([bytes, Buffer.from('0\r\n\r\n'.repeat(400))]) : bytes
    })
  }),
)

const changing = [
  ['POST', '/api/shown'],
  ['POST', '/api/jobs'],
  ['PUT', '/api/kept/draft'],
  ['POST', `${below}/chains`],
  ['POST', `${below}/creations`],
  ['PUT', `${below}/notes/${knownId}`],
  ['POST', `${below}/snapshots/${knownId}`],
  ['POST', `${below}/instance`],
  ['PUT', `${below}/instance/${knownId}`],
  ['PUT', `${below}/instance/${knownId}:scale`],
  ['PUT', `${below}/instance/${knownId}:resize-disk`],
  ['PUT', `${below}/instance/${knownId}:start`],
  ['PUT', `${below}/instance/${knownId}:reset`],
  ['POST', `${below}/instance/${knownId}:revert-snapshot`],
  ['PUT', `${below}/security-group/${knownId}:attach`],
  ['PUT', `${below}/private-network/${knownId}:detach`],
  ['POST', `${below}/ssh-key`],
  ['POST', `${below}/block-storage`],
  ['PUT', `${below}/block-storage/${knownId}:resize-volume`],
  ['PUT', `${below}/instance-pool/${knownId}:evict`],
  ['POST', `${below}/reverse-dns/instance/${knownId}`],
] as const

/** Bodies that are nearly right. */
const likely = [
  [{ zone: 'ch-test-1', endpoint: 'get-instance', parameters: { id: knownId } }],
  [{ zone: 'ch-test-1', endpoint: 'get-ssh-key', parameters: { name: '..' } }],
  {
    key: knownId,
    action: 'stop',
    targets: [{ zone: 'ch-test-1', instanceId: knownId, name: 'a', seen: 'running' }],
  },
  { instanceId: knownId, request: { endpoint: 'delete-instance' } },
  {
    instanceId: knownId,
    request: { endpoint: 'scale-instance', body: { 'instance-type': { id: knownId } } },
  },
  {
    body: { 'disk-size': 10, 'instance-type': { id: knownId }, template: { id: knownId } },
    names: ['a', 'a'],
  },
  {
    'disk-size': 10,
    'instance-type': { id: knownId },
    template: { id: knownId },
    labels: { a: 'b' },
  },
  { instance: { id: knownId }, ip: '10.0.0.1' },
  { text: 'a note', seen: null },
  { note: 'a note' },
] as const

test('20,000 bodies', { timeout: patienceMs }, () =>
  withFuzz(async (fuzz) => {
    const dice = new Dice(3)
    await runCases(fuzz, 20_000, () => {
      const [method, target] = dice.of(changing)
      const like = dice.once(2) ? dice.of<unknown>(likely) : anyValue(dice, 4)
      const merged =
        dice.once(2) && typeof like === 'object' && like !== null && !Array.isArray(like)
          ? { ...like, ...Object(anyValue(dice, 2)) }
          : like
      return bytesOf({ method, target, headers: own, body: anyBody(dice, merged) })
    })
  }),
)
