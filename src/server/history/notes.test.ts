/** Two people who edit one note: what someone hasn't seen isn't overwritten; on both databases. */
import { expect, test } from 'vitest'

import type { Note, NoteOrder, Timeline } from '#contract/timeline.ts'

import { onBothStores } from '../testing/test-house.ts'
import { firstAdmin, invited, type TestPerson } from '../testing/test-people.ts'
import { instanceId } from '../testing/test-zone.ts'

const below = '/api/zones/ch-test-1'

const save = (person: TestPerson, order: Partial<NoteOrder>) =>
  person.send('PUT', `${below}/notes/${instanceId}`, order)

/** Saves a note that is accepted; returns its version. */
async function saved(person: TestPerson, order: NoteOrder): Promise<number> {
  const { status, body } = await save(person, order)
  expect(status).toBe(200)
  return (body as Note).at // as the route answers
}

async function stored(person: TestPerson): Promise<Note | undefined> {
  const { body } = await person.send('GET', `${below}/timeline/${instanceId}`)
  return (body as Timeline).notes[instanceId] // the same
}

const rejected = {
  status: 409,
  body: {
    code: 'changed',
    cause: { code: 'note-changed' },
    message: 'Someone else has changed this note. Nothing was saved.',
  },
}

onBothStores((house) => {
  test(
    'a save must say which version it saw, and is rejected if there is another by now',
    house(async ({ origin, store }) => {
      const ana = await firstAdmin(origin, store)
      const { person: ben } = await invited(ana, origin, { name: 'Ben', role: 'operator' })

      const first = await saved(ana, { text: 'ask Ana', seen: null })
      expect(await save(ben, { text: 'ask Ben', seen: null })).toMatchObject(rejected)
      expect((await save(ben, { text: 'ask Ben' })).status).toBe(400)
      const second = await saved(ben, { text: 'ask Ben', seen: first })
      expect(second).toBeGreaterThan(first)
      for (const text of ['ask Ana again', ''])
        expect(await save(ana, { text, seen: first })).toMatchObject(rejected)
      expect(await stored(ana)).toEqual({ text: 'ask Ben', by: 'Ben', at: second })

      // Anyway, once what is overwritten was seen.
      const third = await saved(ana, { text: 'ask Ana again', seen: second })
      await saved(ana, { text: '', seen: third })
      expect(await stored(ana)).toBeUndefined()
      expect(await save(ben, { text: 'ask Ben', seen: third })).toMatchObject(rejected)
      await saved(ben, { text: '', seen: third })
    }),
  )

  test(
    'of saves at the same time one is stored, and the same text twice is no conflict',
    house(async ({ origin, store }) => {
      const ana = await firstAdmin(origin, store)
      const texts = ['a', 'b', 'c', 'd', 'e']
      const at = await saved(ana, { text: 'first', seen: null })
      const answers = await Promise.all(texts.map((text) => save(ana, { text, seen: at })))
      expect(answers.map(({ status }) => status).toSorted()).toEqual([
        200, 409, 409, 409, 409,
      ])
      const now = await stored(ana)
      const won = answers.findIndex(({ status }) => status === 200)
      expect(now?.text).toBe(texts[won])

      // As after an answer that was lost.
      const again = await save(ana, { text: now?.text ?? '', seen: at })
      expect(again).toMatchObject({ status: 200, body: now })
    }),
  )
})
