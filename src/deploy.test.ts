/**
 * The examples in `deploy`, each with the real proxy in front of a server on which people sign in: the session's
 * cookie, the address of the person, the feed, a screen through the relay and a large order. A proxy that isn't
 * installed is left out.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer as createWebServer, type IncomingMessage } from 'node:http'
import { request, type RequestOptions } from 'node:https'
import { connect, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'

import { firstLink } from '#server/people/first-link.ts'
import { openStore } from '#server/store/store.ts'
import { freePort } from '#server/testing/free-port.ts'
import { localSession } from '#server/testing/test-house.ts'
import { password, tokenIn } from '#server/testing/test-people.ts'
import * as replicas from '#server/testing/test-replicas.ts'
import {
  instanceId,
  startConsole,
  startZone,
  type TestZone,
} from '#server/testing/test-zone.ts'

const name = 'vedette.example.com'
/** Another address of this host, which a proxy has to pass on. */
const person = '127.0.0.2'

const example = (file: string) =>
  readFileSync(join(import.meta.dirname, '../deploy', file), 'utf8')

type Place = { folder: string; port: number; server: number }

/** A text in which each of these occurs and is replaced. */
function replaced(whole: string, changes: Record<string, string>): string {
  return Object.entries(changes).reduce((so, [what, by]) => {
    if (!so.includes(what)) throw new Error(`the example has no ${what}`)
    return so.replaceAll(what, by)
  }, whole)
}

/** How each proxy is started with its example, whose ports and files are a test's own. */
const proxies: Record<string, { program: string; start(place: Place): ChildProcess }> = {
  nginx: {
    program: '/usr/sbin/nginx',
    start({ folder, port, server }) {
      const own = replaced(example('nginx.conf'), {
        'listen 443 ssl': `listen 127.0.0.1:${port} ssl`,
        '127.0.0.1:8080': `127.0.0.1:${server}`,
        '/etc/ssl/vedette.crt': join(folder, 'vedette.crt'),
        '/etc/ssl/vedette.key': join(folder, 'vedette.key'),
      })
      const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
        (one) => `${one}_temp_path ${one};`,
      )
      // As root, its workers would be someone else, who may not read this folder.
      const user = process.getuid?.() === 0 ? 'user root;' : ''
      const whole = `${user}daemon off;pid nginx.pid;events{}http{access_log off;${places.join('')}${own}}`
      writeFileSync(join(folder, 'nginx.conf'), whole)
      return spawn(
        this.program,
        ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', 'stderr'],
        { stdio: 'inherit' },
      )
    },
  },
  caddy: {
    program: '/usr/bin/caddy',
    start({ folder, port, server }) {
      const own = replaced(example('Caddyfile'), {
        [`${name} {`]: `https://${name}:${port} {\n  bind 127.0.0.1\n  tls ${folder}/vedette.crt ${folder}/vedette.key`,
        '127.0.0.1:8080': `127.0.0.1:${server}`,
      })
      const options =
        '{\n  admin off\n  auto_https disable_redirects\n  log {\n    level ERROR\n  }\n}\n'
      writeFileSync(join(folder, 'Caddyfile'), options + own)
      return spawn(
        this.program,
        ['run', '--adapter', 'caddyfile', '--config', join(folder, 'Caddyfile')],
        {
          stdio: 'ignore',
          env: {
            ...process.env,
            HOME: folder,
            XDG_DATA_HOME: folder,
            XDG_CONFIG_HOME: folder,
          },
        },
      )
    },
  },
  haproxy: {
    program: '/usr/sbin/haproxy',
    start({ folder, port, server }) {
      const pem = ['vedette.crt', 'vedette.key'].map((file) =>
        readFileSync(join(folder, file)),
      )
      writeFileSync(join(folder, 'vedette.pem'), Buffer.concat(pem))
      const own = replaced(example('haproxy.cfg'), {
        ':443': `127.0.0.1:${port}`,
        '127.0.0.1:8080': `127.0.0.1:${server}`,
        '/etc/ssl/vedette.pem': join(folder, 'vedette.pem'),
      })
      writeFileSync(join(folder, 'haproxy.cfg'), own)
      return spawn(this.program, ['-db', '-q', '-f', join(folder, 'haproxy.cfg')], {
        stdio: 'inherit',
      })
    },
  },
}

