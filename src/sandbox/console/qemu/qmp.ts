/**
 * Sends commands to a QEMU process over QMP, one JSON object per line. One connection per machine.
 */
import { connect, type Socket } from 'node:net'

type Waiting = { resolve(value: unknown): void; reject(error: Error): void }

export class Qmp {
  /** Resolves when the connection is closed, that is, when the process has ended. */
  readonly closed: Promise<void>
  readonly #socket: Socket
  readonly #waiting: Waiting[] = []
  #rest = ''

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.setEncoding('utf8')
    socket.on('data', (text: string) => this.#receive(text))
    this.closed = new Promise((resolve) => {
      socket.on('close', () => {
        for (const { reject } of this.#waiting.splice(0))
          reject(new Error('the machine has gone'))
        resolve()
      })
    })
  }

  /** Connects without optional capabilities. Rejects if QEMU doesn't listen (yet). */
  static async open(path: string): Promise<Qmp> {
    const socket = connect(path)
    // From the first moment, because a process may end while this connects.
    socket.on('error', () => {})
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('error', reject)
    })
    const qmp = new Qmp(socket)
    try {
      await qmp.execute('qmp_capabilities')
    } catch (error) {
      qmp.close()
      throw error
    }
    return qmp
  }

  /** Resolves with QEMU's response when the command is done; rejects with QEMU's message. */
  execute(command: string, words?: Record<string, unknown>): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#socket.destroyed) return reject(new Error('the machine has gone'))
      this.#waiting.push({ resolve, reject })
      this.#socket.write(`${JSON.stringify({ execute: command, arguments: words })}\n`)
    })
  }

  close(): void {
    this.#socket.destroy()
  }

  #receive(text: string) {
    const lines = (this.#rest + text).split('\n')
    this.#rest = lines.pop() ?? ''
    for (const line of lines) {
      if (line.trim() === '') continue
      // QEMU's responses are trusted: it is a child process on a private socket.
      const said = JSON.parse(line) as { return?: unknown; error?: { desc: string } }
      // The greeting and events have neither.
      if (said.error) this.#waiting.shift()?.reject(new Error(said.error.desc))
      else if ('return' in said) this.#waiting.shift()?.resolve(said.return)
    }
  }
}
