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

export async function startZoneProxy(endpoint) {
  const target = new URL(endpoint)
  let fault
  const counts = { calls: 0 }
  /** By mark: when the proxy got it, and how often a zone did. */
  const changes = new Map()
  const server = createServer(async (request, response) => {
    const chunks = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    counts.calls += 1
    const mark =
      request.method === 'PUT' ? /"mark":"(\w+)"/.exec(String(body))?.[1] : undefined
    const seen = mark && (changes.get(mark) ?? { arrivals: [], passed: 0 })
    if (seen) changes.set(mark, seen).get(mark).arrivals.push(performance.now())
    response.on('error', () => {})
    if (typeof fault === 'function') return void fault(request, response)
    if (seen) seen.passed += 1
    const isHalf = fault === 'half'
    const asked = forward(
      {
        host: target.hostname,
        port: target.port,
        method: request.method,
        path: request.url,
        headers: request.headers,
      },
      (answered) => {
        const parts = []
        answered.on('data', (part) => parts.push(part))
        answered.on('end', () => {
          let whole = Buffer.concat(parts)
          if (request.url === '/v2/zone')
            whole = Buffer.from(String(whole).replaceAll(target.origin, origin))
          const headers = { ...answered.headers, 'content-length': whole.length }
          delete headers['transfer-encoding']
          response.writeHead(answered.statusCode, headers)
          if (!isHalf) return void response.end(whole)
          response.write(whole.subarray(0, whole.length / 2))
          later(50, () => response.destroy())
        })
      },
    )
    asked.on('error', () => response.destroy())
    asked.end(body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${server.address().port}`
  return {
    endpoint: `${origin}/v2`,
    counts,
    changes,
    begin(kind) {
      fault = kinds[kind]
    },
    end() {
      fault = undefined
    },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
