/** Leases on a real PostgreSQL, with stores of several servers; one holder is a process that is paused. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'

import { sql } from 'kysely'
import { describe, expect, onTestFinished, test, vi } from 'vitest'

import { sharedPostgres } from '../testing/test-shared-postgres.ts'
import { Leases } from './leases.ts'
import { openStore } from './store.ts'

const { programs, postgres, store } = await sharedPostgres()
const log = { warn() {} }
const lasts = 800

/** A server with a store of its own. */
async function aServer(renews = lasts / 4) {
  const own = await openStore(postgres.url)
  const leases = new Leases({ store: own, log, lasts, renews })
  onTestFinished(async () => {
    await leases.close()
    await own.destroy()
  })
  return leases
}

describe.skipIf(!programs)('leases of several servers', () => {
  test('one of several servers gets it, and keeps it as long as it renews it', async () => {
    const servers = await Promise.all([aServer(), aServer(), aServer()])

    const taken = await Promise.all(servers.map((server) => server.take('one')))

    expect(taken.filter(Boolean)).toHaveLength(1)
    const holder = taken.find(Boolean)
    await wait(2 * lasts)
    expect(holder?.isHeld()).toBe(true)
    const others = servers.filter((_server, index) => !taken[index])
    expect(await Promise.all(others.map((server) => server.take('one')))).toEqual([
      undefined,
      undefined,
    ])
  })

  test('what is given back is free at once, and gets a higher number', async () => {
    const [first, second] = await Promise.all([aServer(), aServer()])
    const before = await first.take('given')

    await before?.release()

    expect(before?.lost.aborted).toBe(true)
    const after = await second.take('given')
    expect(after?.epoch).toBe((before?.epoch ?? 0) + 1)
    await second.close()
    expect(after?.isHeld()).toBe(false)
    expect((await first.take('given'))?.epoch).toBe((before?.epoch ?? 0) + 2)
  })

  test('a holder that doesn’t renew it stops before another can take it', async () => {
    const [lazy, other] = await Promise.all([aServer(3_600_000), aServer()])
    const lease = await lazy.take('lazy')
    const began = performance.now()

    await once(lease?.lost ?? new AbortController().signal, 'abort')

    expect(performance.now() - began).toBeLessThan(lasts)
    expect(await other.take('lazy')).toBeUndefined()
    await vi.waitFor(async () => expect(await other.take('lazy')).toBeDefined(), {
      timeout: 2 * lasts,
    })
  })

  test('a patient one goes on when it is renewed late, but not after another has taken it', async () => {
    const [late, other] = await Promise.all([aServer(3_600_000), aServer()])
    const lease = await late.take('late', { patient: true })
    await wait(lasts)
    expect(lease?.isHeld()).toBe(false)
    expect(lease?.lost.aborted).toBe(false)

    await late.renew()
    expect(lease?.isHeld()).toBe(true)

    await wait(lasts + 50)
    expect(await other.take('late')).toBeDefined()
    await late.renew()
    expect(lease?.lost.aborted).toBe(true)
    expect(lease?.isHeld()).toBe(false)
  })

  test('the clocks of the servers don’t matter', async () => {
    const [holder, other] = await Promise.all([aServer(), aServer()])
    const lease = await holder.take('clock')
    const clock = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 3_600_000)

    try {
      expect(await other.take('clock')).toBeUndefined()
      await holder.renew()
      expect(lease?.isHeld()).toBe(true)
    } finally {
      clock.mockRestore()
    }
  })
})

describe.skipIf(!programs)('a lease whose holder can’t renew it', () => {
  test('a process that was paused knows at once that it is late, and its number is old', async () => {
    const child = spawn(
      process.execPath,
      [
        '--import',
        'tsx',
        join(import.meta.dirname, '../testing/test-holder.ts'),
        postgres.url,
        'paused',
        String(lasts),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    onTestFinished(() => void child.kill('SIGKILL'))
    const lines: string[] = []
    createInterface({ input: child.stdout }).on('line', (line) => lines.push(line))
    await vi.waitFor(() => expect(lines).toEqual(['took 1']), { timeout: 20_000 })

    child.kill('SIGSTOP')
    const other = await aServer()
    const next = await vi.waitFor(
      async () => (await other.take('paused')) ?? Promise.reject(new Error('not yet')),
      { timeout: 5 * lasts },
    )
    child.kill('SIGCONT')

    expect(next.epoch).toBe(2)
    await vi.waitFor(() => expect(lines).toEqual(['took 1', 'lost']), { timeout: 5_000 })
    const { rows } = await sql<{ epoch: number }>`
      select epoch from lease where name = 'paused'`.execute(store)
    expect(rows).toEqual([{ epoch: 2 }])
    expect(next.isHeld()).toBe(true)
  }, 40_000)

  test('a database that is away for a while costs the lease, and nothing throws', async () => {
    const server = await aServer()
    const lease = await server.take('away')
    const patient = await server.take('away, patient', { patient: true })
    await postgres.kill()

    await once(lease?.lost ?? new AbortController().signal, 'abort')
    await expect.poll(() => patient?.isHeld()).toBe(false)
    await postgres.start()

    await vi.waitFor(() => expect(patient?.isHeld()).toBe(true), { timeout: 10_000 })
    expect(await server.take('away')).toBeDefined()
  }, 30_000)
})
