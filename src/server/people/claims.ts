/**
 * Reads what the identity provider says of a person: the groups, the highest role that one of them has,
 * and a name. Providers put groups into different shapes (docs/operating.md#single-sign-on).
 */
import { roles, type Role } from '#contract/endpoints.ts'

export type Claims = Readonly<Record<string, unknown>>

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  // Only its own members, so that no claim is called like one of every object.
  return Object.hasOwn(value, name) ? (value as Claims)[name] : undefined
}

/** A claim by its name, which may contain dots, or by its path, as in `realm_access.roles`. */
function claimIn(claims: Claims, name: string): unknown {
  return memberOf(claims, name) ?? name.split('.').reduce<unknown>(memberOf, claims)
}

/**
 * The groups in a claim: a list, a single text, or an object whose members are named like them. Undefined
 * if the claim is absent. Anyone may enter any email address at some providers, so that one counts only
 * if it is verified.
 */
export function groupsIn(claims: Claims, name: string): string[] | undefined {
  const value = claimIn(claims, name)
  if (value === undefined || value === null) return undefined
  if (name === 'email' && claims['email_verified'] !== true) return []
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.filter((one) => typeof one === 'string')
  return typeof value === 'object' ? Object.keys(value) : []
}

/** The highest role that one of the groups has. */
export function highestRole(
  groups: readonly string[],
  byGroup: ReadonlyMap<string, Role>,
): Role | undefined {
  const theirs = new Set(groups.map((group) => byGroup.get(group)))
  return roles.findLast((role) => theirs.has(role))
}

/** The claims that may contain a name, the best first. */
const named = ['name', 'preferred_username', 'email']

/** Whether the claims contain a name that is one for people, too. */
export const hasName = (claims: Claims): boolean =>
  named.some((claim) => cleanName(claims[claim]) !== '')

/** More than a name has; to normalize a text can take the square of its length. */
const mostNamed = 1_000

const cleanName = (value: unknown): string =>
  typeof value === 'string'
    ? value
        .slice(0, mostNamed)
        .normalize('NFC')
        .replace(/\p{C}+/gu, ' ')
        .trim()
    : ''

/** What a person is called, without characters that can't be seen; the subject if nothing else is known. */
export function nameIn(claims: Claims): string {
  const found = [...named, 'sub'].map((claim) => cleanName(claims[claim]))
  return found.find(Boolean) ?? '?'
}
