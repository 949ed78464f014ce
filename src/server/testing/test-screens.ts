/** Starts a relay for people who sign in, and opens screens through it. */
import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'

import { openStore } from '../store/store.ts'
import { localSession } from './test-house.ts'
import { firstAdmin, invited, type TestPerson } from './test-people.ts'
import { instanceId, startConsole, startZone } from './test-zone.ts'

/** A relay, an admin, and an operator with the id `id`. */
export async function startRelay(consoleVia: 'direct' | 'relay' = 'relay') {
  const zone = await startZone()
  const store = await openStore(':memory:')
  const { origin, close } = await startConsole(zone, {
    session: { ...localSession, consoleVia },
    store,
  })
  onTestFinished(async () => {
    await close()
    await zone.close()
  })
  const admin = await firstAdmin(origin, store)
  const { person, id } = await invited(admin, origin, { name: 'Ben', role: 'operator' })
  return { zone, origin, admin, person, id }
}

/** The websocket of a ticket that this person asked for. */
export async function pathOf(person: TestPerson): Promise<string> {
  const { body } = await person.send('POST', `/api/zones/ch-test-1/console/${instanceId}`)
  return (body as { url: string }).url // the contract's ConsoleTicket
}

export const dial = (origin: string, path: string) =>
  new WebSocket(`${origin.replace('http', 'ws')}${path}`, { origin })
