/**
 * Three real servers on a real PostgreSQL behind a real nginx, of which one is killed every few seconds: no change is
 * lost or sent twice, streams go on without a gap, people stay signed in, and the audit log is whole. The sandbox runs in
 * a process of its own and counts what it is asked.
 */
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'

import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { Chain } from '#contract/chain.ts'
import type { Inventory } from '#contract/feed.ts'
import type { JobDetail } from '#contract/job.ts'
import { AuditSigner, checkAudit } from '#server/audit/audit-check.ts'
import { firstLink } from '#server/people/first-link.ts'
import { openStore, type Store } from '#server/store/store.ts'
import { freePort } from '#server/testing/free-port.ts'
import { password, tokenIn } from '#server/testing/test-people.ts'
import {
  findPostgres,
  startPostgres,
  type TestPostgres,
} from '#server/testing/test-postgres.ts'
import {
  nginx,
  ReplicaProcess,
  startNginx,
  startSandbox,
} from '#server/testing/test-replicas.ts'
import { Browser, Stream } from '#server/testing/test-streams.ts'

/** `npm run bench:replicas` takes five minutes. */
const seconds = Number(process.env['REPLICA_SECONDS'] ?? 45)
const killEveryMs = 10_000
const downMs = 2_500
const instances = 40 + 4 * seconds

type Place = { zone: string; id: string; name: string }

const programs = findPostgres()
const canRun = programs !== undefined && existsSync(nginx)
let postgres: TestPostgres
let store: Store
let sandbox: Awaited<ReturnType<typeof startSandbox>>
let front: Awaited<ReturnType<typeof startNginx>>
let servers: ReplicaProcess[] = []
let ana: Browser

beforeAll(async () => {
  if (!canRun) return
  postgres = await startPostgres(programs ?? '')
  sandbox = await startSandbox(instances)
  const ports = [await freePort(), await freePort(), await freePort()]
  const environment = { ...sandbox.environment, DATABASE_URL: postgres.url }
  servers = ports.map((port) => new ReplicaProcess(port, environment))
  // At once, so that one brings the tables up to date.
  await Promise.all(servers.map((server) => server.start()))
  front = await startNginx(ports)
  store = await openStore(postgres.url)
  ana = new Browser(front.port, front.ca)
  const token = tokenIn((await firstLink(store))?.path ?? '')
  const { status } = await ana.ask('POST', '/api/set-up', {
    token,
    name: 'Ana',
    password,
  })
  expect(status).toBe(200)
}, 90_000)
afterAll(async () => {
  await Promise.all(servers.map((server) => server.end('SIGKILL')))
  await front?.close()
  sandbox?.child.kill('SIGKILL')
  await store?.destroy()
  await postgres?.close()
})

/** How often the sandbox got this change. */
const times = (method: string, path: string) =>
  sandbox.asked.filter((one) => one.method === method && one.path === `/v2${path}`).length

async function places(): Promise<Place[]> {
  await expect
    .poll(
      async () =>
        (await ana.read<Inventory>('/api/inventory')).zones.map(({ status }) => status),
      { timeout: 20_000 },
    )
    .toEqual(['ok', 'ok', 'ok'])
  const { zones } = await ana.read<Inventory>('/api/inventory')
  return zones.flatMap(({ zone, instances: all }) =>
    all
      .filter(({ state, manager }) => state === 'running' && !manager)
      .map(({ id, name: called }) => ({ zone, id, name: called ?? '' })),
  )
}

/** A busy machine needs longer until each server was killed once. */
type Trial = { until: number; kills: number }
const isOver = ({ until, kills }: Trial, leadMs = 0) =>
  performance.now() + leadMs >= until && kills >= servers.length

/** Kills one server after the other, and starts it again. */
async function killInTurn(trial: Trial): Promise<void> {
  while (!isOver(trial, killEveryMs)) {
    await wait(killEveryMs - downMs)
    const server = servers[trial.kills % servers.length]
    await server?.end('SIGKILL')
    trial.kills += 1
    await wait(downMs)
    await server?.start()
  }
}

/** Orders jobs and chains, each of instances of its own; returns what each server has said of them. */
async function change(all: Place[], trial: Trial) {
  const jobs: OrderedJob[] = []
  const chains: BegunChain[] = []
  while (!isOver(trial) && all.length > 4) {
    const targets = all.splice(0, 3)
    const key = randomUUID()
    const order = {
      key,
      action: 'reboot',
      targets: targets.map(({ zone, id, name: called }) => ({
        zone,
        instanceId: id,
        name: called,
        seen: 'running',
      })),
    }
    const ordered = await ana.ask('POST', '/api/jobs', order)
    if (ordered.status === 200) jobs.push({ key, targets })
    const [place] = all.splice(0, 1)
    if (place && chains.length * 4 < jobs.length * 2) {
      const request = { endpoint: 'resize-instance-disk', body: { 'disk-size': 400 } }
      const begun = await ana.ask(
        'POST',
        `/api/zones/${place.zone}/chains`,
        { instanceId: place.id, request },
        { 'idempotency-key': randomUUID() },
      )
      if (begun.status === 200)
        chains.push({ id: (JSON.parse(begun.said) as Chain).id, place }) // our own wire
    }
    await wait(700)
  }
  return { jobs, chains }
}

