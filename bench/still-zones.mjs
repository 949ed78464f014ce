// Zones whose lists are bytes that were written before, so that a hundred thousand instances cost them nothing:
// what is measured is the server and the page. Rows are as the sandbox makes them.
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'

const names = ['ch-gva-2', 'ch-dk-2', 'de-fra-1', 'at-vie-1']
const typeId = 'aebd1961-9a4e-4e11-81da-6ef6ac1be8ca'
const templateId = '83e7b915-70e7-40df-8a93-b783ed2ed0da'
const groupId = '901b96e8-a10e-4aea-8b0a-f84fd22ca490'

function rowOf(at) {
  const hex = createHash('sha256').update(`row ${at}`).digest('hex')
  const pairs = [32, 34, 36, 38, 40].map((from) => hex.slice(from, from + 2))
  const created =
    Date.UTC(2026, 0, 1) - at * 93_600_000 - Number.parseInt(hex.slice(42, 45), 16) * 1_000
  return {
    id: `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`,
    // As names of a fleet are: some have the letter that is typed.
    name: at % 500 === 7 ? `web-${at}` : `node-${String(at).padStart(6, '0')}`,
    state: at % 7 === 0 ? 'stopped' : 'running',
    'created-at': new Date(Math.max(created, Date.UTC(2015, 0, 1)))
      .toISOString()
      .replace(/\.\d+Z/, 'Z'),
    'instance-type': { id: typeId },
    template: { id: templateId },
    labels: { app: 'grid', rack: String(at % 40) },
    'mac-address': `06:${pairs.join(':')}`,
    'public-ip': `194.182.${160 + (at % 32)}.${(Number.parseInt(hex.slice(46, 48), 16) % 250) + 2}`,
    'public-ip-assignment': 'inet4',
    'private-networks': [],
    'security-groups': [{ id: groupId }],
    'ssh-key': { name: 'ana-laptop' },
    'ssh-keys': [{ name: 'ana-laptop' }],
  }
}

/** Starts zones with `count` instances in all; `rename` changes the first name of the last zone. */
export async function startStillZones(count) {
  const lists = names.map((_name, zone) =>
    Array.from({ length: Math.ceil((count - zone) / names.length) }, (_, at) =>
      rowOf(at * names.length + zone),
    ),
  )
  const bytesOf = (list) => Buffer.from(JSON.stringify({ instances: list }))
  const answers = lists.map(bytesOf)
  const servers = []
  const endpointOf = (server) => `http://127.0.0.1:${server.address().port}/v2`
  for (const zone of names.keys()) {
    const server = createServer((request, response) => {
      const path = request.url.replace('/v2', '').replace(/\?.*/, '')
      response.setHeader('content-type', 'application/json')
      if (path === '/instance') return void response.end(answers[zone])
      const others = {
        '/zone': {
          zones: names.map((name, at) => ({
            name,
            'api-endpoint': endpointOf(servers[at]),
          })),
        },
        '/instance-type': {
          'instance-types': [
            { id: typeId, family: 'standard', size: 'small', cpus: 2, memory: 2 ** 31 },
          ],
        },
        '/template': {
          templates: [{ id: templateId, name: 'Linux Ubuntu 24.04 LTS 64-bit' }],
        },
      }
      response.end(JSON.stringify(others[path] ?? {}))
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    servers.push(server)
  }
  return {
    settings: {
      EXOSCALE_API_ENDPOINT: endpointOf(servers[0]),
      EXOSCALE_API_KEY: 'EXO0000',
      EXOSCALE_API_SECRET: 'no secret',
    },
    names: lists.flat().map(({ name }) => name),
    name: lists.at(-1)[0].name,
    rename(name) {
      lists.at(-1)[0] = { ...lists.at(-1)[0], name }
      answers[answers.length - 1] = bytesOf(lists.at(-1))
    },
    close() {
      for (const server of servers) {
        server.closeAllConnections()
        server.close()
      }
    },
  }
}
