/** Instances in a test zone that do what jobs ask of them. */
import { randomUUID } from 'node:crypto'

import { json, type TestZone } from './test-zone.ts'

export type TestMachine = {
  id: string
  name: string
  state: string
  labels: Record<string, string>
  'instance-type'?: { id: string }
}

/** The id of the machine with this number. */
export const machineId = (at: number) =>
  `0b12cb6b-7e3e-4c0e-9e10-${String(at).padStart(12, '0')}`

/** Running machines `web-0`, `web-1` …; with `pending`, the operations of changes end at a second look. */
export function addMachines(zone: TestZone, count: number, { pending = false } = {}) {
  const machines = Array.from({ length: count }, (_, at): TestMachine => ({
    id: machineId(at),
    name: `web-${at}`,
    state: 'running',
    labels: {},
  }))
  zone.answers['GET /instance'] = (request, response) =>
    json({ instances: machines })(request, response)
  for (const machine of machines) addMachine(zone, machines, machine, pending)
  return machines
}

function addMachine(
  zone: TestZone,
  machines: TestMachine[],
  machine: TestMachine,
  pending: boolean,
): void {
  const path = `/instance/${machine.id}`
  const isThere = () => machines.includes(machine)
  const change = (name: string, work: (body: string) => unknown) => {
    zone.answers[name] = (request, response) => {
      let body = ''
      request.on('data', (chunk: Buffer) => (body += chunk.toString()))
      request.on('end', () => {
        if (!isThere()) return json({ message: 'Not Found' }, 404)(request, response)
        work(body)
        const id = randomUUID()
        zone.answers[`GET /operation/${id}`] = json({ id, state: 'success' })
        return json({ id, state: pending ? 'pending' : 'success' })(request, response)
      })
    }
  }
  zone.answers[`GET ${path}`] = (request, response) =>
    isThere()
      ? json(machine)(request, response)
      : json({ message: 'Not Found' }, 404)(request, response)
  change(`PUT ${path}:start`, () => (machine.state = 'running'))
  change(`PUT ${path}:stop`, () => (machine.state = 'stopped'))
  change(`PUT ${path}:reboot`, () => {})
  // The server has checked it against the contract.
  change(`PUT ${path}:scale`, (body) => Object.assign(machine, JSON.parse(body)))
  change(`PUT ${path}:add-protection`, () => {})
  change(`PUT ${path}:remove-protection`, () => {})
  change(`POST ${path}:create-snapshot`, () => {})
  change(`DELETE ${path}/labels`, () => (machine.labels = {}))
  change(`DELETE ${path}`, () => machines.splice(machines.indexOf(machine), 1))
  // The server has checked it against the contract.
  change(`PUT ${path}`, (body) => Object.assign(machine, JSON.parse(body)))
}
