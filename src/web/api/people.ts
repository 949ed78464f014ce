/** Reads and changes who may use Vedette, and the own account (contract/people/people.ts). */
import { queryOptions } from '@tanstack/react-query'

import type { Role } from '#contract/endpoints.ts'
import type {
  DemoRole,
  Invited,
  NewPerson,
  OwnSession,
  PasswordChange,
  PersonChange,
  PersonRow,
  SetUp,
  SetUpLink,
  SignIn,
  SignedOut,
  SignInWays,
  SignOut,
} from '#contract/people/people.ts'
import type { Session } from '#contract/people/session.ts'
import { personTag } from '#contract/seen.ts'

import { request } from './client.ts'

export const signInWaysQuery = queryOptions({
  queryKey: ['sign-in'],
  queryFn: () => request<SignInWays>('GET', '/api/sign-in'),
})

export const ownSessionsQuery = queryOptions({
  queryKey: ['own-sessions'],
  queryFn: () => request<OwnSession[]>('GET', '/api/sessions'),
})

export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: () => request<PersonRow[]>('GET', '/api/people'),
})

/** What the link of an invitation is for; fails for one that doesn't work any more. */
export const setUpLinkQuery = (token: string) =>
  queryOptions({
    queryKey: ['set-up-link', token],
    queryFn: () => request<SetUpLink>('POST', '/api/set-up-link', { token }),
  })

export const signIn = (given: SignIn) => request<Session>('POST', '/api/sign-in', given)
export const setUp = (given: SetUp) => request<Session>('POST', '/api/set-up', given)
export const signOut = (how: SignOut) =>
  request<SignedOut | undefined>('POST', '/api/sign-out', how)
export const changePassword = (change: PasswordChange) =>
  request<void>('PUT', '/api/password', change)
export const endSession = (id: string) =>
  request<void>('DELETE', `/api/sessions/${encodeURIComponent(id)}`)

/** Has the sandbox's demo person act in another role. */
export function chooseDemoRole(role: Role): Promise<Session> {
  const choice: DemoRole = { role }
  return request('PUT', '/api/demo-role', choice)
}

const personPath = (id: string) => `/api/people/${encodeURIComponent(id)}`

export const invitePerson = (person: NewPerson) =>
  request<Invited>('POST', '/api/people', person)
/** With `seen`, only if the person is still as that row says. */
export const changePerson = (id: string, change: PersonChange, seen?: PersonRow) =>
  request<PersonRow>('PUT', personPath(id), change, { seen: seen && personTag(seen) })
export const deletePerson = (id: string) => request<void>('DELETE', personPath(id))
export const makeInvitation = (id: string) =>
  request<Invited>('POST', `${personPath(id)}/invitation`)