/** A certificate for the name, signed with its own key. */
function makeCertificate(folder: string): Buffer {
  const files = [
    '-keyout',
    join(folder, 'vedette.key'),
    '-out',
    join(folder, 'vedette.crt'),
  ]
  const subject = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`]
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  execFileSync('openssl', ['req', '-x509', ...kind, '-days', '2', ...subject, ...files], {
    stdio: 'ignore',
  })
  return readFileSync(join(folder, 'vedette.crt'))
}

/** Ana, who comes through a proxy. */
class Visitor {
  readonly tls: RequestOptions
  cookie = ''

  constructor(tls: RequestOptions) {
    this.tls = tls
  }

  ask(method: string, path: string, body?: unknown): Promise<IncomingMessage> {
    const sent = request({
      ...this.tls,
      method,
      path,
      headers: {
        host: name,
        'x-vedette': '1',
        // A claim that must not be believed.
        'x-forwarded-for': '192.0.2.66',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.cookie ? { cookie: this.cookie } : {}),
      },
    })
    sent.end(body === undefined ? undefined : JSON.stringify(body))
    return new Promise((resolve, reject) => {
      sent.on('response', resolve)
      sent.on('error', reject)
    })
  }

  /** Sends what signs in; keeps the session's cookie, and returns what the browser was told of it. */
  async enter(path: string, body: object): Promise<string> {
    const answer = await this.ask('POST', path, { ...body, password })
    expect(answer.statusCode).toBe(200)
    const [set = ''] = answer.headers['set-cookie'] ?? []
    this.cookie = set.split(';')[0] ?? ''
    return set
  }
}

type Running = { zone: TestZone; ana: Visitor; close(): Promise<void> }

/** Starts a server on which people sign in, and the proxy in front of it. */
async function startBehind(proxy: (typeof proxies)[string]): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-proxy-'))
  const ca = makeCertificate(folder)
  const zone = await startZone()
  const store = await openStore(':memory:')
  const session = { ...localSession, consoleVia: 'relay' } as const
  const publicUrl = new URL(`https://${name}`)
  const own = { session, store, publicUrl, trustedProxies: ['127.0.0.1'] }
  const console = await startConsole(zone, own, 'relay')
  const port = await freePort()
  const child = proxy.start({ folder, port, server: Number(new URL(console.origin).port) })
  const ana = new Visitor({
    host: '127.0.0.1',
    port,
    servername: name,
    ca,
    localAddress: person,
    agent: false,
  })
  await vi.waitFor(
    async () => {
      const answer = await ana.ask('GET', '/healthz').catch(() => undefined)
      if (answer?.statusCode !== 200) throw new Error(`${proxy.program} doesn't answer yet`)
    },
    { timeout: 15_000 },
  )
  const token = tokenIn((await firstLink(store))?.path ?? '')
  expect(await ana.enter('/api/set-up', { token, name: 'Ana' })).toMatch(
    /^__Host-sid=.*; Secure/,
  )
  return {
    zone,
    ana,
    async close() {
      child.kill('SIGTERM')
      await once(child, 'exit')
      await console.close()
      await zone.close()
      rmSync(folder, { recursive: true })
    },
  }
}

for (const [what, proxy] of Object.entries(proxies))
  describe.skipIf(!existsSync(proxy.program))(`the example for ${what}`, () => {
    let running: Running
    beforeAll(async () => {
      running = await startBehind(proxy)
    }, 30_000)
    afterAll(() => running.close())

    test('the address of the person is the one that the proxy sees', async () => {
      const answer = await running.ana.ask('GET', '/api/sessions')
      expect(answer.statusCode).toBe(200)
      expect(JSON.parse(await text(answer))).toMatchObject([
        { current: true, from: person },
      ])
    })

    test('events arrive when they happen, and end with the session', async () => {
      const { ana } = running
      const feed = await ana.ask('GET', '/api/feed?since=0')
      feed.setEncoding('utf8')
      let heard = ''
      feed.on('data', (piece: string) => (heard += piece))
      // Otherwise it would wait in the proxy until the stream ends.
      await expect.poll(() => heard, { timeout: 5_000 }).toContain('data:')
      expect(feed.readableEnded).toBe(false)
      await ana.ask('POST', '/api/sign-out', {})
      const isOver = () => feed.readableEnded || feed.destroyed
      await expect.poll(isOver, { timeout: 5_000 }).toBe(true)
    })

    test('a screen through the relay, and a large order', async () => {
      const { ana, zone } = running
      await ana.enter('/api/sign-in', { name: 'Ana' })
      const ticket = await ana.ask('POST', `/api/zones/ch-test-1/console/${instanceId}`)
      const { url } = JSON.parse(await text(ticket)) as { url: string } // our own wire
      const next = zone.nextScreen()
      const screen = new WebSocket(`wss://127.0.0.1:${ana.tls.port}${url}`, ['binary'], {
        ...ana.tls,
        origin: `https://${name}`,
        headers: { host: name, cookie: ana.cookie },
      })
      await once(screen, 'open')
      const end = await next
      end.send(Buffer.from('RFB 003.008\n'))
      const [data] = await once(screen, 'message')
      expect(String(data)).toBe('RFB 003.008\n')
      screen.close()

      const one = { zone: 'ch-test-1', instanceId, name: 'n'.repeat(250), seen: 'running' }
      const targets = Array.from({ length: 20_000 }, () => one)
      const order = await ana.ask('POST', '/api/jobs', {
        key: instanceId,
        action: 'stop',
        targets,
      })
      // It arrived whole: the server itself says that an instance is in it twice.
      expect(order.statusCode).toBe(400)
      expect(await text(order)).toContain('not-unique')
    })
  })

