/**
 * Serves the host's ends of a guest's ports (`guest/userland.ts`): one port returns the guest's
 * identity, the other sends commands to the guest.
 */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

async function open(path: string): Promise<Socket> {
  const socket = connect(path)
  // The port ends with the machine, which is reported elsewhere, also while this connects.
  socket.on('error', () => {})
  await once(socket, 'connect')
  socket.setEncoding('utf8')
  return socket
}

function onLine(socket: Socket, hear: (line: string) => void): void {
  let rest = ''
  socket.on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) hear(line)
  })
}

/** Returns the guest's identity whenever the guest requests it, at each boot. */
export async function answerIdentity(
  path: string,
  identity: () => Buffer,
): Promise<Socket> {
  const socket = await open(path)
  onLine(socket, (line) => {
    if (line.endsWith('identity')) socket.write(`${identity().toString('base64')}\n`)
  })
  return socket
}

export type Said = { status: number; text: string }

/** Sends commands to the guest's agent. */
export class Agent {
  readonly #socket: Socket
  readonly #waiting = new Map<number, (said: Said | Error) => void>()
  #count = 0
  #present = false
  #arrive = () => {}
  #arrival = new Promise<void>((resolve) => (this.#arrive = resolve))

  private constructor(socket: Socket) {
    this.#socket = socket
    onLine(socket, (line) => this.#hear(line.trim()))
    socket.on('close', () => {
      this.#arrive()
      this.#fail('the machine has gone')
    })
  }

  static async open(path: string): Promise<Agent> {
    return new Agent(await open(path))
  }

  /** Whether the system is up and would react to the power button. */
  get isThere(): boolean {
    return this.#present
  }

  /** Resolves when the system is up. */
  ready(): Promise<void> {
    return this.#arrival
  }

  /** Call this when the machine reboots: pending commands are lost, and it reports when it is up. */
  forget(): void {
    this.#present = false
    this.#arrival = new Promise((resolve) => (this.#arrive = resolve))
    this.#fail('the machine was reset')
  }

  /** Runs shell lines in the guest as root. */
  async run(script: string): Promise<Said> {
    await this.ready()
    const number = ++this.#count
    return new Promise((resolve, reject) => {
      if (this.#socket.destroyed) return reject(new Error('the machine has gone'))
      this.#waiting.set(number, (said) =>
        said instanceof Error ? reject(said) : resolve(said),
      )
      this.#socket.write(`${number} ${Buffer.from(script).toString('base64')}\n`)
    })
  }

  close(): void {
    this.#socket.destroy()
  }

  #hear(line: string) {
    if (line.endsWith('ready')) {
      // After a reset by the guest itself, earlier commands get no response.
      this.#fail('the machine was reset')
      this.#present = true
      return this.#arrive()
    }
    const [number = '', status = '', text = ''] = line.split(' ')
    this.#waiting.get(Number(number))?.({
      status: Number(status),
      text: Buffer.from(text, 'base64').toString(),
    })
    this.#waiting.delete(Number(number))
  }

  #fail(reason: string) {
    for (const answer of this.#waiting.values()) answer(new Error(reason))
    this.#waiting.clear()
  }
}
