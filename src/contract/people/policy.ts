/**
 * Says what each role may do with screens, and which operations a second person has to confirm: switches that an
 * admin sets for the whole server. Admins may always do everything with screens.
 *
 * - `GET /api/policy` → `Policy`, for everyone who is signed in
 * - `PUT /api/policy` with a `PolicyChange` → the `Policy` that holds from then on, for admins
 */
import { endpoints, isEndpointId, type EndpointId, type Role } from '../endpoints.ts'

/**
 * `see`: live screens, also as thumbnails. `type`: keys, the pointer, and pasted and sent text reach the instance.
 * `copy`: text is taken from a screen, by reading it or by its clipboard. `play`: recordings, and screenshots that were
 * stored with snapshots. Someone who may only play has `play` without `see`.
 */
export const screenRightNames = ['see', 'type', 'copy', 'play'] as const
export type ScreenRight = (typeof screenRightNames)[number]
export type ScreenRights = Record<ScreenRight, boolean>

/** Admins can't be restricted: someone has to be able to give the rights back. */
export const limitedRoles = ['viewer', 'operator'] as const satisfies Role[]
export type LimitedRole = (typeof limitedRoles)[number]

export type Policy = {
  screens: Record<LimitedRole, ScreenRights>
  /** Operations with the access `danger`, in the order of their names. */
  fourEyes: EndpointId[]
}

export type SecondPersonSwitches = Partial<Record<EndpointId, boolean>>

/**
 * What is absent stays as it is, so that two admins don't undo each other's switches. Of `fourEyes`, a list replaces the
 * stored one.
 */
export type PolicyChange = {
  screens?: Partial<Record<LimitedRole, Partial<ScreenRights>>>
  fourEyes?: EndpointId[] | SecondPersonSwitches
}

export const allScreenRights: ScreenRights = {
  see: true,
  type: true,
  copy: true,
  play: true,
}

/** What holds until an admin changes it. */
export const defaultPolicy: Policy = {
  screens: {
    viewer: { see: false, type: false, copy: false, play: true },
    operator: allScreenRights,
  },
  fourEyes: [],
}

/** What a role may do with screens. */
export const screenRights = (policy: Policy, role: Role): ScreenRights =>
  role === 'admin' ? allScreenRights : policy.screens[role]

/** Whether a second person can be asked to confirm an operation. */
export const canNeedSecond = (id: string): id is EndpointId =>
  isEndpointId(id) && endpoints[id].access === 'danger'

/** Those for which a second person can be required. */
export const secondPersonIds: EndpointId[] = Object.keys(endpoints)
  .filter(canNeedSecond)
  .toSorted()

/** Rights that are of no use without seeing the screen. */
const needSee = ['type', 'copy'] as const satisfies ScreenRight[]

/** Rights after a change: who may type or copy sees the screen, and who doesn't see it does neither. */
function changeRights(rights: ScreenRights, change: Partial<ScreenRights>): ScreenRights {
  const changed = { ...rights, ...change }
  if (change.see === false) return { ...changed, type: false, copy: false }
  return { ...changed, see: changed.see || needSee.some((right) => changed[right]) }
}

function changeFourEyes(now: EndpointId[], change: PolicyChange['fourEyes'] = {}) {
  if (Array.isArray(change)) return change
  return secondPersonIds.filter((id) => change[id] ?? now.includes(id))
}

/** The policy after a change. */
export function changePolicy(policy: Policy, change: PolicyChange): Policy {
  const { screens = {}, fourEyes } = change
  return {
    screens: {
      viewer: changeRights(policy.screens.viewer, screens.viewer ?? {}),
      operator: changeRights(policy.screens.operator, screens.operator ?? {}),
    },
    fourEyes: [...new Set(changeFourEyes(policy.fourEyes, fourEyes))].toSorted(),
  }
}

type Members = Partial<Record<string, unknown>>

/** The members of an object that has only these. */
function membersOf(value: unknown, known: readonly string[]): Members | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const isKnown = Object.keys(value).every((name) => known.includes(name))
  // Each member is checked where it is used.
  return isKnown ? (value as Members) : undefined
}

const isBoolean = (value: unknown) => typeof value === 'boolean'

function isRights(value: unknown): value is Partial<ScreenRights> {
  const rights = membersOf(value, screenRightNames)
  if (!rights) return false
  if (!Object.values(rights).every(isBoolean)) return false
  return !(rights['see'] === false && needSee.some((right) => rights[right]))
}

function isScreens(value: unknown): value is NonNullable<PolicyChange['screens']> {
  const screens = membersOf(value, limitedRoles)
  return screens !== undefined && Object.values(screens).every(isRights)
}

function isFourEyes(value: unknown): value is NonNullable<PolicyChange['fourEyes']> {
  if (!Array.isArray(value)) {
    const switches = membersOf(value, secondPersonIds)
    return switches !== undefined && Object.values(switches).every(isBoolean)
  }
  return (
    value.length <= secondPersonIds.length &&
    value.every((id) => typeof id === 'string' && canNeedSecond(id))
  )
}

/** What a browser asks to change; undefined for anything that isn't a whole and consistent `PolicyChange`. */
export function policyChangeIn(sent: unknown): PolicyChange | undefined {
  const change = membersOf(sent, ['screens', 'fourEyes'])
  if (!change) return undefined
  const { screens, fourEyes } = change
  if (screens !== undefined && !isScreens(screens)) return undefined
  if (fourEyes !== undefined && !isFourEyes(fourEyes)) return undefined
  return { ...(screens ? { screens } : {}), ...(fourEyes ? { fourEyes } : {}) }
}

function storedRights(value: unknown): ScreenRights {
  // What is no object has no members.
  const rights = Object(value) as Members
  const has = (right: ScreenRight) => rights[right] === true
  const see = has('see')
  return { see, type: see && has('type'), copy: see && has('copy'), play: has('play') }
}

/**
 * A policy as it was stored. A right that can't be read is not given; a list of operations that can't be read has all of
 * them, and one that is no more is left out.
 */
export function storedPolicy(value: unknown): Policy {
  // As above.
  const { screens, fourEyes } = Object(value) as Members
  const { viewer, operator } = Object(screens) as Members // as above
  const ids: unknown[] = Array.isArray(fourEyes) ? fourEyes : secondPersonIds
  return {
    screens: { viewer: storedRights(viewer), operator: storedRights(operator) },
    fourEyes: ids.filter((id): id is EndpointId => canNeedSecond(String(id))),
  }
}

/** The roles whose rights differ. */
export const rolesChanged = (before: Policy, after: Policy): LimitedRole[] =>
  limitedRoles.filter((role) =>
    screenRightNames.some(
      (right) => before.screens[role][right] !== after.screens[role][right],
    ),
  )