type OrderedJob = { key: string; targets: Place[] }
type BegunChain = { id: string; place: Place }

/** What a dead server left ends as well, and nothing was sent twice. */
async function checkJob({ key, targets }: OrderedJob): Promise<void> {
  const isOver = async () => (await ana.read<JobDetail>(`/api/jobs/${key}`)).endedAt
  await expect.poll(isOver, { timeout: 60_000, interval: 500 }).toBeDefined()
  const job = await ana.read<JobDetail>(`/api/jobs/${key}`)
  expect(job.items.map(({ state }) => state)).not.toContain('failure')
  for (const [index, { id }] of targets.entries()) {
    const sent = times('PUT', `/instance/${id}:reboot`)
    expect(sent).toBeLessThanOrEqual(1)
    if (job.items[index]?.state === 'success') expect(sent).toBe(1)
  }
}

/** Each of its steps was sent once. */
async function checkChain({ id, place }: BegunChain): Promise<void> {
  const found = () =>
    store.selectFrom('chain').select('state').where('id', '=', id).executeTakeFirst()
  await expect
    .poll(async () => (await found())?.state, { timeout: 60_000, interval: 500 })
    .toBe('success')
  for (const step of [':stop', ':resize-disk', ':start'])
    expect(times('PUT', `/instance/${place.id}${step}`)).toBe(1)
}

describe.skipIf(!canRun)('three servers', () => {
  test(
    'lose nothing when one of them is killed every few seconds',
    async () => {
      const all = await places()
      const { seq } = await ana.read<Inventory>('/api/inventory')
      const streams = [1, 2, 3, 4].map(() => new Stream(ana, seq))
      const following = streams.map((stream) => stream.run())
      const trial = { until: performance.now() + seconds * 1_000, kills: 0 }
      const [, { jobs, chains }] = await Promise.all([
        killInTurn(trial),
        change(all, trial),
      ])
      const { kills } = trial
      if (process.env['REPLICA_SECONDS']) {
        const gaps = streams.map(({ longestGap }) => Math.round(longestGap))
        const counts = { kills, jobs: jobs.length, chains: chains.length, gaps }
        process.stdout.write(`${JSON.stringify(counts)}\n`)
      }
      expect(kills).toBeGreaterThan(2)
      expect(jobs.length).toBeGreaterThan(5)
      expect(chains.length).toBeGreaterThan(1)

      for (const job of jobs) await checkJob(job)
      for (const chain of chains) await checkChain(chain)
      expect(ana.signedOut).toBe(0)
      await wait(3_000)
      const rows = await store
        .selectFrom('feed')
        .select('seq')
        .where('kind', '=', 'event')
        .where('seq', '>', seq)
        .orderBy('seq')
        .execute()
      const told = rows.map((row) => Number(row.seq))
      for (const stream of streams) {
        expect(stream.resets).toBe(0)
        const end = stream.ids.at(-1) ?? 0
        expect(stream.ids).toEqual(told.filter((one) => one <= end))
        expect(end).toBeGreaterThanOrEqual(told.at(-5) ?? 0)
        expect(stream.longestGap).toBeLessThan(10_000)
        stream.close()
      }
      const secret = sandbox.environment['EXOSCALE_API_SECRET'] ?? ''
      expect(await checkAudit(store, new AuditSigner(secret))).not.toHaveProperty('broken')
      await Promise.race([Promise.all(following), wait(16_000)])
    },
    (seconds + 180) * 1_000,
  )

  test('list each zone once in an interval, also when the server that does is killed', async () => {
    const { seq } = await ana.read<Inventory>('/api/inventory')
    const stream = new Stream(ana, seq)
    const following = stream.run()
    // Until nothing is in progress any more, and what was killed before is forgotten.
    await wait(12_000)
    const { rows } = await sql`
      select owner from lease where name like 'zone/%' and expires > 0`.execute(store)
    expect(rows).toHaveLength(3)
    /** How often the zones are listed in 25 s: each every ten, and more often while an instance changes. */
    const listed = async () => {
      const from = sandbox.asked.length
      await wait(25_000)
      return sandbox.asked.slice(from).filter(({ path }) => path === '/v2/instance').length
    }
    const before = await listed()
    await servers[0]?.end('SIGKILL')
    await servers[1]?.end('SIGKILL')
    const after = await listed()
    // One more of each of the three zones, because a new leader looks at once.
    expect(after).toBeLessThanOrEqual(before + 3)
    expect(after).toBeGreaterThanOrEqual(6)
    stream.close()
    await Promise.race([following, wait(16_000)])
  }, 120_000)
})
