/** What servers say to each other, by rows of a real PostgreSQL. */
import { setTimeout as wait } from 'node:timers/promises'

import { sql } from 'kysely'
import { describe, expect, onTestFinished, test } from 'vitest'

import { Leases, type Lease } from '../store/leases.ts'
import { sharedPostgres } from '../testing/test-shared-postgres.ts'
import { Wire, type WireRow } from './wire.ts'

const { programs, postgres, store } = await sharedPostgres()
const log = { warn() {} }

/** A server's end, and what it has heard. */
async function anEnd(owner: string) {
  const wire = new Wire({ store, url: postgres.url, owner, log })
  const heard: WireRow[] = []
  const state = { wire, heard, missed: 0, began: 0 }
  await wire.start({
    begin: (seq) => (state.began = seq),
    hear: (row) => void heard.push(row),
    missed: () => (state.missed += 1),
  })
  onTestFinished(() => wire.close())
  return state
}

const bodiesOf = ({ heard }: { heard: WireRow[] }) => heard.map(({ body }) => body)

/** A lease as its holder knows it who can't renew it. */
async function lateLease(name: string): Promise<Lease> {
  const leases = new Leases({ store, log, lasts: 300, renews: 3_600_000 })
  onTestFinished(() => leases.close())
  const lease = await leases.take(name)
  if (!lease) throw new Error('another has it')
  return lease
}

describe.skipIf(!programs)('what servers say', () => {
  test('reaches all of them in one order, under numbers without a gap', async () => {
    const ends = [await anEnd('a'), await anEnd('b'), await anEnd('c')]

    for (let round = 0; round < 50; round += 1)
      for (const [index, { wire }] of ends.entries())
        wire.say('look', 'one', `${index} ${round}`)

    for (const end of ends) await expect.poll(() => end.heard.length).toBe(150)
    const [first] = ends
    for (const end of ends) expect(bodiesOf(end)).toEqual(first && bodiesOf(first))
    const numbers = first?.heard.map(({ seq }) => seq) ?? []
    const from = numbers[0] ?? 0
    expect(numbers).toEqual(numbers.map((_number, index) => from + index))
    const own = first?.heard.filter(({ isOwn }) => isOwn) ?? []
    expect(own.map(({ body }) => body)).toEqual(
      Array.from({ length: 50 }, (_none, round) => `0 ${round}`),
    )
  })

  test('under a lease that another has by now is written by none of them', async () => {
    const late = await lateLease('zone/late')
    const [before, after] = [await anEnd('before'), await anEnd('after')]
    before.wire.say('event', 'late', 'in time', late)
    await expect.poll(() => bodiesOf(after)).toContain('in time')
    await wait(400)
    const next = await lateLease('zone/late')

    before.wire.say('event', 'late', 'too late', late)
    before.wire.say('event', 'late', 'without a lease')
    after.wire.say('event', 'late', 'by the next', next)

    await expect.poll(() => bodiesOf(after)).toContain('by the next')
    await expect.poll(() => bodiesOf(after)).toContain('without a lease')
    expect(bodiesOf(after)).not.toContain('too late')
    expect(after.missed).toBe(0)
  })

  test('and was deleted before it was read is missed', async () => {
    const end = await anEnd('reader')
    end.wire.say('look', '', 'read')
    await expect.poll(() => bodiesOf(end)).toContain('read')

    await sql`update feed_head set seq = seq + 5`.execute(store)
    end.wire.say('look', '', 'after the gap')

    await expect.poll(() => bodiesOf(end)).toContain('after the gap')
    expect(end.missed).toBe(1)
  })

  test('is found without a notification, too', async () => {
    const end = await anEnd('deaf')
    await sql`with head as (update feed_head set seq = seq + 1 returning seq)
      insert into feed (seq, at, kind, zone, origin, body)
      select seq, 0, 'look', '', 'silent', 'silent' from head`.execute(store)

    await expect.poll(() => bodiesOf(end), { timeout: 4_000 }).toContain('silent')
  })
})
