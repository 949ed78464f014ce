/** The title and the views of what concerns people: the accounts, and what each role may do. */
import { Trans, useLingui } from '@lingui/react/macro'
import { NavLink, useLocation } from 'react-router'

import { tabLinkClass } from '../../ui/tab-link-class.ts'
import { TabLinks } from '../../ui/TabLinks.tsx'

export function PeopleTabs() {
  const { t } = useLingui()
  const { pathname } = useLocation()
  return (
    <>
      <h1 tabIndex={-1} className="flex min-h-control items-center text-xl font-semibold">
        <Trans>People</Trans>
      </h1>
      <TabLinks label={t`Accounts and roles`} current={pathname}>
        <NavLink to="/people" end className={tabLinkClass}>
          <Trans>Accounts</Trans>
        </NavLink>
        <NavLink to="/people/roles" className={tabLinkClass}>
          <Trans>Roles</Trans>
        </NavLink>
      </TabLinks>
    </>
  )
}
