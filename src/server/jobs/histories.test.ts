/**
 * Ten thousand random histories of jobs: zones fail in every way and come back, others stop, rename
 * and delete instances, the process is killed between any two of its steps, and people stop jobs, send
 * the same order twice and try again. Whatever happens, nobody is asked but those who were confirmed,
 * each at most once, and the result accounts for every one. One file: the world, the player and what
 * must hold belong to one property.
 */
import { randomUUID } from 'node:crypto'

import { afterAll, beforeAll, expect, test } from 'vitest'

import {
  countItems,
  endedCount,
  mayRetry,
  type JobDetail,
  type JobOrder,
  type JobTarget,
} from '#contract/job.ts'

import { alone } from '../replicas/replica.ts'
import { openStore, type Store } from '../store/store.ts'
import {
  ana,
  Clock,
  Process,
  SimulatedZone,
  type Weather,
} from '../testing/test-histories.ts'
import { machineId } from '../testing/test-machines.ts'
import { randomOf, type Random } from '../testing/test-random.ts'
import { JobRows } from './job-rows.ts'
import { Jobs } from './jobs.ts'

const histories = 10_000
const batch = 1_000
const minute = 60_000
const day = 24 * 60 * minute

let store: Store
beforeAll(async () => {
  store = await openStore(':memory:')
})
afterAll(() => store.destroy())

const verbs = {
  start: 'start',
  stop: 'stop',
  reboot: 'reboot',
  protect: 'add-protection',
} as const

/** The call that an action makes to an instance. */
const callOf = (action: JobOrder['action'], id: string) =>
  action === 'delete'
    ? `DELETE /instance/${id}`
    : action === 'label'
      ? `PUT /instance/${id}`
      : `PUT /instance/${id}:${verbs[action as keyof typeof verbs]}`

const nameOf = ({ action }: JobOrder, { zone, instanceId }: JobTarget) =>
  `${zone} ${callOf(action, instanceId)}`

/** How often each call reached its zone. */
function timesAsked(zones: readonly SimulatedZone[]): Map<string, number> {
  const times = new Map<string, number>()
  for (const { name: zone, arrivals } of zones)
    for (const { call } of arrivals) {
      const name = `${zone} ${call}`
      times.set(name, (times.get(name) ?? 0) + 1)
    }
  return times
}

/** The store's rows, as one process writes and reads them. */
function rowsFor(process: Process, clock: Clock): JobRows {
  return new Proxy(new JobRows(store), {
    get(rows, name: keyof JobRows) {
      // Each of its members is a method of this kind.
      const method = rows[name].bind(rows) as (...given: unknown[]) => Promise<unknown>
      return (...given: unknown[]) =>
        process.step(async () => {
          clock.underWay += 1
          try {
            return await method(...given)
          } finally {
            clock.underWay -= 1
          }
        })
    },
  })
}

class History {
  readonly random: Random
  readonly clock: Clock
  readonly zones: SimulatedZone[]
  readonly order: JobOrder
  process = new Process()
  jobs: Jobs
  /** The process that takes requests: the last one, once it has gone on with what there was. */
  listens: Process | undefined
  /** From which moment until which nothing may be sent, because somebody pressed *Stop*. */
  readonly stops: { from: number; until: number }[] = []
  readonly #unheard = new Set<{ until: number }>()
  /** How often each call may have reached its zone; once, where it is not here. */
  readonly allowed = new Map<string, number>()

  constructor(seed: number) {
    this.random = randomOf(seed)
    // Days apart, so that no history hears of the one before.
    this.clock = new Clock(Date.UTC(2030, 0) + seed * 3 * day)
    this.zones = ['a', 'b'].map((name) => new SimulatedZone(name, this.clock, this.random))
    this.#populate()
    this.order = this.#confirm()
    this.jobs = this.#start()
  }

