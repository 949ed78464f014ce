/**
 * `npm run bench:faults`: what a server does while its zones, or its store, break in nine ways, 30 s each:
 * the longest wait of a read and of a change, calls of the zones, memory, how long until everything is
 * fresh again, and the changes that a zone got against those that were confirmed.
 *
 * `node --import tsx bench/faults.mjs [--seconds=30] [--only=hang|store] [--build=.] [--no-store]`; ends with 1
 * where a bar is not kept.
 */
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'

import { findPostgres, startPostgres } from '../src/server/testing/test-postgres.ts'
import { startStoreProxy, storeKinds } from './faults/store-proxy.mjs'
import { kinds, startZoneProxy } from './faults/zone-proxy.mjs'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '30' },
    only: { type: 'string' },
    build: { type: 'string', default: '.' },
    'no-store': { type: 'boolean', default: false },
  },
})
const faultMs = Number(values.seconds) * 1_000
const build = resolve(values.build)
const bars = { waitMs: 10_000, freshMs: 5_000, growth: 1.3 }

async function start(args, env, sign) {
  const child = spawn(process.execPath, [join(build, 'dist/server/main.js'), ...args], {
    cwd: build,
    env: { PATH: process.env.PATH, LOG_LEVEL: 'fatal', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = []
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line)
    if (sign.test(line)) break
  }
  const read = (name) =>
    lines.find((line) => line.startsWith(`${name}=`))?.slice(name.length + 1)
  const stop = async () => {
    const over = once(child, 'exit')
    child.kill()
    await over
  }
  return { child, lines, read, stop }
}

const mib = (pid) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) /
  1_024

async function timed(work) {
  const began = performance.now()
  const answer = await work().catch((error) => ({ status: 0, error }))
  return { answer, began, ms: performance.now() - began }
}

const dataDir = mkdtempSync(join(tmpdir(), 'vedette-faults-'))
const sandbox = await start(
  ['sandbox', '--port', '0'],
  { SANDBOX_MACHINES: 'painted', SANDBOX_SPEED: '20', SANDBOX_INSTANCES: '500' },
  /^EXOSCALE_API_SECRET=/,
)
const proxy = await startZoneProxy(sandbox.read('EXOSCALE_API_ENDPOINT'))
const programs = values['no-store'] ? undefined : findPostgres()
const postgres = programs && (await startPostgres(programs))
const storeProxy = postgres && (await startStoreProxy(postgres.url))
const server = await start(
  [],
  {
    PORT: '0',
    DATA_DIR: dataDir,
    EXOSCALE_API_ENDPOINT: proxy.endpoint,
    EXOSCALE_API_KEY: sandbox.read('EXOSCALE_API_KEY'),
    EXOSCALE_API_SECRET: sandbox.read('EXOSCALE_API_SECRET'),
    ...(storeProxy ? { DATABASE_URL: storeProxy.url } : {}),
  },
  / at (http:\S+)/,
)
const origin = / at (http:\S+)/.exec(server.lines.at(-1))[1]
const inventory = async () => (await fetch(`${origin}/api/inventory`)).json()
const feed = new AbortController()
async function follow() {
  const { body } = await fetch(`${origin}/api/feed?since=0`, { signal: feed.signal })
  for await (const _ of body);
}
// It ends with the measure.
follow().catch(() => {})

let marks = 0
function read(url) {
  return timed(async () => {
    const answer = await fetch(url)
    await answer.arrayBuffer()
    return answer
  })
}

