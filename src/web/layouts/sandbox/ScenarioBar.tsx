/** Says above each page which scenario is on, what its goal is, and when it is reached. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { CircleCheck, Flag } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Link } from 'react-router'

import { scenarioIds, type ScenarioId } from '#contract/sandbox/scenario.ts'

import { sandboxQuery } from '../../api/sandbox.ts'
import { useRoleNeed } from '../../components/people/role-block.ts'
import { useScenarioWords } from '../../components/sandbox/scenario-words.ts'
import { useLoadWorld } from '../../instance/sandbox/LoadWorld.tsx'
import { announce } from '../../ui/announce.ts'
import { Button } from '../../ui/Button.tsx'

const after = (id: ScenarioId): ScenarioId | undefined =>
  scenarioIds[scenarioIds.indexOf(id) + 1]

function Bar({ id, reached }: { id: ScenarioId; reached: boolean }) {
  const { t } = useLingui()
  const words = useScenarioWords()
  const [hint, setHint] = useState(false)
  const { ask, question, isPending } = useLoadWorld()
  const need = useRoleNeed()('admin')
  const next = after(id)
  const { title, goal } = words[id]
  const nextTitle = next && words[next].title
  useEffect(() => {
    if (reached) announce(t`Goal reached: ${title}`)
  }, [reached, title, t])
  return (
    <section
      aria-label={t`Scenario`}
      className={`flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border bg-surface px-4 py-2 text-sm ${reached ? 'border-running' : ''}`}
    >
      <div className="flex min-w-0 flex-1 basis-72 gap-2">
        {reached ? (
          <CircleCheck
            aria-hidden="true"
            size={16}
            className="mt-0.5 shrink-0 text-running"
          />
        ) : (
          <Flag aria-hidden="true" size={16} className="mt-0.5 shrink-0 text-accent" />
        )}
        <div className="min-w-0">
          <p className="font-medium">{reached ? t`Goal reached: ${title}` : title}</p>
          {!reached && <p>{goal}</p>}
          {hint && !reached && <p className="mt-1 text-muted">{words[id].hint}</p>}
        </div>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        {!reached && (
          <Button variant="ghost" aria-expanded={hint} onClick={() => setHint(!hint)}>
            <Trans>Hint</Trans>
          </Button>
        )}
        {reached && next && nextTitle && (
          <Button pending={isPending} disabledReason={need} onClick={() => ask(next)}>
            {t`Next: ${nextTitle}`}
          </Button>
        )}
        <Button variant="ghost" disabledReason={need} onClick={() => ask(id)}>
          <Trans>Reset…</Trans>
        </Button>
        <Link to="/scenarios" className="ui-link">
          <Trans>All scenarios</Trans>
        </Link>
      </div>
      {question}
    </section>
  )
}

export function ScenarioBar() {
  const { data } = useQuery(sandboxQuery)
  const scenario = data?.scenario
  // Its hint is shut again in the next one.
  return scenario ? <Bar key={scenario.id} {...scenario} /> : null
}
