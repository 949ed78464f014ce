/** Makes the link by which the first person gets an account; it is printed when the server starts. */
import { FIRST_SET_UP_MS } from '#contract/people/people.ts'

import type { Store } from '../store/store.ts'
import { Invitations } from './invitations.ts'
import { People } from './people.ts'

/** The link's path and until when it works (epoch ms); undefined once someone has an account. */
export async function firstLink(
  store: Store,
): Promise<{ path: string; endsAt: number } | undefined> {
  if (await new People(store).some()) return undefined
  return new Invitations(store).make(undefined, FIRST_SET_UP_MS)
}