  #populate(): void {
    const { random } = this
    for (const zone of this.zones) {
      const count = 2 + random.below(5)
      for (let at = 0; at < count; at += 1) {
        const id = machineId(at + (zone.name === 'a' ? 0 : 100))
        const state = random.chance(0.8) ? 'running' : 'stopped'
        zone.machines.set(id, { id, name: `web-${at}`, state, labels: {} })
      }
      if (random.chance(0.05)) zone.denied.add('get-instance')
      if (random.chance(0.1)) zone.denied.add('list-events')
    }
  }

  #confirm(): JobOrder {
    const { random } = this
    const action = random.pick<JobOrder['action']>([
      'stop',
      'stop',
      'delete',
      'start',
      'reboot',
      'protect',
      'label',
    ])
    const targets = this.zones.flatMap((zone) =>
      [...zone.machines.values()]
        .filter(() => random.chance(0.7))
        .map(({ id, name, state }) => ({
          zone: zone.name,
          instanceId: id,
          name,
          seen: state,
        })),
    )
    return {
      key: randomUUID(),
      action,
      ...(action === 'label' ? { label: { key: 'env', value: 'test' } } : {}),
      targets,
    }
  }

  /** A process that runs jobs, on the same store as the one before. */
  #start(): Jobs {
    const { clock } = this
    const process = new Process()
    this.process = process
    const zoneOf = (name: string) => this.zones.find((zone) => zone.name === name)
    return new Jobs({
      rows: rowsFor(process, clock),
      audit: {
        begin: () => process.step(async () => 'entry'),
        settle: async () => {},
        finish: async () => {},
      },
      secondPerson: { require: async () => {} },
      zones: new Map(this.zones.map((zone) => [zone.name, zone.clientFor(process)])),
      watcher: {
        followToEnd: (operation) =>
          process.step(async () => {
            const zone = zoneOf(operation.zone)
            return zone ? zone.follow(operation) : { ...operation, state: 'unknown' }
          }),
        tellJob: () => {},
      },
      reads: { invalidate: () => {} },
      busy: new Set(),
      replica: alone,
      personNow: async (person) => person,
      refused: () => {},
      log: { warn: () => {} },
      time: {
        now: clock.now,
        pause: (ms) => process.step(() => clock.rest(ms)),
      },
    })
  }

  async #restart(): Promise<void> {
    this.process.alive = false
    // What was being written is written, or it is not: nobody reads meanwhile.
    await this.clock.settle()
    // Who pressed *Stop* and got no answer knows that it may not have arrived.
    for (const stop of this.#unheard) stop.until = this.clock.moment()
    this.#unheard.clear()
    this.jobs = this.#start()
    void this.#begin()
  }

  /** As a server starts: nobody can ask for anything before it has gone on with what it has. */
  async #begin(): Promise<void> {
    const { jobs, process } = this
    await jobs.resume()
    this.listens = process
    // A page that got no answer sends the same order again.
    await jobs.begin(this.order, ana)
  }

  /** Something happens in a zone that nobody asked Vedette for. */
  #meddle(): void {
    const { random } = this
    const zone = this.zones[random.below(2)]
    const machines = [...(zone?.machines.values() ?? [])]
    const machine = machines[random.below(machines.length)]
    if (!zone || !machine) return
    switch (random.below(4)) {
      case 0:
        zone.machines.delete(machine.id)
        break
      case 1:
        machine.name = `renamed-${random.below(100)}`
        machine.renamedAt = this.clock.now()
        break
      case 2:
        machine.state = random.pick(['running', 'stopped', 'starting', 'stopping', 'error'])
        break
      default:
        machine.labels = { ...machine.labels, other: String(random.below(9)) }
    }
  }

  #weather(): void {
    const { random } = this
    const zone = this.zones[random.below(2)]
    if (!zone) return
    zone.weather = random.pick<Weather>([
      'refuses-connections',
      'loses-answers',
      'limits',
      'fails',
    ])
    const lasts = random.chance(0.04) ? 62 * minute : random.below(40) * 1_000
    this.clock.after(lasts, () => {
      zone.weather = 'fine'
    })
  }

  #happen(): void {
    const { random } = this
    const what = random.below(10)
    if (what < 3) this.#weather()
    else if (what < 6) this.#meddle()
    else if (what < 8) this.process.steps = random.below(12)
    else if (this.listens !== this.process || random.chance(0.3)) return
    else if (what === 8) {
      if (random.chance(0.3)) void this.#stop()
      else this.process.between = { steps: random.below(12), work: () => void this.#stop() }
    } else void this.jobs.begin(this.order, ana).catch(() => {})
  }

  async #stop(): Promise<void> {
    const stop = { from: this.clock.moment(), until: Infinity }
    this.stops.push(stop)
    this.#unheard.add(stop)
    // Refused where the order has not arrived yet.
    await this.jobs.stop(this.order.key).catch(() => {
      stop.until = stop.from
    })
    this.#unheard.delete(stop)
  }

  /** What the store has of it, once it has ended. */
  async #ended(): Promise<JobDetail | undefined> {
    await this.clock.settle()
    const { key } = this.order
    const job = store.selectFrom('job').select('ended_at').where('id', '=', key)
    return (await job.executeTakeFirst())?.ended_at
      ? new JobRows(store).find(key)
      : undefined
  }

  /** A person reads the result, and asks again for what failed. */
  async #retry({ items }: JobDetail): Promise<void> {
    const asked = timesAsked(this.zones)
    for (const item of items) {
      const name = nameOf(this.order, item)
      const times = asked.get(name) ?? 0
      this.allowed.set(name, mayRetry(item) ? times + 1 : times)
    }
    for (const stop of this.stops) stop.until = Math.min(stop.until, this.clock.moment())
    // Refused where nothing failed.
    await this.jobs.retry(this.order.key, ana).catch(() => {})
  }

  /** Plays until the job has ended, whatever happens. */
  async play(): Promise<JobDetail> {
    void this.#begin()
    let events = 2 + this.random.below(6)
    let retries = this.random.below(2)
    for (let moves = 0; moves < 20_000; moves += 1) {
      if (events > 0 && this.random.chance(0.2)) {
        events -= 1
        this.#happen()
      }
      const moved = await this.clock.move()
      if (!this.process.alive) {
        await this.#restart()
        continue
      }
      if (moved && (events > 0 || moves % 25 > 0)) continue
      const detail = await this.#ended()
      if (!detail) {
        if (!moved && events === 0) throw new Error('stands still')
      } else if (retries > 0 && this.listens === this.process) {
        retries -= 1
        void this.#retry(detail)
      } else if (events === 0) return detail
    }
    throw new Error('does not end')
  }

  async close(): Promise<void> {
    this.process.alive = false
    await this.clock.settle()
    await store.deleteFrom('job').execute()
    await store.deleteFrom('job_item').execute()
  }
}

