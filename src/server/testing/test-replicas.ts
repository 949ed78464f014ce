/** Several real servers on one PostgreSQL behind a real nginx, and a sandbox whose requests are counted. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import { isStale } from '../../../tools/stale.mjs'
import { freePort } from './free-port.ts'

const root = join(import.meta.dirname, '../../..')
const program = isStale(root)
  ? ['--import', 'tsx', join(root, 'src/main.ts')]
  : [join(root, 'dist/server/main.js')]
export const nginx = '/usr/sbin/nginx'
export const name = 'vedette.example.com'

/** Has the sandbox's process print each request that it gets: its method and path. */
const printsRequests = `
import { subscribe } from 'node:diagnostics_channel'
subscribe('http.server.request.start', ({ request }) =>
  process.stdout.write(Date.now() + ' asked ' + request.method + ' ' + request.url + '\\n'))`

/** A request that the sandbox got. */
export type Asked = { at: number; method: string; path: string }

/** Starts a sandbox in a process of its own. */
export async function startSandbox(instances: number) {
  const child = spawn(
    process.execPath,
    [
      '--import',
      `data:text/javascript,${encodeURIComponent(printsRequests)}`,
      ...program,
      'sandbox',
      '--port',
      '0',
    ],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        PATH: process.env['PATH'],
        SANDBOX_MACHINES: 'painted',
        SANDBOX_INSTANCES: String(instances),
        SANDBOX_SPEED: '4',
      },
    },
  )
  const asked: Asked[] = []
  const environment: Record<string, string> = {}
  await new Promise<void>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [, at, method = '', path = ''] = /^(\d+) asked (\S+) (\S+)$/.exec(line) ?? []
      if (at) asked.push({ at: Number(at), method, path })
      const [, setting, value] = /^(EXOSCALE_\w+)=(.*)$/.exec(line) ?? []
      if (setting && value) environment[setting] = value
      if (setting === 'EXOSCALE_API_SECRET') resolve()
    })
  })
  return { child, asked, environment }
}

/** A server that is started again each time it was killed. */
export class ReplicaProcess {
  readonly port: number
  readonly #environment: Record<string, string>
  #child: ChildProcess | undefined
  /** The end of what it wrote, for a test that fails. */
  said = ''

  constructor(port: number, environment: Record<string, string>) {
    this.port = port
    this.#environment = environment
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, program, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        HOST: '127.0.0.1',
        PORT: String(this.port),
        LOG_LEVEL: 'warn',
        PUBLIC_URL: `https://${name}`,
        TRUSTED_PROXIES: '127.0.0.1',
        SIGN_IN: 'local',
        ...this.#environment,
      },
    })
    this.#child = child
    // What it said before it was killed would look like a start.
    this.said = ''
    await new Promise<void>((resolve) => {
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk: Buffer) => {
          this.said = (this.said + chunk.toString()).slice(-20_000)
          if (this.said.includes(' is running at ')) resolve()
        })
      child.once('exit', () => resolve())
    })
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    child.kill(signal)
    await exited
  }
}

/** Starts nginx with the example for several servers; returns how to reach and to end it. */
export async function startNginx(ports: readonly number[]) {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-replicas-'))
  const [key, certificate] = [join(folder, 'vedette.key'), join(folder, 'vedette.crt')]
  const subject = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`]
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  const files = ['-keyout', key, '-out', certificate]
  execFileSync('openssl', ['req', '-x509', ...kind, '-days', '2', ...subject, ...files], {
    stdio: 'ignore',
  })
  const port = await freePort()
  let example = readFileSync(join(root, 'deploy/nginx-replicas.conf'), 'utf8')
    .replace('listen 443 ssl', `listen 127.0.0.1:${port} ssl`)
    .replace('/etc/ssl/vedette.crt', certificate)
    .replace('/etc/ssl/vedette.key', key)
  for (const [index, own] of ports.entries())
    example = example.replaceAll(`127.0.0.1:${8081 + index}`, `127.0.0.1:${own}`)
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (one) => `${one}_temp_path ${one};`,
  )
  // As root, its workers would be someone else, who may not read this folder.
  const user = process.getuid?.() === 0 ? 'user root;' : ''
  const whole = `${user}daemon off;pid nginx.pid;events{}http{access_log off;${places.join('')}${example}}`
  const file = join(folder, 'nginx.conf')
  writeFileSync(file, whole)
  // It says each time that a server doesn't respond, which is what the test is about.
  const child = spawn(nginx, ['-p', folder, '-c', file, '-e', join(folder, 'error.log')], {
    stdio: 'ignore',
  })
  return {
    port,
    ca: readFileSync(certificate),
    async close() {
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      await exited
      rmSync(folder, { recursive: true })
    },
  }
}
