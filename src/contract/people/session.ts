/**
 * Describes what `GET /api/session` returns: who is signed in, and the server's settings. Without a
 * sign-in, it is a problem with the code `signed-out`, as for every other request.
 */
import type { EndpointId } from '../endpoints.ts'
import type { Person, SignInMode } from './people.ts'
import type { ScreenRights } from './policy.ts'

export type Session = {
  person: Person
  /** Endpoints that are refused to a narrowed person, whatever they are called with; absent for others. */
  refused?: EndpointId[]
  /** What this person may do with screens. */
  screens: ScreenRights
  signIn: SignInMode
  /** Set if the identity provider of this person can end its own session, too. */
  endsAtProvider?: true
  /** True if the zones are simulated: the pages then have a frame and a notice. */
  sandbox: boolean
  /** Set if whoever reaches the server can use its API key (UNSAFE_NO_SIGN_IN): every page says so. */
  unsafe?: true
  version: string
  consoleVia: 'direct' | 'relay'
  /** In sandbox mode, whether screens are simulated or those of QEMU guests at present. */
  machines?: 'painted' | 'qemu' | undefined
}
