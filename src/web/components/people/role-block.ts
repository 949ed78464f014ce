import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'

import {
  endpoints,
  isEndpointId,
  roleAllows,
  type EndpointId,
  type Role,
} from '#contract/endpoints.ts'

import { sessionQuery } from '../../api/queries.ts'

/** Which role is needed and who can give it, in one sentence each. */
export function useRoleWords(): Record<Role, string> {
  const { t } = useLingui()
  return {
    viewer: t`You need the viewer role. An admin can change your role.`,
    operator: t`You need the operator role. An admin can change your role.`,
    admin: t`You need the admin role. An admin can change your role.`,
  }
}

/** Why the person who is signed in may not do what needs at least a role; null if they may. */
export function useRoleNeed(): (least: Role) => string | null {
  const { data: session } = useQuery(sessionQuery)
  const words = useRoleWords()
  // Until the session is known, the server alone decides.
  return (least) =>
    !session || roleAllows(session.person.role, least) ? null : words[least]
}

/** Why the person who is signed in may not call an endpoint; null if they may. */
export function useRoleBlock(): (endpoint: EndpointId) => string | null {
  const { t } = useLingui()
  const { data: session } = useQuery(sessionQuery)
  const need = useRoleNeed()
  // The list needs only this one of right-words.ts.
  const unseen = t`Your role can’t see screens. An admin can change this.`
  const limited = t`Your account is limited to some zones or instances, and this would also affect others. An admin can change that.`
  return (endpoint) =>
    need(endpoints[endpoint].role) ??
    (endpoint === 'get-console-proxy-url' && session?.screens.see === false
      ? unseen
      : null) ??
    (session?.refused?.includes(endpoint) ? limited : null)
}

/** Why an operation can't be repeated or undone: that needs the role of what it was. */
export function useOperationBlock(): (operation: { endpoint: string }) => string | null {
  const block = useRoleBlock()
  return ({ endpoint }) => (isEndpointId(endpoint) ? block(endpoint) : null)
}
