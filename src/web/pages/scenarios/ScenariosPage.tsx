/** The shelf of scenarios: what each is about, which one is on, and the way back to the demo. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'

import { scenarioIds } from '#contract/sandbox/scenario.ts'

import { sessionQuery } from '../../api/queries.ts'
import { sandboxQuery } from '../../api/sandbox.ts'
import { useRoleNeed } from '../../components/people/role-block.ts'
import { ReadProblem } from '../../components/reading/ReadProblem.tsx'
import { useScenarioWords } from '../../components/sandbox/scenario-words.ts'
import { useLoadWorld } from '../../instance/sandbox/LoadWorld.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'

function Shelf() {
  const { t } = useLingui()
  const words = useScenarioWords()
  const query = useQuery(sandboxQuery)
  const { data } = query
  const { ask, question, isPending } = useLoadWorld()
  const need = useRoleNeed()('admin')
  const on = data?.scenario
  return (
    <>
      <ReadProblem query={query} />
      <ul className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
        {scenarioIds.map((id) => {
          const { title, goal, minutes } = words[id]
          return (
            <li key={id} className="flex flex-col gap-2 rounded-lg border bg-surface p-4">
              <div className="flex flex-wrap items-baseline justify-between gap-x-3">
                <h2 className="text-base font-semibold">{title}</h2>
                <span className="text-sm text-muted tabular-nums">
                  <Plural value={minutes} one="# min" other="# min" />
                </span>
              </div>
              <p className="grow text-sm text-muted">{goal}</p>
              <div className="flex min-h-control flex-wrap items-center gap-3">
                <Button
                  pending={isPending}
                  disabledReason={need}
                  aria-label={on?.id === id ? t`Start again: ${title}` : t`Start: ${title}`}
                  onClick={() => ask(id)}
                >
                  {on?.id === id ? t`Start again` : t`Start`}
                </Button>
                {on?.id === id && (
                  <Badge tone={on.reached ? 'running' : 'accent'}>
                    {on.reached ? t`Goal reached` : t`In progress`}
                  </Badge>
                )}
              </div>
            </li>
          )
        })}
        <li className="flex flex-col gap-2 rounded-lg border bg-sunken p-4">
          <h2 className="text-base font-semibold">
            <Trans>Reset sandbox</Trans>
          </h2>
          <p className="grow text-sm text-muted">
            <Trans>Load the instances that the sandbox starts with.</Trans>
          </p>
          <div>
            <Button pending={isPending} disabledReason={need} onClick={() => ask(null)}>
              <Trans>Reset sandbox…</Trans>
            </Button>
          </div>
        </li>
      </ul>
      {question}
    </>
  )
}

export function ScenariosPage() {
  const { t } = useLingui()
  const { data: session } = useQuery(sessionQuery)
  return (
    <>
      <title>{t`Scenarios · Vedette`}</title>
      <h1 tabIndex={-1} className="flex min-h-control items-center text-xl font-semibold">
        <Trans>Scenarios</Trans>
      </h1>
      {session?.sandbox === false ? (
        <EmptyState
          title={t`Scenarios exist only in the sandbox`}
          action={
            <Link to="/" className="ui-link">
              <Trans>Go to the overview</Trans>
            </Link>
          }
        />
      ) : (
        <Shelf />
      )}
    </>
  )
}
