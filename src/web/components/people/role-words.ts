import { useLingui } from '@lingui/react/macro'

import type { Role } from '#contract/endpoints.ts'

/** What a role is called. */
export function useRoleNames(): Record<Role, string> {
  const { t } = useLingui()
  return { viewer: t`Viewer`, operator: t`Operator`, admin: t`Admin` }
}

/** What a person with a role may do, in one sentence. */
export function useRoleAbout(): Record<Role, string> {
  const { t } = useLingui()
  return {
    viewer: t`Can see instances and their history. Can’t change anything.`,
    operator: t`Can do what viewers can, and create and change instances.`,
    admin: t`Can do everything, including deleting instances, reading passwords and managing accounts.`,
  }
}
