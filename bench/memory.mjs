/**
 * `npm run bench:memory`: the memory of a server whose zone answers without an end, whose 10,000 rows all
 * change 160 times, and which passes 200 MB on to a browser.
 *
 * `node bench/memory.mjs [--old=directory of another build]`: with it, both builds run one after the
 * other with the same zone, and the peaks are compared. Ends with 1 where a bar is not kept.
 */
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, get } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'

const { values } = parseArgs({ options: { old: { type: 'string' } } })
const flips = 160
const rows = 10_000
const streamedMb = 200
const bars = { endlessMb: 64, share: 0.35, streamedMb: 64 }
/** Of memory that grows without an end, more tells nothing. */
const enoughMb = 3_000
const endlessMs = 20_000

const list = (name) =>
  JSON.stringify({
    instances: Array.from({ length: rows }, (_, index) => ({
      id: `0b12cb6b-7e3e-4c0e-9e10-${String(index).padStart(12, '0')}`,
      name: `${name}-${index}`,
      state: 'running',
      'created-at': '2026-01-01T00:00:00Z',
    })),
  })

/** A zone whose list is `answer`, and where every change is done at once. */
async function startZone() {
  const own = { answer: (response) => response.end('{"instances":[]}'), looks: 0 }
  const server = createServer((request, response) => {
    const path = request.url.replace('/v2', '')
    response.setHeader('content-type', 'application/json')
    response.on('error', () => {})
    if (path === '/zone') {
      const endpoint = `http://127.0.0.1:${server.address().port}/v2`
      const zones = [{ name: 'one', 'api-endpoint': endpoint }]
      return void response.end(JSON.stringify({ zones }))
    }
    if (path === '/quota') return void stream(response)
    if (request.method !== 'GET')
      return void response.end(JSON.stringify({ id: randomUUID(), state: 'success' }))
    if (path !== '/instance') return void response.end('{}')
    own.looks += 1
    own.answer(response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    own,
    endpoint: `http://127.0.0.1:${server.address().port}/v2`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

const piece = Buffer.from(`"${'x'.repeat(65_533)}",`)

/** Writes `count` pieces, each when the one before has been taken. */
async function stream(response, count = (streamedMb * 1_000_000) / piece.length) {
  response.write('{"instances":[')
  for (let index = 0; index < count && !response.destroyed; index += 1)
    await new Promise((resolve) => response.write(piece, resolve))
  response.end('""]}')
}

async function startServer(build, endpoint) {
  const dataDir = mkdtempSync(join(tmpdir(), 'vedette-memory-'))
  const child = spawn(process.execPath, [join(build, 'dist/server/main.js')], {
    cwd: build,
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      LOG_LEVEL: 'fatal',
      DATA_DIR: dataDir,
      EXOSCALE_API_ENDPOINT: endpoint,
      EXOSCALE_API_KEY: 'EXObench',
      EXOSCALE_API_SECRET: 'bench-secret',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  let origin
  for await (const line of createInterface({ input: child.stdout })) {
    origin = / at (http:\S+)/.exec(line)?.[1]
    if (origin) break
  }
  child.stdout.resume()
  const status = () => readFileSync(`/proc/${child.pid}/status`, 'utf8')
  /** In MB, as the kernel counts. */
  const mb = (name) =>
    (Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status())?.[1] ?? 0) * 1_024) / 1e6
  return {
    origin,
    /** Since the start, or the last `rest`. */
    most: () => mb('VmHWM'),
    /** What it takes now, from where its peak counts anew. */
    rest() {
      writeFileSync(`/proc/${child.pid}/clear_refs`, '5')
      return mb('VmRSS')
    },
    async close() {
      child.kill('SIGKILL')
      await ended
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** A change, after which the zone is polled at once. */
async function change(origin) {
  const url = `${origin}/api/zones/one/ssh-key/x`
  await (await fetch(url, { method: 'DELETE', headers: { 'x-vedette': '1' } })).text()
}

/** A server at rest: it has compiled what it needs. */
async function withServer(build, use) {
  const zone = await startZone()
  const server = await startServer(build, zone.endpoint)
  const feed = get(`${server.origin}/api/feed?since=0`, (response) => response.resume())
  feed.on('error', () => {})
  try {
    for (let times = 0; times < 5; times += 1) {
      await change(server.origin)
      await (await fetch(`${server.origin}/api/inventory`)).text()
      await sleep(300)
    }
    return await use(zone, server)
  } finally {
    feed.destroy()
    await server.close()
    zone.close()
  }
}

const endless = (build) =>
  withServer(build, async (zone, server) => {
    const rest = server.rest()
    zone.own.answer = (response) => stream(response, Number.POSITIVE_INFINITY)
    const end = performance.now() + endlessMs
    await change(server.origin)
    while (performance.now() < end && server.most() < enoughMb) await sleep(50)
    return server.most() - rest
  })

const flipped = (build) =>
  withServer(build, async (zone, server) => {
    const inventory = async () => (await fetch(`${server.origin}/api/inventory`)).json()
    const { seq } = await inventory()
    const lists = [list('even'), list('odd')]
    zone.own.looks = 0
    zone.own.answer = (response) => response.end(lists[zone.own.looks % 2])
    while (zone.own.looks < flips) {
      const before = zone.own.looks
      await change(server.origin)
      while (zone.own.looks === before) await sleep(5)
    }
    await sleep(1_000)
    const returning = await new Promise((done) => {
      let bytes = 0
      const feed = get(`${server.origin}/api/feed?since=${seq}`, (response) => {
        response.on('data', (chunk) => (bytes += chunk.length))
        response.on('error', () => {})
      })
      feed.on('error', () => {})
      setTimeout(() => {
        feed.destroy()
        done(bytes)
      }, 5_000)
    })
    return { most: server.most(), returning }
  })

const passed = (build) =>
  withServer(build, async (_zone, server) => {
    const rest = server.rest()
    let bytes = 0
    const answer = await fetch(`${server.origin}/api/zones/one/quota`)
    for await (const chunk of answer.body) bytes += chunk.length
    return { grown: server.most() - rest, bytes }
  })

const builds = [resolve('.'), ...(values.old ? [resolve(values.old)] : [])]
const all = async (measure) => {
  const results = []
  for (const build of builds) results.push(await measure(build))
  return results
}
let isKept = true
function tell(what, [own, old], bar, isWithin) {
  if (!isWithin) isKept = false
  const before = old === undefined ? '' : `, the other build ${old}`
  console.log(`${what}: ${own}${before}; bar ${bar}: ${isWithin ? 'within' : 'OVER'}`)
}
const inMb = (value) =>
  value > enoughMb - 200 ? 'over 2,800 MB' : `${value.toFixed(0)} MB`

const answers = await all(endless)
tell(
  'an endless list of instances, above rest',
  answers.map(inMb),
  `${bars.endlessMb} MB`,
  answers[0] <= bars.endlessMb,
)
const changed = await all(flipped)
const [own, old] = changed
tell(
  `${flips} flips of ${rows} rows, peak`,
  changed.map(({ most }) => inMb(most)),
  old ? `${bars.share} × the other's, ${(own.most / old.most).toFixed(2)}` : 'none alone',
  !old || own.most <= bars.share * old.most,
)
tell(
  'who returns then is sent',
  changed.map(({ returning }) => `${(returning / 1e6).toFixed(3)} MB`),
  '1 MB',
  own.returning <= 1e6,
)
const streams = await all(passed)
tell(
  `${streamedMb} MB passed on, above rest`,
  streams.map(({ grown, bytes }) => `${inMb(grown)} (${(bytes / 1e6).toFixed(0)} MB)`),
  `${bars.streamedMb} MB`,
  streams[0].grown <= bars.streamedMb && streams[0].bytes > streamedMb * 1e6 * 0.99,
)
process.exit(isKept ? 0 : 1)