/** A server that takes each request and dies with it, if it is told to; otherwise it returns the body. */
async function startServer(heard: string[], dies: boolean) {
  const server = createWebServer((asked, answer) => {
    const take = async () => {
      const body = await text(asked)
      heard.push(asked.url ?? '')
      if (dies) asked.socket.destroy()
      else answer.end(body)
    }
    void take()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // Listening on an address, not on a pipe.
  const { port } = server.address() as AddressInfo
  return { port, close: () => (server.close(), server.closeAllConnections()) }
}

const isOpen = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => resolve(false))
    socket.on('connect', () => (socket.destroy(), resolve(true)))
  })

describe.skipIf(!existsSync(replicas.nginx))('the example for several servers', () => {
  /** Sends six requests while one of three servers dies with each that it gets: their answers, and how often each was sent. */
  async function sendSix(method: string) {
    const heard: string[] = []
    const servers = await Promise.all(
      [true, false, false].map((dies) => startServer(heard, dies)),
    )
    const front = await replicas.startNginx(servers.map(({ port }) => port))
    await expect.poll(() => isOpen(front.port), { timeout: 15_000 }).toBe(true)
    const tls = { host: '127.0.0.1', port: front.port, servername: name, ca: front.ca }
    const person = new Visitor({ ...tls, agent: false })
    const answers: (number | undefined)[] = []
    for (let at = 0; at < 6; at += 1) {
      // Node frames no body of the other methods.
      const body = method.startsWith('P') ? { at } : undefined
      const answer = await person.ask(method, `/api/zones/a/${at}`, body)
      const said = await text(answer)
      if (answer.statusCode === 200) expect(said).toBe(body ? JSON.stringify(body) : '')
      answers.push(answer.statusCode)
    }
    await front.close()
    for (const server of servers) server.close()
    const times = answers.map((_, at) => heard.filter((one) => one.endsWith(`/${at}`)))
    return { answers, times: times.map(({ length }) => length) }
  }

  test.each(['PUT', 'DELETE', 'POST', 'PATCH'])(
    'a %s is sent to one server, also where that dies with it',
    async (method) => {
      const { answers, times } = await sendSix(method)
      expect(times).toEqual([1, 1, 1, 1, 1, 1])
      // The server that died is left out from then on.
      expect(answers.toSorted()).toEqual([200, 200, 200, 200, 200, 502])
    },
  )

  test('a GET is sent to another server', async () => {
    const { answers, times } = await sendSix('GET')
    expect(answers).toEqual(Array(6).fill(200))
    expect(times.toSorted()).toEqual([1, 1, 1, 1, 1, 2])
  })
})

test.skipIf(!existsSync('/usr/bin/systemd-analyze'))('systemd reads the unit', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-unit-'))
  const unit = replaced(example('vedette.service'), {
    '/usr/bin/node': process.execPath,
    '/opt/vedette/dist/server/main.js': join(folder, 'main.js'),
    'WorkingDirectory=/opt/vedette': `WorkingDirectory=${folder}`,
  })
  const file = join(folder, 'vedette.service')
  writeFileSync(file, unit)
  const said = execFileSync('systemd-analyze', ['verify', '--man=no', file], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  expect(said).toBe('')
  rmSync(folder, { recursive: true })
})
