import { useLingui } from '@lingui/react/macro'

import { roles, type Role } from '#contract/endpoints.ts'

import { useRoleAbout, useRoleNames } from '../../components/people/role-words.ts'
import { RadioCards } from '../../ui/RadioCards.tsx'

/** A choice of a role, each with what it may do. */
export function RoleField({
  value,
  error,
  onChange,
}: {
  value: Role
  error?: string | null
  onChange: (role: Role) => void
}) {
  const { t } = useLingui()
  const names = useRoleNames()
  const about = useRoleAbout()
  return (
    <RadioCards<Role>
      legend={t`Role`}
      value={value}
      onChange={onChange}
      error={error}
      options={roles.map((role) => ({
        value: role,
        label: names[role],
        description: about[role],
      }))}
    />
  )
}
