/** A snapshot's note, from the request to its snapshot, also if a response is lost. */
import { expect, test } from 'vitest'

import type { Timeline } from '#contract/timeline.ts'

import { openStore } from '../store/store.ts'
import {
  instanceId,
  json,
  operationId,
  startConsole,
  startZone,
  type TestConsole,
  type TestZone,
  withConsole,
} from '../testing/test-zone.ts'

const zone = 'ch-test-1'
const old = 'aaaaaaaa-7e3e-4c0e-9e10-1e5d8a7c4b2a'
const made = 'bbbbbbbb-7e3e-4c0e-9e10-1e5d8a7c4b2a'
const another = 'cccccccc-7e3e-4c0e-9e10-1e5d8a7c4b2a'
const order = `POST /instance/${instanceId}:create-snapshot`
const operation = { id: operationId, state: 'success' }

function tells(test: TestZone, ...ids: string[]): void {
  const snapshots = ids.map((id) => ({
    id,
    instance: { id: instanceId },
    'created-at': new Date().toISOString(),
  }))
  test.answers['GET /snapshot'] = json({ snapshots })
}

const take = ({ origin }: TestConsole, note: unknown) =>
  fetch(`${origin}/api/zones/${zone}/snapshots/${instanceId}`, {
    method: 'POST',
    headers: { 'x-vedette': '1', 'content-type': 'application/json' },
    body: JSON.stringify({ note }),
  })

async function notesOf({ origin }: TestConsole): Promise<Timeline['notes']> {
  const answer = await fetch(`${origin}/api/zones/${zone}/timeline/${instanceId}`)
  // The contract's response of this endpoint.
  return ((await answer.json()) as Timeline).notes
}

test('the note is stored before the zone is called, and belongs to the snapshot in its response', async () => {
  const store = await openStore(':memory:')
  await withConsole(
    async (test, console) => {
      tells(test, old)
      const waiting: string[] = []
      test.answers[order] = async (request, response) => {
        const rows = await store.selectFrom('note_to_come').select('text').execute()
        waiting.push(...rows.map(({ text }) => text))
        json({ ...operation, reference: { id: made } })(request, response)
      }

      const answer = await take(console, ' before the "update" 🚧 ')

      expect(answer.status).toBe(200)
      expect(await answer.json()).toMatchObject({ reference: { id: made } })
      expect(waiting).toEqual(['before the "update" 🚧'])
      tells(test, old, made)
      expect(await notesOf(console)).toEqual({
        [made]: { text: 'before the "update" 🚧', by: 'Test', at: expect.any(Number) },
      })
      expect(await store.selectFrom('note_to_come').selectAll().execute()).toEqual([])
    },
    { store },
  )
})

test('if the response is lost, the only new snapshot gets the note', () =>
  withConsole(async (test, console) => {
    tells(test, old)
    test.answers[order] = (request) => request.socket.destroy()

    expect((await take(console, 'lost on the way')).status).toBe(502)

    expect(await notesOf(console)).toEqual({})
    tells(test, old, made)
    // A list is cached for a second.
    await expect
      .poll(() => notesOf(console), { timeout: 5_000 })
      .toMatchObject({ [made]: { text: 'lost on the way' } })
  }))

test.each([
  ['the key may not list them', json({ message: 'Forbidden' }, 403)],
  ['the list has nothing in it that is known', json({ id: old })],
  ['the list has entries that are none', json({ snapshots: [null, 5, {}] })],
])(
  'where the snapshots before are unknown, because %s, the new one is taken',
  (_why, list) =>
    withConsole(async (test, console) => {
      test.answers['GET /snapshot'] = list
      test.answers[order] = json({ ...operation, reference: { id: made } })

      expect((await take(console, 'all the same')).status).toBe(200)

      tells(test, old, made)
      await expect
        .poll(() => notesOf(console), { timeout: 5_000 })
        .toMatchObject({ [made]: { text: 'all the same' } })
    }),
)

test('where the snapshots before are unknown, a lost response gives the note to none', () =>
  withConsole(async (test, console) => {
    test.answers['GET /snapshot'] = json({ message: 'Forbidden' }, 403)
    test.answers[order] = (request) => request.socket.destroy()
    expect((await take(console, 'whose?')).status).toBe(502)

    tells(test, old)
    expect(await notesOf(console)).toEqual({})
  }))

test('with two new snapshots, neither gets the note', () =>
  withConsole(async (test, console) => {
    tells(test, old)
    test.answers[order] = (request) => request.socket.destroy()
    await take(console, 'whose?')
    tells(test, old, made, another)

    expect(await notesOf(console)).toEqual({})
  }))

test('a server that is killed before the response assigns the note after its next start', async () => {
  const test = await startZone()
  const at = { zone, instance_id: instanceId, by: 'Test', at: Date.now() - 60_000 }
  const store = await openStore(':memory:')
  await store
    .insertInto('note_to_come')
    .values({ id: 'x', text: 'kept', known: JSON.stringify([old]), ...at })
    .execute()
  const console = await startConsole(test, { store })
  try {
    tells(test, old, made)

    expect(await notesOf(console)).toMatchObject({ [made]: { text: 'kept' } })
  } finally {
    await console.close()
    await test.close()
  }
})

test('a rejected snapshot leaves no note, and an invalid note sends nothing', async () => {
  const store = await openStore(':memory:')
  await withConsole(
    async (test, console) => {
      tells(test)
      test.answers[order] = json({ message: 'Quota reached' }, 403)

      expect((await take(console, 'in vain')).status).toBe(403)
      expect((await take(console, 'x'.repeat(2_001))).status).toBe(400)
      expect((await take(console, 7)).status).toBe(400)

      expect(await store.selectFrom('note_to_come').selectAll().execute()).toEqual([])
      expect(test.asked.filter((one) => one === order)).toHaveLength(1)
    },
    { store },
  )
})
