/** Describes the settings of the identity provider, and what each of them may be (env.ts). */
import * as v from 'valibot'

import { roles, type Role } from '#contract/endpoints.ts'

/** The identity provider by which people may sign in. */
export type OidcSettings = {
  issuer: URL
  clientId: string
  clientSecret: string
  /** The role of each group that has one. */
  roles: ReadonlyMap<string, Role>
  /** The claim that contains a person's groups. */
  rolesClaim: string
  /** What people know the provider as. */
  name: string
  /** What is requested of the provider, separated by spaces. */
  scopes: string
}

/** Every group of `group=role,group=role`. The name may contain commas and equals signs, as in LDAP. */
function rolesOf(text: string): Map<string, Role> | undefined {
  const found = new Map<string, Role>()
  const entry = new RegExp(`\\s*(.+?)\\s*=\\s*(${roles.join('|')})\\s*(?:,|$)`, 'gy')
  // Someone has separated them by another character.
  const within = new RegExp(`=\\s*(${roles.join('|')})(?![\\w-])`)
  let end = 0
  for (const [whole, group = '', name] of text.matchAll(entry)) {
    const role = roles.find((one) => one === name)
    if (!role || found.has(group) || within.test(group)) return undefined
    found.set(group, role)
    end += whole.length
  }
  return found.size > 0 && text.slice(end).trim() === '' ? found : undefined
}

/** What each setting must be, and how a wrong one is named. */
export const oidcRules = {
  OIDC_ISSUER: [
    v.optional(v.pipe(v.string(), v.regex(/^https?:\/\/(?!.*\/\.well-known\/)[^\s?#@]+$/))),
    'the issuer of the identity provider, an https:// address without /.well-known/…',
  ],
  OIDC_CLIENT_ID: [
    v.optional(v.pipe(v.string(), v.regex(/^[\x20-\x7e]+$/))),
    'a client ID',
  ],
  OIDC_ROLES: [
    v.optional(
      v.pipe(
        v.string(),
        v.check((text) => rolesOf(text) !== undefined),
        v.transform((text) => rolesOf(text) ?? new Map<string, Role>()),
      ),
    ),
    'a comma-separated list of groups with their roles, for example ops=operator,leads=admin',
  ],
  OIDC_ROLES_CLAIM: [
    v.optional(v.pipe(v.string(), v.regex(/^[\x21-\x7e]+$/)), 'groups'),
    'the name of a claim',
  ],
  OIDC_NAME: [
    v.optional(
      v.pipe(v.string(), v.trim(), v.regex(/^[^\p{C}]{1,40}$/u)),
      'single sign-on',
    ),
    'a name of 1 to 40 characters',
  ],
  OIDC_SCOPES: [
    v.optional(
      v.pipe(v.string(), v.regex(/^(?=(.* )?openid( |$))[\x21-\x7e ]+$/)),
      'openid profile',
    ),
    'a list of scopes separated by spaces, with openid',
  ],
} as const
