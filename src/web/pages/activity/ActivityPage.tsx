/** Shows past changes: operations started in Vedette, its own audit log, and Exoscale's events of everyone. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQueries } from '@tanstack/react-query'
import { NavLink, Outlet, useLocation } from 'react-router'

import type { Call, Naming } from '#contract/call.ts'
import { scriptOf } from '#contract/same-as/same-as.ts'

import { templatesQuery, typesQuery } from '../../api/queries.ts'
import { useNoteWords } from '../../components/same-as-words.ts'
import { Button } from '../../ui/Button.tsx'
import { tabLinkClass } from '../../ui/tab-link-class.ts'
import { TabLinks } from '../../ui/TabLinks.tsx'
import { toast } from '../../ui/toast.ts'
import { useSessionCalls } from './use-session-calls.ts'

/** The calls whose commands need the names of sizes, or whether a template is private. */
const needsNames = ['create-instance', 'scale-instance', 'reset-instance']

/** What commands have to know of the zones; `reading` until each list is there or was refused. */
function useNaming(calls: readonly Call[]): { naming: Naming; reading: boolean } {
  const zones = [
    ...new Set(
      calls.filter((call) => needsNames.includes(call.endpoint)).map(({ zone }) => zone),
    ),
  ]
  const types = useQueries({ queries: zones.map((zone) => typesQuery(zone)) })
  const templates = useQueries({
    queries: zones.flatMap((zone) => [
      templatesQuery(zone, 'public'),
      templatesQuery(zone, 'private'),
    ]),
  })
  return {
    naming: {
      types: types.flatMap(({ data = [] }) => data),
      templates: templates.flatMap(({ data = [] }) => data),
    },
    reading: [...types, ...templates].some(({ isPending }) => isPending),
  }
}

/** Copies the calls of this visit as a script that a person can save, repeat or show. */
function CopyWhatIDid() {
  const { t } = useLingui()
  const noteWords = useNoteWords()
  const { calls, reading: readingCalls } = useSessionCalls()
  const { naming, reading: readingNames } = useNaming(calls)
  const reading = readingCalls || readingNames
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(scriptOf(calls, naming, noteWords))
      toast({ kind: 'success', id: 'copied', title: t`Session copied as exo commands` })
    } catch {
      toast({ kind: 'error', title: t`Your browser blocked copying` })
    }
  }
  // Most visits only read, and on a phone the button takes a line.
  if (calls.length === 0 && !reading) return null
  return (
    <Button disabledReason={reading ? t`Loading…` : null} onClick={() => void copy()}>
      <Trans>Copy session as commands</Trans>
    </Button>
  )
}

/** The title of each view, by its address. */
function useTitle(pathname: string): string {
  const { t } = useLingui()
  if (pathname.endsWith('/audit')) return t`Audit log · Activity · Vedette`
  if (pathname.endsWith('/events')) return t`Exoscale events · Activity · Vedette`
  return t`Activity · Vedette`
}

export function ActivityPage() {
  const { t } = useLingui()
  const { pathname } = useLocation()
  return (
    <>
      <title>{useTitle(pathname)}</title>
      <div className="flex min-h-control flex-wrap items-center gap-3">
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
        <NavLink to="/activity/events" className={tabLinkClass}>
          <Trans>Exoscale events</Trans>
        </NavLink>
      </TabLinks>
      <Outlet />
    </>
  )
}
