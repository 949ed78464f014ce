// A zone for benchmarks of the server, as a program of its own: `node bench/load/zone.mjs <websocket port>`.
// An instance whose id begins with b has 1 MB, every other one 1 KB; changes are done at once. It prints
// its address, and answers /asked with how often each path was asked for.
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'

const [screens = '0'] = process.argv.slice(2)
const instance = {
  id: '10000000-0000-4000-8000-000000000001',
  name: 'web-1',
  state: 'running',
}
const padded = (size) => {
  const body = { ...instance, description: '' }
  const length = JSON.stringify(body).length
  return Buffer.from(JSON.stringify({ ...body, description: 'x'.repeat(size - length) }))
}
const small = padded(1_024)
const large = padded(1_024 * 1_024)
const asked = new Map()

const zone = createServer((request, response) => {
  const path = request.url.replace('/v2', '')
  request.resume()
  response.setHeader('content-type', 'application/json')
  if (path === '/asked') return response.end(JSON.stringify(Object.fromEntries(asked)))
  const kind = `${request.method} ${path.replace(/[0-9a-f-]{36}/, '…')}`
  asked.set(kind, (asked.get(kind) ?? 0) + 1)
  const { port } = zone.address()
  if (path === '/zone')
    return response.end(
      JSON.stringify({
        zones: [{ name: 'one', 'api-endpoint': `http://127.0.0.1:${port}/v2` }],
      }),
    )
  if (path === '/instance') return response.end(JSON.stringify({ instances: [instance] }))
  if (path.startsWith('/console/'))
    return response.end(
      JSON.stringify({
        url: `ws://127.0.0.1:${screens}/${randomUUID()}`,
        host: `127.0.0.1:${screens}`,
        path: randomUUID(),
      }),
    )
  if (request.method === 'GET')
    return response.end(path.startsWith('/instance/b') ? large : small)
  return response.end(
    JSON.stringify({
      id: randomUUID(),
      state: 'success',
      reference: { id: path.slice(10, 46) },
    }),
  )
})
zone.keepAliveTimeout = 60_000
zone.listen(0, '127.0.0.1', () => console.log(`at ${zone.address().port}`))
