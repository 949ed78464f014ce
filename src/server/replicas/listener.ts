/** Listens to PostgreSQL's notifications on a connection of its own, which is opened again when it breaks. */
import type { Client } from 'pg'

const againMs = 1_000
const connectMs = 3_000

export class Listener {
  readonly #url: string
  readonly #heard: () => void
  #client: Client | undefined
  #timer: NodeJS.Timeout | undefined
  #closed = false

  /** `heard` is called at each notification, and when a connection is open: what came before may be lost. */
  constructor(url: string, heard: () => void) {
    this.#url = url
    this.#heard = heard
  }

  /** Begins; it doesn't wait for the connection. */
  start(): void {
    void this.#connect()
  }

  async #connect(): Promise<void> {
    const { default: pg } = await import('pg')
    if (this.#closed) return
    const client = new pg.Client({
      connectionString: this.#url,
      connectionTimeoutMillis: connectMs,
      query_timeout: connectMs,
      keepAlive: true,
    })
    this.#client = client
    client.on('notification', () => this.#heard())
    client.on('error', () => this.#lose(client))
    client.on('end', () => this.#lose(client))
    try {
      await client.connect()
      await client.query('listen feed')
      this.#heard()
    } catch {
      this.#lose(client)
    }
  }

  #lose(client: Client): void {
    if (this.#client !== client) return
    this.#client = undefined
    void client.end().catch(() => {})
    if (this.#closed) return
    this.#timer = setTimeout(() => void this.#connect(), againMs).unref()
  }

  /** May be called twice. */
  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    const client = this.#client
    this.#client = undefined
    await client?.end().catch(() => {})
  }
}
