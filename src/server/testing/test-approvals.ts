/** People who ask for changes that need a second person, and who confirm them, for tests. */
import { expect } from 'vitest'

import type { AuditPage } from '#contract/audit/audit.ts'
import type { EndpointId } from '#contract/endpoints.ts'
import type { Approval, ApprovalOrder } from '#contract/people/approval.ts'
import { seenTag } from '#contract/seen.ts'

import type { House } from './test-house.ts'
import { changesOf } from './test-jobs.ts'
import { addMachines, type TestMachine } from './test-machines.ts'
import { firstAdmin, invited, type TestPerson } from './test-people.ts'

export const zone = 'ch-test-1'
export const below = `/api/zones/${zone}`
export const path = '/api/approvals'

/** Two admins, an operator and a viewer in front of machines, with these operations on the list. */
export async function begin(
  { zone: there, origin, store }: House,
  fourEyes: EndpointId[] = ['delete-instance'],
) {
  const machines = addMachines(there, 3)
  const ana = await firstAdmin(origin, store)
  const ben = await invited(ana, origin, { name: 'Ben', role: 'admin' })
  const oli = await invited(ana, origin, { name: 'Oli', role: 'operator' })
  const vic = await invited(ana, origin, { name: 'Vic', role: 'viewer' })
  expect(await ana.told('PUT', '/api/policy', { fourEyes })).toBe('200')
  // The server knows the names.
  await ana.send('GET', '/api/inventory')
  const [web] = machines
  if (!web) throw new Error('no machine')
  const sent = () => changesOf(there)
  return { machines, web, ana, ben, oli, vic, sent }
}

export const deletion = ({ id, name }: TestMachine, seen = name): ApprovalOrder => ({
  kind: 'call',
  zone,
  endpoint: 'delete-instance',
  parameters: { id },
  seen: seenTag('delete-instance', {}, { name: seen }),
})

/** Asks, and returns the approval. */
export async function asks(person: TestPerson, order: ApprovalOrder): Promise<Approval> {
  const { status, body } = await person.send('POST', path, order)
  expect([status, status === 200 ? '' : body]).toEqual([200, ''])
  return body as Approval // the contract's answer
}

export const tell = (
  person: TestPerson,
  { id }: Approval,
  answer: string,
  body?: unknown,
) => person.told('POST', `${path}/${id}/${answer}`, body)

export async function confirms(person: TestPerson, { id }: Approval): Promise<Approval> {
  return (await person.send('POST', `${path}/${id}/confirm`)).body as Approval // as above
}

export const listOf = async (person: TestPerson) =>
  (await person.send('GET', path)).body as Approval[] // as above

export const entriesOf = async (admin: TestPerson, text = '') =>
  ((await admin.send('GET', `/api/audit?text=${text}`)).body as AuditPage).entries // as above