/** Throws where the result and what the zones have seen differ. */
function check({ order, zones, stops, allowed }: History, detail: JobDetail): void {
  expect(detail.items.map(({ instanceId }) => instanceId)).toEqual(
    order.targets.map(({ instanceId }) => instanceId),
  )
  expect(endedCount(detail.counts)).toBe(order.targets.length)
  expect(detail.counts).toEqual(countItems(detail.items))
  const confirmed = new Set(order.targets.map((target) => nameOf(order, target)))
  for (const zone of zones)
    for (const { call, moment, renamed } of zone.arrivals) {
      const name = `${zone.name} ${call}`
      if (!confirmed.has(name)) throw new Error(`asked without being confirmed: ${name}`)
      if (stops.some(({ from, until }) => moment > from && moment < until))
        throw new Error(`asked after it was stopped: ${name}`)
      if (renamed && order.action === 'delete' && !zone.denied.has('get-instance'))
        throw new Error(`deleted under another name: ${name}`)
    }
  const asked = timesAsked(zones)
  for (const item of detail.items) {
    const name = nameOf(order, item)
    const times = asked.get(name) ?? 0
    if (times > (allowed.get(name) ?? 1)) throw new Error(`asked ${times} times: ${name}`)
    if (item.state === 'skipped' && !item.before && times > 0)
      throw new Error(`said not to be asked: ${name}`)
    if (item.state === 'failure' && times === 0)
      throw new Error(`said to be asked: ${name}`)
  }
}

/** What came out in all histories, so that a simulation in which nothing happens shows. */
const seen = new Map<string, number>()

async function playAndCheck(seed: number): Promise<void> {
  const history = new History(seed)
  if (history.order.targets.length === 0) return
  try {
    const detail = await history.play()
    check(history, detail)
    for (const { state, cause } of detail.items) {
      const end = cause ? `${state}: ${cause.code}` : state
      seen.set(end, (seen.get(end) ?? 0) + 1)
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Error(`history ${seed}: ${why}`, { cause: error })
  } finally {
    await history.close()
  }
}

test.each(Array.from({ length: histories / batch }, (_, at) => at * batch))(
  'a thousand histories from %i',
  { timeout: 600_000 },
  async (first) => {
    for (let seed = first; seed < first + batch; seed += 1) await playAndCheck(seed)
  },
)

test('everything that can become of an instance has', () => {
  for (const end of [
    'success',
    'failure',
    'unknown: may-be-done',
    'unknown: gave-up',
    'skipped: already-so',
    'skipped: instance-gone',
    'skipped: change-not-possible',
    'skipped: name-changed',
    'skipped: job-stopped',
    'skipped: gave-up',
    'skipped: instance-not-readable',
  ])
    expect(seen.get(end) ?? 0, end).toBeGreaterThan(histories / 4_000)
})
