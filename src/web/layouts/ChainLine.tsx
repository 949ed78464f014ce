import { Trans, useLingui } from '@lingui/react/macro'
import { CircleCheck, CircleHelp, OctagonAlert } from 'lucide-react'
import { lazy, Suspense } from 'react'

import { openSteps, type Chain } from '#contract/chain.ts'

import { ChainSteps, StepFailure } from '../components/ChainSteps.tsx'
import { endsUnknown } from '../components/operation-outcome.ts'
import { useEndpointWords } from '../components/operation-words.ts'
import { useCauseWords } from '../components/problem-words.ts'
import { UsualTime } from '../components/UsualTime.tsx'
import { useTray } from '../stores/tray.ts'
import { Spinner } from '../ui/Spinner.tsx'
import { chainFailed } from './tray-operations.ts'
import { TrayLine } from './TrayLine.tsx'

const TryAgain = lazy(async () => ({
  default: (await import('../components/TryAgain.tsx')).TryAgain,
}))

/** The step that failed, why, and what state the instance is in now. */
function Outcome({ chain }: { chain: Chain }) {
  const wordsOf = useEndpointWords()
  const failed = chain.steps.find(({ state }) => ['failure', 'unknown'].includes(state))
  if (!failed) return null
  const step = wordsOf(failed.endpoint)
  const { part, state } = chain.steps.at(-1) ?? {}
  const runsAgain = part === 'restore' && state === 'success'
  return (
    <>
      <p className="font-medium">{step}</p>
      <StepFailure step={failed} />
      {openSteps(chain).length > 0 ? (
        <Suspense>
          <TryAgain chain={chain} />
        </Suspense>
      ) : (
        <p className="text-muted">
          {chain.state === 'partial' && runsAgain && (
            <Trans>The instance was started again without the change.</Trans>
          )}
          {chain.state === 'partial' && !runsAgain && (
            <Trans>Check the current state before you try again.</Trans>
          )}
        </p>
      )}
    </>
  )
}

/** What the API key lacks, where a step that went well was judged without it. */
function Lacking({ chain }: { chain: Chain }) {
  const wordsOf = useCauseWords()
  const cause = chain.steps.find(
    ({ state, cause: one }) => state === 'success' && one,
  )?.cause
  return cause ? <p className="text-muted">{wordsOf(cause)}</p> : null
}

function ChainIcon({ chain }: { chain: Chain }) {
  const { t } = useLingui()
  const { state } = chain
  if (state === 'running') return <Spinner size={16} label={t`In progress`} />
  if (state === 'success')
    return <CircleCheck size={16} aria-label={t`Done`} className="text-running" />
  if (endsUnknown(chain))
    return <CircleHelp size={16} aria-label={t`Unknown`} className="text-muted" />
  return <OctagonAlert size={16} aria-label={t`Failed`} className="text-error" />
}

/** A chain in the tray: its purpose, its steps, and its outcome. */
export function ChainLine({ chain, now }: { chain: Chain; now: number }) {
  const wordsOf = useEndpointWords()
  const dismiss = useTray((state) => state.dismiss)
  const { id, zone, instanceId, subject, startedAt, endedAt } = chain
  const [first] = chain.steps
  const unmade = first?.endpoint === 'create-instance' && first.state === 'failure'
  const current = chain.steps.find((step) => step.state === 'pending')
  return (
    <TrayLine
      icon={<ChainIcon chain={chain} />}
      operation={wordsOf(chain.endpoint)}
      name={subject}
      elapsedMs={(endedAt ?? now) - startedAt}
      onDismiss={chainFailed(chain) ? () => dismiss([id]) : undefined}
      zone={zone}
      // An instance that wasn't created has no page.
      instanceId={unmade ? undefined : instanceId}
    >
      <ChainSteps steps={chain.steps} />
      {current && (
        <UsualTime
          endpoint={current.endpoint}
          elapsedMs={now - (current.sentAt ?? now)}
          zone={zone}
        />
      )}
      <Lacking chain={chain} />
      <Outcome chain={chain} />
    </TrayLine>
  )
}
