/**
 * Counts what a zone is asked while a thousand browsers are open, each on the page of an instance of its own: a minute in
 * which nothing happens, then a minute with an operation every 15 seconds.
 *
 * `node bench/calls.mjs [browsers] [directory of another build] [old]`: with `old`, browsers read all they show again at each
 * operation, as they did before; without, only lists and what the operation was about.
 */
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, createServer, get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

const [browsers = '1000', directory = '.', rules = ''] = process.argv.slice(2)
const minuteMs = 60_000
const beatMs = 30_000
const lists = {
  'list-snapshots': '/snapshot',
  'list-block-storage-volumes': '/block-storage',
  'list-elastic-ips': '/elastic-ip',
  'list-security-groups': '/security-group',
  'list-private-networks': '/private-network',
  'list-quotas': '/quota',
}
const instances = Array.from({ length: Number(browsers) }, (_, index) => ({
  id: randomUUID(),
  name: `web-${index}`,
  state: 'running',
}))

const asked = new Map()
const zone = createServer((request, response) => {
  const path = request.url.replace('/v2', '')
  const kind = path.replace(/[0-9a-f-]{36}/, '…')
  asked.set(kind, (asked.get(kind) ?? 0) + 1)
  const { port } = zone.address()
  const answer = {
    '/zone': { zones: [{ name: 'one', 'api-endpoint': `http://127.0.0.1:${port}/v2` }] },
    '/instance': { instances },
  }
  response.setHeader('content-type', 'application/json')
  const operation = { id: randomUUID(), state: 'success' }
  const other = request.method === 'GET' ? instances[0] : operation
  response.end(JSON.stringify(answer[path] ?? other))
})
zone.listen(0, '127.0.0.1')
await once(zone, 'listening')

const dataDir = mkdtempSync(join(tmpdir(), 'vedette-bench-'))
const child = spawn(process.execPath, [join(directory, 'dist/server/main.js')], {
  cwd: directory,
  env: {
    PATH: process.env.PATH,
    PORT: '0',
    LOG_LEVEL: 'error',
    DATA_DIR: dataDir,
    EXOSCALE_API_ENDPOINT: `http://127.0.0.1:${zone.address().port}/v2`,
    EXOSCALE_API_KEY: 'EXObench',
    EXOSCALE_API_SECRET: 'bench',
  },
  stdio: ['ignore', 'pipe', 'inherit'],
})
let origin
for await (const line of createInterface({ input: child.stdout })) {
  origin = / at (http:\S+)/.exec(line)?.[1]
  if (origin) break
}

/** Requests of all browsers share lines; the streams have one each. */
const agent = new Agent({ keepAlive: true, maxSockets: 64 })
const underWay = new Set()
async function ask(path) {
  const request = get(`${origin}${path}`, { agent })
  const [response] = await once(request, 'response')
  response.resume()
  await once(response, 'end')
}
function read(path) {
  const asking = ask(path).finally(() => underWay.delete(asking))
  underWay.add(asking)
  return asking
}

/** What a page reads again, by the rules of its build. */
function readAgain({ id }, event) {
  const own = [`/instance/${id}`, `/reverse-dns/instance/${id}`]
  const below = (path) => read(`/api/zones/one${path}`)
  if (event.type === 'stale') return below(lists[event.endpoint] ?? own[0])
  const isAbout = rules === 'old' || !event.operation || event.operation.instanceId === id
  return Promise.all([...Object.values(lists), ...(isAbout ? own : [])].map(below))
}

async function open(instance) {
  const request = get(`${origin}/api/feed?since=${Date.now() * 1000 + 999}`)
  const [response] = await once(request, 'response')
  createInterface({ input: response }).on('line', (line) => {
    if (
      !line.startsWith('data: {"type":"operation"') &&
      !line.startsWith('data: {"type":"stale"')
    )
      return
    void readAgain(instance, JSON.parse(line.slice(6)))
  })
  await readAgain(instance, {})
}

async function say({ id }) {
  const reads = [
    ...Object.keys(lists).map((endpoint) => ({ zone: 'one', endpoint, parameters: {} })),
    { zone: 'one', endpoint: 'get-instance', parameters: { id } },
    { zone: 'one', endpoint: 'get-reverse-dns-instance', parameters: { id } },
  ]
  const headers = { 'content-type': 'application/json', 'x-vedette': '1' }
  const body = JSON.stringify(reads)
  await fetch(`${origin}/api/shown`, { method: 'POST', headers, body })
}

function count(title) {
  const all = [...asked.values()].reduce((sum, one) => sum + one, 0)
  const kinds = [...asked].sort(([, a], [, b]) => b - a)
  console.log(`${title}: ${all}`, JSON.stringify(Object.fromEntries(kinds)))
  asked.clear()
}

for (const instance of instances) await open(instance)
const beats = setInterval(async () => {
  for (const instance of instances) await say(instance)
}, beatMs)
count(`${browsers} pages opened`)
await sleep(minuteMs)
count('a minute in which nothing happens')
for (let operation = 0; operation < 4; operation += 1) {
  const { id } = instances[(operation * 7) % instances.length]
  const path = `/api/zones/one/instance/${id}:reboot`
  await fetch(origin + path, { method: 'PUT', headers: { 'x-vedette': '1' } })
  await sleep(minuteMs / 4)
}
await Promise.all(underWay)
count('a minute with four operations')

clearInterval(beats)
child.kill()
zone.closeAllConnections()
zone.close()
agent.destroy()
rmSync(dataDir, { recursive: true, force: true })
process.exit()
