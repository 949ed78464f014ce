/** Answers at the server's edges: what no route writes, and request targets that browsers don't send. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'

import { expect, test } from 'vitest'

import { plainTarget } from './edges.ts'
import { instanceId, json, withConsole } from './testing/test-zone.ts'

/** Sends these bytes and returns all that comes back. */
function exchange(origin: string, bytes: string): Promise<string> {
  const { port } = new URL(origin)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1')
    let text = ''
    socket.setTimeout(20_000, () => reject(new Error(`no end after ${text}`)))
    socket.on('data', (chunk) => {
      text += String(chunk)
    })
    socket.on('close', () => resolve(text))
    socket.on('error', () => resolve(text))
    // Not ended: who half-closes a line is taken for gone.
    socket.write(bytes)
  })
}

function read(text: string) {
  const [head = '', ...rest] = text.split('\r\n\r\n')
  const [line = '', ...lines] = head.split('\r\n')
  const headers = Object.fromEntries(
    lines.map((one) => {
      const colon = one.indexOf(':')
      return [one.slice(0, colon).toLowerCase(), one.slice(colon + 1).trim()]
    }),
  )
  return { status: Number(line.split(' ')[1]), headers, body: rest.join('\r\n\r\n') }
}

function requireFramed(text: string): ReturnType<typeof read> {
  const answer = read(text)
  const { headers } = answer
  expect(headers['content-security-policy']).toContain("default-src 'none'")
  expect(headers['x-content-type-options']).toBe('nosniff')
  expect(headers['referrer-policy']).toBe('no-referrer')
  expect(headers['cross-origin-resource-policy']).toBe('same-origin')
  expect(headers['cross-origin-opener-policy']).toBe('same-origin')
  expect(headers['cache-control']).toBe('no-store')
  return answer
}

const get = (target: string, headers = '', version = 'HTTP/1.1') =>
  `GET ${target} ${version}\r\nhost: 127.0.0.1\r\nconnection: close\r\n${headers}\r\n`

const upgrade = (headers: string) =>
  get('/api/console/x', `upgrade: websocket\r\n${headers}`).replace(
    'connection: close',
    'connection: upgrade',
  )

test.each([
  ['a broken escape', get('/api/%zz'), 400],
  ['a broken escape of a page', get('/%zz'), 400],
  ['a broken escape below a zone', get('/api/zones/ch-test-1/ssh-key/%E0%A4'), 400],
  ['no HTTP', 'hello\r\n\r\n', 400],
  ['a header without a colon', get('/', 'nonsense\r\n'), 400],
  ['two lengths', get('/', 'content-length: 1\r\ncontent-length: 2\r\n'), 400],
  ['no Host', 'GET / HTTP/1.1\r\nconnection: close\r\n\r\n', 400],
  ['headers of 64 KB', get('/', `x: ${'a'.repeat(65_536)}\r\n`), 431],
  ['an address of 64 KB', get(`/${'a'.repeat(65_536)}`), 431],
  ['an expectation', get('/', 'expect: miracles\r\n'), 417],
  ['an unknown method', get('/').replace('GET', 'BREW'), 400],
  ['an encoded path', get('/%61pi/nothing'), 404],
  ['an encoded path of a zone', get('/%61%70i/zones/nowhere/instance'), 404],
  ['an absolute target', get('http://127.0.0.1/api/nothing'), 404],
  [
    'an upgrade that nobody takes',
    get('/api/x', 'upgrade: websocket\r\n').replace(
      'connection: close',
      'connection: upgrade',
    ),
    404,
  ],
  [
    'a screen for another website',
    upgrade('origin: https://evil.example\r\nsec-websocket-version: 13\r\n'),
    403,
  ],
  ['a screen by what is no websocket', upgrade('origin: http://127.0.0.1\r\n'), 400],
  [
    'a body that is too large',
    `POST /api/shown HTTP/1.1\r\nhost: 127.0.0.1\r\nx-vedette: 1\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: 9999999\r\n\r\n`,
    413,
  ],
  [
    'a body of another type',
    `POST /api/shown HTTP/1.1\r\nhost: 127.0.0.1\r\nx-vedette: 1\r\nconnection: close\r\ncontent-type: text/plain\r\ncontent-length: 2\r\n\r\nhi`,
    415,
  ],
  [
    'a foreign host',
    'GET /api/session HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\n\r\n',
    403,
  ],
])('%s is answered with all headers, as a problem', (_what, bytes, status) =>
  withConsole(async (_zone, { origin }) => {
    const answer = requireFramed(await exchange(origin, bytes))

    expect(answer.status).toBe(status)
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
    const body = answer.body.includes('{')
      ? answer.body.slice(answer.body.indexOf('{'), answer.body.lastIndexOf('}') + 1)
      : ''
    expect(JSON.parse(body)).toMatchObject({
      code: expect.any(String),
      status,
      message: expect.any(String),
    })
  }),
)

test.each([
  '/api/session',
  '/%61pi/session',
  '/a%70i/session',
  'http://127.0.0.1/api/session',
])('%s is one route, whose answer is kept by nobody', (target) =>
  withConsole(async (_zone, { origin }) => {
    const answer = requireFramed(await exchange(origin, get(target)))

    expect(answer.status).toBe(200)
    expect(answer.body).toContain('"person"')
  }),
)

