/**
 * A clock that jumps, a zone on it, and processes that can be killed between any two steps: what
 * histories of jobs are played with (src/server/jobs/histories.test.ts). Everything comes from one
 * seed, so that a history that fails can be played again.
 */
import type { FollowedOperation } from '#contract/operation.ts'

import { refuse, ProblemError } from '../zone/refusals.ts'
import type { ZoneClient } from '../zone/zone.ts'
import type { Random } from './test-random.ts'

const tickMs = 500

/** A clock that moves on when nothing is left to do at its time. */
export class Clock {
  #now: number
  readonly #due = new Map<number, (() => void)[]>()
  /** Steps that really take their time: writes of the store. */
  underWay = 0

  constructor(now: number) {
    this.#now = now
  }

  now = (): number => this.#now

  #moment = 0
  /** A number for each thing that happens, in their order, also at the same time. */
  moment = (): number => (this.#moment += 1)

  /** Does something later, in whole ticks. */
  after(ms: number, work: () => void): void {
    const at = this.#now + Math.ceil(ms / tickMs) * tickMs
    const due = this.#due.get(at)
    if (due) due.push(work)
    else this.#due.set(at, [work])
  }

  rest(ms: number): Promise<void> {
    return new Promise((resolve) => this.after(ms, resolve))
  }

  /** Lets everything happen that happens at this time. */
  async settle(): Promise<void> {
    do await new Promise((resolve) => setImmediate(resolve))
    while (this.underWay > 0)
  }

  /** Goes to the next time at which something is due; false where nothing is. */
  async move(): Promise<boolean> {
    await this.settle()
    const at = Math.min(...this.#due.keys())
    if (at === Infinity) return false
    this.#now = at
    const due = this.#due.get(at) ?? []
    this.#due.delete(at)
    for (const work of due) work()
    return true
  }
}

const never = () => new Promise<never>(() => {})

/** A process: once it is killed, nothing that it waits for comes, and nothing that it does is done. */
export class Process {
  alive = true
  /** How many steps it has left, where it dies between two of them. */
  steps = Infinity
  /** What happens between two of its steps, after how many. */
  between: { steps: number; work: () => void } | undefined

  /** One step: it may die before, or after the step and before it knows. */
  async step<T>(work: () => Promise<T>): Promise<T> {
    if (!this.#lives()) return never()
    const result = await work()
    return this.#lives() ? result : never()
  }

  #lives(): boolean {
    this.steps -= 1
    if (this.steps < 0) this.alive = false
    const { between } = this
    if (between && this.alive && --between.steps < 0) {
      this.between = undefined
      between.work()
    }
    return this.alive
  }
}

export type Machine = {
  id: string
  name: string
  state: string
  labels: Record<string, string>
  /** When somebody gave it another name. */
  renamedAt?: number
}

/** How the zone treats calls. */
export type Weather = 'fine' | 'refuses-connections' | 'loses-answers' | 'limits' | 'fails'

/** A change that reached a zone, also one that it refused. */
export type Arrival = {
  call: string
  /** The moment at which it was sent. */
  moment: number
  /** Whether its instance had had another name for so long that anyone who looked knew it. */
  renamed: boolean
}

const lookMs = 5_000

async function* bytesOf(value: unknown) {
  yield Buffer.from(JSON.stringify(value))
}

const answer = (value: unknown) =>
  // Of an answer, jobs read nothing but the bytes of its body.
  ({ body: bytesOf(value) }) as unknown as Awaited<ReturnType<ZoneClient['request']>>

const refused = (status: number, message: string) =>
  new ProblemError({
    code: status === 403 ? 'denied' : status === 429 ? 'zone-busy' : 'zone-refused',
    status,
    message,
  })

const failed = new ProblemError({
  code: 'zone-failed',
  status: 500,
  message: 'Internal error',
  unknownOutcome: true,
})

type Request = Parameters<ZoneClient['request']>[0]

/** A zone with machines, an audit trail and operations that take their time. */
export class SimulatedZone {
  readonly name: string
  readonly machines = new Map<string, Machine>()
  readonly #random: Random
  readonly #clock: Clock
  readonly #events: { timestamp: string; [member: string]: unknown }[] = []
  readonly #operations = new Map<string, string>()
  weather: Weather = 'fine'
  /** Paths that the API key may not read. */
  readonly denied = new Set<'get-instance' | 'list-events'>()
  /** Changes that reached it, also those it refused. */
  readonly arrivals: Arrival[] = []

  constructor(name: string, clock: Clock, random: Random) {
    this.name = name
    this.#clock = clock
    this.#random = random
  }

  /** The zone as one process calls it. */
  clientFor(process: Process): ZoneClient {
    const client: ZoneClient = {
      name: this.name,
      lane: undefined,
      bounds: undefined,
      on: () => client,
      // The moment of the call, before anything else happens.
      request: (request) => {
        const moment = this.#clock.moment()
        return process.step(() => this.#request(request, moment))
      },
      close: () => Promise.resolve(),
    }
    return client
  }

  /** The end of an operation, as a process learns it. */
  async follow(operation: FollowedOperation): Promise<FollowedOperation> {
    for (;;) {
      await this.#clock.rest(1_000 + this.#random.below(4) * 1_000)
      const state = this.#operations.get(operation.id)
      if (state !== 'pending') return { ...operation, state: state ?? 'unknown' }
    }
  }

  async #request({ method, path, body }: Request, moment: number) {
    const { weather } = this
    const sentAt = this.#clock.now()
    const isChange = method !== 'GET'
    const zone = this.name
    const lost = (unknownOutcome: boolean) =>
      refuse(
        'zone-unreachable',
        502,
        { code: 'zone-unreachable', zone },
        { zone, ...(unknownOutcome ? { unknownOutcome } : {}) },
      )
    if (weather === 'refuses-connections') {
      await this.#clock.rest(500)
      throw lost(false)
    }
    await this.#clock.rest(this.#random.below(3) * 500)
    if (!isChange) {
      if (weather === 'loses-answers') throw lost(false)
      return answer(this.#read(path))
    }
    // Of a lost answer, the request may be lost as well.
    const isLost = weather === 'loses-answers'
    if (isLost && this.#random.chance(0.5)) throw lost(true)
    if (weather === 'limits') throw refused(429, 'Too many requests')
    const { renamedAt = Infinity } = this.machines.get(path.slice(10, 46)) ?? {}
    const renamed = renamedAt < sentAt - lookMs
    this.arrivals.push({ call: `${method} ${path}`, moment, renamed })
    // Of an error of the zone's own, the change may be made or not.
    const isFailed = weather === 'fails'
    if (isFailed && this.#random.chance(0.5)) throw failed
    const result = this.#change(method, path, body)
    await this.#clock.rest(this.#random.below(2) * 500)
    if (isLost) throw lost(true)
    if (isFailed) throw failed
    return answer(result)
  }

  #read(path: string): unknown {
    if (path.startsWith('/event')) {
      if (this.denied.has('list-events')) throw refused(403, 'denied')
      const from = new URLSearchParams(path.split('?')[1]).get('from') ?? ''
      return this.#events.filter(({ timestamp }) => timestamp >= from)
    }
    if (this.denied.has('get-instance')) throw refused(403, 'denied')
    return { ...this.#machine(path.slice(10)) }
  }

  #machine(id: string): Machine {
    const machine = this.machines.get(id)
    if (machine) return machine
    throw refused(404, 'Not Found')
  }

  #change(method: string, path: string, body: Buffer | undefined): unknown {
    const [id = '', verb = method === 'DELETE' ? 'delete' : 'update'] = path
      .slice('/instance/'.length)
      .split(':')
    const machine = this.#machine(id)
    const work = this.#workOf(verb, machine, body)
    const handler =
      verb === 'add-protection' ? 'add-instance-protection' : `${verb}-instance`
    this.#events.push({
      handler,
      timestamp: new Date(this.#clock.now()).toISOString().slice(0, 19),
      'path-params': { id },
      status: 200,
    })
    const operation = `operation-${this.#operations.size}`
    const ends = this.#random.chance(0.1) ? 'failure' : 'success'
    this.#operations.set(operation, 'pending')
    this.#clock.after(1_000 + this.#random.below(10) * 1_000, () => {
      this.#operations.set(operation, ends)
      if (ends === 'success') work()
      else if (this.machines.has(id)) machine.state = 'running'
    })
    return { id: operation, state: 'pending' }
  }

  #workOf(verb: string, machine: Machine, body: Buffer | undefined): () => void {
    const needs = (...states: string[]) => {
      if (!states.includes(machine.state)) throw refused(400, 'The state doesn’t allow it')
    }
    switch (verb) {
      case 'stop':
        needs('running')
        machine.state = 'stopping'
        return () => (machine.state = 'stopped')
      case 'start':
        needs('stopped')
        machine.state = 'starting'
        return () => (machine.state = 'running')
      case 'delete':
        machine.state = 'destroying'
        return () => this.machines.delete(machine.id)
      case 'update':
        Object.assign(machine, JSON.parse(body?.toString() ?? '{}'))
        return () => {}
      default:
        needs('running', 'stopped')
        return () => {}
    }
  }
}

/** Who asks for everything. */
export const ana = {
  person: { id: 'ana', name: 'Ana', role: 'admin' },
  audit: { begin: async () => 'entry', beginLong: async () => 'entry', nothing() {} },
  reach: { has: () => true },
} as const
