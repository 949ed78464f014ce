/** What the link of an account says before a password is typed, and what doesn't use it up, on both databases. */
import { expect, test } from 'vitest'

import type { Invited } from '#contract/people/people.ts'

import { later, onBothStores } from '../testing/test-house.ts'
import { password, TestPerson, tokenIn } from '../testing/test-people.ts'
import { firstLink } from './first-link.ts'
import { People } from './people.ts'

onBothStores((house) => {
  test(
    'a link says what it is for before a password is typed, and isn’t used up by that',
    house(async ({ origin, store }) => {
      const link = await firstLink(store)
      const ana = new TestPerson(origin)
      const token = tokenIn(link?.path ?? '')
      const ask = (of: string) => ana.send('POST', '/api/set-up-link', { token: of })
      expect((await ask(token)).body).toEqual({ first: true })
      await ana.send('POST', '/api/set-up', { token, name: 'Ana', password })
      expect((await ask(token)).status).toBe(410)

      const { body } = await ana.send('POST', '/api/people', {
        name: 'Ben',
        role: 'viewer',
      })
      const { path } = body as Invited // the contract's answer
      expect((await ask(tokenIn(path))).body).toEqual({ first: false })
      later(24 * 3_600_000)
      expect((await ask(tokenIn(path))).status).toBe(410)
    }),
  )

  test(
    'a name that someone of the identity provider has uses no link up',
    house(async ({ origin, store }) => {
      const link = await firstLink(store)
      const token = tokenIn(link?.path ?? '')
      const subject = { issuer: 'https://idp.test', subject: '1' }
      const ana = { name: 'Ana', role: 'viewer' } as const
      await new People(store).arrive(subject, ana, async () => undefined)
      const person = new TestPerson(origin)
      const choose = (name: string) =>
        person.told('POST', '/api/set-up', { token, name, password })

      expect(await choose('ana')).toBe('409 name-taken')
      expect(await choose('Ben')).toBe('200')
    }),
  )
})
