// A proxy between our server and the sandbox's zones that passes everything on, or does one kind of
// fault with it. It counts calls, and notes when it got each change and whether a zone got it.
import { once } from 'node:events'
import { createServer, request as forward } from 'node:http'

const later = (ms, act) => setTimeout(act, ms).unref()

function skewed(minutes) {
  return (_request, response) => {
    response.writeHead(403, {
      'content-type': 'application/json',
      date: new Date(Date.now() + minutes * 60_000).toUTCString(),
    })
    response.end('{"message":"Invalid request signature"}')
  }
}

const answer = (status, headers, body) => (_request, response) =>
  response.writeHead(status, headers).end(body)
const json = { 'content-type': 'application/json' }

/** What is done instead of passing on; `half` is done with the zone's answer. */
export const kinds = {
  503: answer(503, json, '{"message":"Service Unavailable"}'),
  hang: () => {},
  trickle: (_request, response) => {
    response.writeHead(200, json)
    const drip = setInterval(() => response.write(' '), 4_000)
    response.on('close', () => clearInterval(drip))
  },
  reset: (request) => request.socket.resetAndDestroy(),
  'half answers': 'half',
  garbage: answer(200, { 'content-type': 'text/html' }, '<html>Welcome</html>'),
  '429 with Retry-After': answer(
    429,
    { ...json, 'retry-after': '2' },
    '{"message":"Too many requests"}',
  ),
  'clock +20 min': skewed(20),
  'clock -20 min': skewed(-20),
  redirect: answer(302, { location: 'http://127.0.0.1:1/' }, ''),
}

/** Proxies for the server that names the zones, and for each zone that it names. */
export async function startZoneProxy(endpoint) {
  let fault
  const counts = { calls: 0 }
  /** By mark: when a proxy got it, and how often it passed it on. */
  const changes = new Map()
  const servers = []
  /** By the origin that it stands for. */
  const origins = new Map()
  async function stand(target) {
    const server = createServer(async (request, response) => {
      const chunks = []
      response.on('error', () => {})
      try {
        for await (const chunk of request) chunks.push(chunk)
      } catch {
        return
      }
      const body = Buffer.concat(chunks)
      counts.calls += 1
      const mark =
        request.method === 'PUT' ? /"mark":"(\w+)"/.exec(String(body))?.[1] : undefined
      const seen = mark && (changes.get(mark) ?? { arrivals: [], passed: 0 })
      if (seen) changes.set(mark, seen).get(mark).arrivals.push(performance.now())
      if (typeof fault === 'function') return void fault(request, response)
      if (seen) seen.passed += 1
      const isHalf = fault === 'half'
      pass(target, { request, body }, response, (whole) => {
        if (!isHalf) return void response.end(whole)
        response.write(whole.subarray(0, whole.length / 2))
        later(50, () => response.destroy())
      })
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    servers.push(server)
    origins.set(target, `http://127.0.0.1:${server.address().port}`)
  }
  function pass(target, { request, body }, response, give) {
    const { hostname, port } = new URL(target)
    const { method, url: path, headers } = request
    const asked = forward({ hostname, port, method, path, headers }, (answered) => {
      const parts = []
      answered.on('data', (part) => parts.push(part))
      answered.on('error', () => response.destroy())
      answered.on('end', () => {
        let text = Buffer.concat(parts)
        if (path === '/v2/zone') {
          let named = String(text)
          for (const [from, to] of origins) named = named.replaceAll(from, to)
          text = Buffer.from(named)
        }
        const headers = { ...answered.headers, 'content-length': text.length }
        delete headers['transfer-encoding']
        response.writeHead(answered.statusCode, headers)
        give(text)
      })
    })
    asked.on('error', () => response.destroy())
    asked.end(body)
  }
  const { zones } = await (await fetch(`${endpoint}/zone`)).json()
  const targets = [endpoint, ...zones.map((zone) => zone['api-endpoint'])]
  for (const target of new Set(targets.map((one) => new URL(one).origin)))
    await stand(target)
  return {
    endpoint: `${origins.get(new URL(endpoint).origin)}/v2`,
    counts,
    changes,
    begin(kind) {
      fault = kinds[kind]
    },
    end() {
      fault = undefined
    },
    close() {
      for (const server of servers) {
        server.closeAllConnections()
        server.close()
      }
    },
  }
}
