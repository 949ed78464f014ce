/** Lists where one is signed in, and ends sessions there. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

import type { OwnSession } from '#contract/people/people.ts'

import { problemOf } from '../../api/client.ts'
import { endSession, ownSessionsQuery, signOut } from '../../api/people.ts'
import { dot, formatDateTime, formatRelative } from '../../components/format.ts'
import { ListState } from '../../components/ListState.tsx'
import { useBrowserWords } from '../../components/people/browser-words.ts'
import { PeopleProblem } from '../../components/people/PeopleProblem.tsx'
import { useNow } from '../../hooks/use-now.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'

function SessionLine({ session, now }: { session: OwnSession; now: number }) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const browserWords = useBrowserWords()
  const end = useMutation({
    mutationFn: () => endSession(session.id),
    onSettled: () => queries.invalidateQueries({ queryKey: ownSessionsQuery.queryKey }),
  })
  const browser = browserWords(session.browser)
  const started = formatDateTime(session.startedAt)
  const used = formatRelative(session.seenAt, now)
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2 text-sm">
      <div className="min-w-0 grow basis-60">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {browser}
          {session.current && (
            <Badge tone="accent">
              <Trans>This session</Trans>
            </Badge>
          )}
        </p>
        <p className="text-muted">
          <code translate="no">{session.from}</code>
          {dot}
          <Trans>Last used {used}</Trans>
          {dot}
          <Trans>Started {started}</Trans>
        </p>
      </div>
      {!session.current && (
        <Button
          size="sm"
          pending={end.isPending}
          aria-label={t`End session: ${browser}, ${used}`}
          onClick={() => end.mutate()}
        >
          <Trans>End session</Trans>
        </Button>
      )}
      {end.error && (
        <div className="w-full">
          <PeopleProblem problem={problemOf(end.error)} />
        </div>
      )}
    </li>
  )
}

export function OwnSessions() {
  const { t } = useLingui()
  const query = useQuery(ownSessionsQuery)
  const now = useNow(true, 30_000)
  const leave = useMutation({
    mutationFn: () => signOut({ everywhere: true }),
    // A page that is loaded anew has nothing of this person.
    onSuccess: () => location.assign('/sign-in'),
  })
  return (
    <section aria-label={t`Your sessions`} className="grid gap-2">
      <h3 className="text-sm font-medium">
        <Trans>Your sessions</Trans>
      </h3>
      <ListState query={query}>
        {(sessions) => (
          <ul className="divide-y divide-border border-y">
            {sessions.map((session) => (
              <SessionLine key={session.id} session={session} now={now} />
            ))}
          </ul>
        )}
      </ListState>
      {leave.error && <PeopleProblem problem={problemOf(leave.error)} />}
      <div>
        <Button
          size="sm"
          pending={leave.isPending || leave.isSuccess}
          onClick={() => leave.mutate()}
        >
          <Trans>Sign out everywhere</Trans>
        </Button>
      </div>
    </section>
  )
}