test('an encoded or absolute target leads to the endpoint of the plain one', () =>
  withConsole(async (zone, { origin }) => {
    const path = `/api/zones/ch-test-1/instance/${instanceId}`
    zone.answers[`GET /instance/${instanceId}`] = json({ id: instanceId })
    for (const target of [
      path,
      `http://127.0.0.1${path}`,
      path.replace('/api/', '/%61pi/'),
      path.replace('/instance/', '/inst%61nce/'),
    ])
      expect(requireFramed(await exchange(origin, get(target))).status).toBe(200)
  }))

test('a target is read in one spelling', () => {
  expect(plainTarget('/a%2Db%2Fc?d=%41')).toBe('/a-b%2Fc?d=%41')
  expect(plainTarget('http://h:1/x?y')).toBe('/x?y')
  expect(plainTarget('http://h')).toBe('/')
  expect(plainTarget('HTTP://h?x')).toBe('/?x')
  expect(plainTarget('*')).toBe('*')
  expect(plainTarget('/%7euser/%7E/%25%32%65')).toBe('/~user/~/%252e')
})

test('a body that trickles ends after thirty seconds, with all headers', () =>
  withConsole(async (_zone, { origin }) => {
    const { port } = new URL(origin)
    const socket = connect(Number(port), '127.0.0.1')
    let text = ''
    socket.on('data', (chunk) => {
      text += String(chunk)
    })
    socket.on('error', () => {})
    const began = performance.now()
    const ended = new Promise<void>((resolve) => socket.on('close', () => resolve()))
    socket.write(
      'POST /api/shown HTTP/1.1\r\nhost: 127.0.0.1\r\nx-vedette: 1\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n',
    )
    const drip = setInterval(() => socket.write('['), 1_000)
    await ended
    clearInterval(drip)

    const ms = performance.now() - began
    expect(ms).toBeGreaterThan(25_000)
    expect(ms).toBeLessThan(36_000)
    expect(requireFramed(text).status).toBe(408)
  }))

test('files of the build may be kept for a year, everything else not at all', async () => {
  const webRoot = mkdtempSync(join(tmpdir(), 'vedette-files-'))
  mkdirSync(join(webRoot, 'assets'))
  for (const name of ['assets/main-abc123.js', 'favicon.svg', 'index.html'])
    writeFileSync(join(webRoot, name), '<html></html>')
  writeFileSync(
    join(webRoot, 'assets/main-abc123.js.br'),
    brotliCompressSync('<html></html>'),
  )
  try {
    await withConsole(
      async (_zone, { origin }) => {
        const headersOf = async (path: string, accept = 'br') => {
          const answer = await fetch(`${origin}${path}`, {
            headers: { 'accept-encoding': accept },
          })
          await answer.arrayBuffer()
          return answer.headers
        }
        for (const accept of ['br', 'identity']) {
          const file = await headersOf('/assets/main-abc123.js', accept)
          expect(file.get('cache-control')).toBe('public, max-age=31536000, immutable')
          expect(file.get('vary')?.toLowerCase()).toBe('accept-encoding')
          expect(file.get('x-content-type-options')).toBe('nosniff')
        }
        for (const path of ['/favicon.svg', '/instances/x/y'])
          expect((await headersOf(path)).get('cache-control')).toBe('no-cache')
        for (const path of [
          '/assets/none.js',
          '/api/session',
          '/healthz',
          '/readyz',
          '/api/nothing',
        ])
          expect((await headersOf(path)).get('cache-control')).toBe('no-store')
      },
      { webRoot },
    )
  } finally {
    rmSync(webRoot, { recursive: true, force: true })
  }
})

const cross = { 'sec-fetch-site': 'cross-site' }
const opens = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }

test.each([
  ['/api/inventory', { ...cross, 'sec-fetch-mode': 'no-cors' }, 403],
  ['/api/zones/ch-test-1/instance', { ...cross, 'sec-fetch-mode': 'no-cors' }, 403],
  ['/api/zones/ch-test-1/instance', { ...cross, ...opens }, 403],
  ['/%61pi/zones/ch-test-1/instance', { ...cross, ...opens }, 403],
  ['/api/feed', { ...cross, 'sec-fetch-mode': 'cors' }, 403],
  ['/readyz', { ...cross, ...opens }, 403],
  ['/instances', { ...cross, 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }, 403],
  [
    '/instances',
    { ...cross, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' },
    403,
  ],
  ['/api/inventory', { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' }, 403],
  ['/instances/x', { ...cross, ...opens }, 404],
  ['/api/inventory', { 'sec-fetch-site': 'same-origin' }, 200],
  ['/api/inventory', { 'sec-fetch-site': 'none', ...opens }, 200],
  ['/api/inventory', {}, 200],
])('%s with %o is %i', (path, headers, status) =>
  withConsole(async (zone, { origin }) => {
    // Not with fetch, which sets some of them itself.
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    const answer = requireFramed(await exchange(origin, get(path, lines.join(''))))
    // There is no page beside the tests.
    expect(answer.status).toBe(status)
    if (status === 403 && path.includes('zones'))
      expect(zone.asked.filter((one) => one === 'GET /instance').length).toBeLessThan(2)
  }),
)