/** Sets a label that tells the proxy which change it is. */
async function change(below, id, mark) {
  const { answer, began, ms } = await timed(async () => {
    const sent = await fetch(`${below}/instance/${id}`, {
      method: 'PUT',
      headers: {
        'x-vedette': '1',
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      body: JSON.stringify({ labels: { mark } }),
    })
    const { unknownOutcome, message } = await sent.json()
    return { status: sent.status, unknownOutcome, problem: message }
  })
  return { mark, ...answer, began, ms }
}

async function noted(asked, list) {
  list.push(await asked)
}

/** Reads and changes as pages send them, until `isOver`; a change in every second. */
async function use(isOver, own) {
  const { zones } = await inventory()
  const targets = zones.flatMap(({ zone, instances }) =>
    instances
      // Others may be on their way, and are not changed then.
      .filter(({ state }) => state === 'running')
      .slice(0, 40)
      .map(({ id }) => ({ zone, id })),
  )
  const asked = []
  for (let index = 0; !isOver(); index += 1) {
    const { zone, id } = targets[index % targets.length]
    const below = `${origin}/api/zones/${zone}`
    const urls = [
      `${origin}/api/inventory`,
      ...[`/instance/${id}`, '/instance', '/quota', '/snapshot', `/timeline/${id}`].map(
        (path) => below + path,
      ),
    ]
    for (const url of urls) asked.push(read(url).then(({ ms }) => own.reads.push(ms)))
    if (index % 2 === 0)
      asked.push(noted(change(below, id, `m${(marks += 1)}`), own.changes))
    await sleep(500)
  }
  await Promise.all(asked)
}

/** Whether what pages get is as good as ever: every zone answers, and the store takes writes. */
async function isFresh() {
  const [{ zones }, ready] = await Promise.all([inventory(), fetch(`${origin}/readyz`)])
  const { store = true } = await ready.json()
  return store && zones.every(({ status }) => status === 'ok' || status === 'slow')
}

/** How long it took from then on; endless where it took minutes. */
async function freshAfter(end) {
  while (performance.now() - end < 120_000) {
    if (await isFresh()) return performance.now() - end
    await sleep(100)
  }
  return Number.POSITIVE_INFINITY
}

let isKept = true
/** After the first use, which compiles and fills caches. */
let startMib = 0
function row(kind, cells, faults) {
  if (faults.length > 0) isKept = false
  console.log(
    `${kind.padEnd(24)} ${cells.join('  ')}  ${faults.length > 0 ? `OVER: ${faults.join(', ')}` : 'within'}`,
  )
}

const isLeftOut = (name) => values.only && !name.startsWith(values.only)
const longest = (list) => Math.max(0, ...list)
const sum = (list, of) => list.filter(of).length

/** The figures of one kind, and which bars they break. */
function judge({ own, after, freshMs, mostMib }) {
  const readMs = longest(own.reads)
  const changeMs = longest(own.changes.map(({ ms }) => ms))
  const sent = own.changes.map((one) => ({ ...one, ...proxy.changes.get(one.mark) }))
  const confirmed = sent.filter(({ status }) => status === 200)
  const doubled = sum(sent, ({ arrivals = [] }) => arrivals.length > 1)
  const lost = sum(confirmed, ({ passed = 0 }) => passed !== 1)
  const unsure = sum(sent, ({ unknownOutcome }) => unknownOutcome)
  const denied = sum(
    sent,
    ({ status, unknownOutcome, passed = 0 }) =>
      status !== 200 && !unknownOutcome && passed > 0,
  )
  const sentMs = longest(
    sent.flatMap(({ arrivals = [], began }) => arrivals.map((at) => at - began)),
  )
  const faults = [
    ...(readMs > bars.waitMs ? ['a read waited'] : []),
    ...(sentMs > bars.waitMs ? ['a change was sent late'] : []),
    ...(freshMs > bars.freshMs ? ['not fresh'] : []),
    ...(mostMib > startMib * bars.growth ? ['memory'] : []),
    ...(doubled > 0 ? ['doubled'] : []),
    ...(lost > 0 ? ['lost'] : []),
    ...(denied > 0 ? ['told as failed, and done'] : []),
    ...after.changes
      .filter(({ status }) => status !== 200)
      .map(({ status, problem }) => `afterwards ${status} ${problem}`),
  ]
  const seconds = (ms) => `${(ms / 1_000).toFixed(1)} s`
  const passed = sum(sent, (one) => one.passed > 0)
  const cells = [
    `read ${seconds(readMs)}`,
    `change ${seconds(changeMs)}, sent after ${seconds(sentMs)}`,
    `${proxy.counts.calls} calls`,
    `${mostMib.toFixed(0)} of ${startMib.toFixed(0)} MiB`,
    `fresh ${seconds(freshMs)}`,
    `${sent.length} changes: ${passed} seen, ${confirmed.length} confirmed, ${unsure} unsure, ${doubled} doubled, ${lost} lost`,
  ]
  return { cells, faults }
}

async function measure(name, begin, end) {
  await freshAfter(performance.now())
  const own = { reads: [], changes: [] }
  const after = { reads: [], changes: [] }
  proxy.counts.calls = 0
  let mostMib = 0
  const watch = setInterval(() => {
    mostMib = Math.max(mostMib, mib(server.child.pid))
  }, 100)
  let over = false
  const using = use(() => over, own)
  await sleep(1_000)
  begin()
  await sleep(faultMs)
  // What it sends from now on would tell the server early that it is over.
  over = true
  end()
  const freshMs = await freshAfter(performance.now())
  await using
  let isAfter = false
  setTimeout(() => (isAfter = true), 3_000)
  await use(() => isAfter, after)
  clearInterval(watch)
  const { cells, faults } = judge({ own, after, freshMs, mostMib })
  row(name, cells, faults)
}

try {
  let isWarm = false
  setTimeout(() => (isWarm = true), 20_000)
  await use(() => isWarm, { reads: [], changes: [] })
  startMib = mib(server.child.pid)
  for (const kind of Object.keys(kinds)) {
    if (isLeftOut(kind)) continue
    await measure(
      kind,
      () => proxy.begin(kind),
      () => proxy.end(),
    )
  }
  if (!storeProxy) console.log('The store’s faults are left out: there is no PostgreSQL.')
  else
    for (const kind of storeKinds) {
      if (isLeftOut(`store: ${kind}`)) continue
      await measure(
        `store: ${kind}`,
        () => storeProxy.begin(kind),
        () => storeProxy.end(),
      )
    }
} finally {
  feed.abort()
  await server.stop()
  await sandbox.stop()
  storeProxy?.close()
  await postgres?.close()
  proxy.close()
  rmSync(dataDir, { recursive: true, force: true })
}
process.exit(isKept ? 0 : 1)
