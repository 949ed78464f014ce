/** People who come to several servers through a load balancer in tests, and their streams of events. */
import type { IncomingMessage } from 'node:http'
import { Agent, request } from 'node:https'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'

import { name } from './test-replicas.ts'

/** A person's browser, which tries again what failed on the way. */
export class Browser {
  readonly #port: number
  readonly #agent: Agent
  cookie = ''
  /** Answers that a server gave which doesn't know the session. */
  signedOut = 0

  constructor(port: number, ca: Buffer) {
    this.#port = port
    this.#agent = new Agent({ ca, servername: name, keepAlive: true })
  }

  open(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const sent = request({
      host: '127.0.0.1',
      port: this.#port,
      agent: this.#agent,
      method,
      path,
      headers: {
        host: name,
        'x-vedette': '1',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.cookie ? { cookie: this.cookie } : {}),
        ...headers,
      },
    })
    sent.end(body === undefined ? undefined : JSON.stringify(body))
    return new Promise<IncomingMessage>((resolve, reject) => {
      sent.on('response', resolve)
      sent.on('error', reject)
    })
  }

  async ask(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) {
    for (let attempt = 0; ; attempt += 1) {
      try {
        const answer = await this.open(method, path, body, headers)
        const said = await text(answer)
        const status = answer.statusCode ?? 0
        if (status === 401) this.signedOut += 1
        const [set] = answer.headers['set-cookie'] ?? []
        if (set) this.cookie = set.split(';')[0] ?? ''
        const isFromNginx = status >= 502 && !said.startsWith('{')
        if (!isFromNginx || attempt > 30) return { status, said }
      } catch (error) {
        if (attempt > 30) throw error
      }
      await wait(300)
    }
  }

  async read<T>(path: string): Promise<T> {
    return JSON.parse((await this.ask('GET', path)).said) as T // the contract's answer, which the caller names
  }
}

/** Follows the feed as a page does, but for the inventory: it only takes up where it was. */
export class Stream {
  readonly #browser: Browser
  last: number
  readonly ids: number[] = []
  resets = 0
  /** The longest time without a stream, in ms. */
  longestGap = 0
  #closed = false

  constructor(browser: Browser, since: number) {
    this.#browser = browser
    this.last = since
  }

  async run(): Promise<void> {
    let lostAt = performance.now()
    while (!this.#closed) {
      try {
        const answer = await this.#browser.open('GET', '/api/feed', undefined, {
          'last-event-id': String(this.last),
        })
        if (answer.statusCode !== 200) throw new Error('no stream')
        this.longestGap = Math.max(this.longestGap, performance.now() - lostAt)
        let rest = ''
        answer.setEncoding('utf8')
        for await (const piece of answer) {
          rest += String(piece)
          const blocks = rest.split('\n\n')
          rest = blocks.pop() ?? ''
          for (const block of blocks) this.#take(block)
          if (this.#closed) return void answer.destroy()
        }
      } catch {
        // The server was killed.
      }
      lostAt = performance.now()
      await wait(500)
    }
  }

  #take(block: string): void {
    if (block.includes('event: reset')) this.resets += 1
    const [, id] = /^id: (\d+)$/m.exec(block) ?? []
    if (!id) return
    this.last = Number(id)
    if (block.includes('\ndata: ')) this.ids.push(this.last)
  }

  close(): void {
    this.#closed = true
  }
}
