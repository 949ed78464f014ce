/**
 * `npm run bench:faults`: what a server does while its zones, or its store, break in nine ways, 30 s each:
 * the longest wait of a read and of a change, calls of the zones, memory, how long until the list is
 * fresh again, and the changes that a zone got against those that were confirmed.
 *
 * `node --import tsx bench/faults.mjs [--seconds=30] [--only=hang] [--build=.] [--no-store]`; ends with 1
 * where a bar is not kept.
 */
import { spawn } from 'node:child_process'
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
/** Reads and changes as pages send them, until `isOver`; a change in every second. */
async function use(isOver, own) {
  const { zones } = await inventory()
  const targets = zones.flatMap(({ zone, instances }) =>
    instances.slice(0, 40).map(({ id }) => ({ zone, id })),
  )
  const asked = []
  for (let index = 0; !isOver(); index += 1) {
    const { zone, id } = targets[index % targets.length]
    const below = `${origin}/api/zones/${zone}`
    const paths = [`/instance/${id}`, '/quota', '/snapshot', `/timeline/${id}`]
    for (const path of paths) {
      const url = path.startsWith('/timeline') ? `${below}${path}` : below + path
      asked.push(
        timed(async () => {
          const answer = await fetch(url)
          await answer.arrayBuffer()
          return answer
        }).then(({ ms }) => own.reads.push(ms)),
      )
    }
    if (index % 2 === 0) {
      const mark = `m${(marks += 1)}`
      asked.push(
        timed(async () => {
          const answer = await fetch(`${below}/instance/${id}`, {
            method: 'PUT',
            headers: { 'x-vedette': '1', 'content-type': 'application/json' },
            body: JSON.stringify({ labels: { mark } }),
          })
          const { unknownOutcome } = await answer.json()
          return { status: answer.status, unknownOutcome }
        }).then(({ answer, began, ms }) =>
          own.changes.push({ mark, ...answer, began, ms }),
        ),
      )
    }
    await sleep(500)
  }
  await Promise.all(asked)
}

async function freshAfter(end) {
  for (;;) {
    const { zones } = await inventory()
    const isFresh = zones.every(({ status }) => status === 'ok' || status === 'slow')
    if (isFresh) return performance.now() - end
    if (performance.now() - end > 120_000) return Number.POSITIVE_INFINITY
    await sleep(100)
  }
}

let isKept = true
function row(kind, cells, faults) {
  if (faults.length > 0) isKept = false
  console.log(
    `${kind.padEnd(24)} ${cells.join('  ')}  ${faults.length > 0 ? `OVER: ${faults.join(', ')}` : 'within'}`,
  )
}

async function measure(name, begin, end) {
  await freshAfter(performance.now())
  const own = { reads: [], changes: [] }
  proxy.counts.calls = 0
  const startMib = mib(server.child.pid)
  let mostMib = startMib
  const watch = setInterval(() => {
    mostMib = Math.max(mostMib, mib(server.child.pid))
  }, 100)
  let over = false
  const using = use(() => over, own)
  await sleep(1_000)
  begin()
  await sleep(faultMs)
  end()
  const ended = performance.now()
  const freshMs = await freshAfter(ended)
  over = true
  await using
  clearInterval(watch)
  const longest = (list) => Math.max(0, ...list)
  const readMs = longest(own.reads)
  const changeMs = longest(own.changes.map(({ ms }) => ms))
  const sent = own.changes.map((change) => ({
    ...change,
    ...proxy.changes.get(change.mark),
  }))
  const doubled = sent.filter(({ arrivals = [] }) => arrivals.length > 1).length
  const confirmed = sent.filter(({ status }) => status === 200)
  const lost = confirmed.filter(({ passed = 0 }) => passed !== 1).length
  const denied = sent.filter(
    ({ status, unknownOutcome, passed = 0 }) =>
      status !== 200 && !unknownOutcome && passed > 0,
  ).length
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
  ]
  const seconds = (ms) => `${(ms / 1_000).toFixed(1)} s`
  row(
    name,
    [
      `read ${seconds(readMs)}`,
      `change ${seconds(changeMs)}, sent after ${seconds(sentMs)}`,
      `${proxy.counts.calls} calls`,
      `${startMib.toFixed(0)} → ${mostMib.toFixed(0)} MiB`,
      `fresh ${seconds(freshMs)}`,
      `${confirmed.length} of ${sent.length} confirmed, ${doubled} doubled, ${lost} lost`,
    ],
    faults,
  )
}

try {
  // The first use compiles and fills caches, which isn't growth.
  const warm = { reads: [], changes: [] }
  let isWarm = false
  setTimeout(() => (isWarm = true), 8_000)
  await use(() => isWarm, warm)
  for (const kind of Object.keys(kinds)) {
    if (values.only && values.only !== kind) continue
    await measure(
      kind,
      () => proxy.begin(kind),
      () => proxy.end(),
    )
  }
  if (!storeProxy) console.log('The store’s faults are left out: there is no PostgreSQL.')
  else
    for (const kind of storeKinds) {
      if (values.only && values.only !== `store: ${kind}`) continue
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
