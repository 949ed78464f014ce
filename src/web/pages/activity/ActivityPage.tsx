/** Shows past changes: operations started in Vedette, and Exoscale's audit log of everyone. */
import { Trans, useLingui } from '@lingui/react/macro'
import { NavLink, Outlet, useLocation } from 'react-router'

import { scriptOf } from '#contract/same-as/same-as.ts'

import { useCalls } from '../../stores/calls.ts'
import { Button } from '../../ui/Button.tsx'
import { tabLinkClass } from '../../ui/tab-link-class.ts'
import { TabLinks } from '../../ui/TabLinks.tsx'
import { toast } from '../../ui/toast.ts'

/** Copies the calls of this visit as a script that a person can save, repeat or show. */
function CopyWhatIDid() {
  const { t } = useLingui()
  const calls = useCalls((state) => state.calls)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(scriptOf(calls))
      toast({ kind: 'success', id: 'copied', title: t`Session copied as exo commands` })
    } catch {
      toast({ kind: 'error', title: t`Your browser blocked copying` })
    }
  }
  return (
    <Button
      disabledReason={
        calls.length === 0 ? t`You haven’t run any actions in this session.` : null
      }
      onClick={() => void copy()}
    >
      <Trans>Copy session as commands</Trans>
    </Button>
  )
}

export function ActivityPage() {
  const { t } = useLingui()
  const { pathname } = useLocation()
  return (
    <>
      <title>{t`Activity · Vedette`}</title>
      <div className="flex items-center gap-3">
        <h1 tabIndex={-1} className="grow text-xl font-semibold">
          <Trans>Activity</Trans>
        </h1>
        <CopyWhatIDid />
      </div>
      <TabLinks label={t`Activity views`} current={pathname}>
        <NavLink to="/activity" end className={tabLinkClass}>
          <Trans>Operations</Trans>
        </NavLink>
        <NavLink to="/activity/audit" className={tabLinkClass}>
          <Trans>Audit log</Trans>
        </NavLink>
      </TabLinks>
      <Outlet />
    </>
  )
}
