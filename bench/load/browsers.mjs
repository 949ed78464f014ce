// Open pages, as a program of their own: `node bench/load/browsers.mjs <origin> <cookie> <count> <seconds>`. All follow the
// feed while one of them changes something every two seconds. It prints how long each change took to reach each.
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { Agent, get } from 'node:http'
import { createInterface } from 'node:readline'

import { median, percentile, seconds } from '../figures.mjs'

const [origin, cookie, count, forSeconds] = process.argv.slice(2)
const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY })
const instance = '10000000-0000-4000-8000-000000000001'
/** When each operation was asked for, and when it arrived where. */
const arrived = new Map()
let ended = 0

async function open() {
  const request = get(
    `${origin}/api/feed?since=${Date.now() * 1000 + 999}&page=${randomUUID().replaceAll('-', '')}`,
    {
      agent,
      headers: { cookie },
    },
  )
  const [response] = await once(request, 'response')
  if (response.statusCode !== 200)
    throw new Error(`The feed answers ${response.statusCode}.`)
  response.on('close', () => (ended += 1))
  createInterface({ input: response }).on('line', (line) => {
    if (!line.startsWith('data: {"type":"operation"')) return
    const { operation } = JSON.parse(line.slice(6))
    const times = arrived.get(operation.id) ?? []
    times.push(performance.now())
    arrived.set(operation.id, times)
  })
}

for (let index = 0; index < Number(count); index += 1) await open()
console.log('all open')
const changes = []
const endsAt = performance.now() + Number(forSeconds) * 1_000
while (performance.now() < endsAt) {
  const askedAt = performance.now()
  const answer = await fetch(`${origin}/api/zones/one/instance/${instance}:reboot`, {
    method: 'PUT',
    headers: { cookie, 'x-vedette': '1' },
  })
  if (!answer.ok) throw new Error(`The change was answered ${answer.status}.`)
  const { id } = await answer.json()
  changes.push({ id, askedAt })
  await seconds(2)
}
const waits = changes.flatMap(({ id, askedAt }) =>
  (arrived.get(id) ?? []).slice(0, Number(count)).map((at) => at - askedAt),
)
const missing = changes.length * Number(count) - waits.length
console.log(
  `result ${JSON.stringify({ changes: changes.length, p50: median(waits), p99: percentile(waits, 0.99), missing, ended })}`,
)
process.exit()
