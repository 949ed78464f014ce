/** The outcome of a chain in the tray, or why it waits; loaded with the first that has either. */
import { Trans } from '@lingui/react/macro'

import { openSteps, waitingStep, type Chain } from '#contract/chain.ts'

import { useEndpointWords } from '../components/operation-words.ts'
import { useCauseWords } from '../components/problem-words.ts'
import { StepFailure } from '../components/StepFailure.tsx'
import { TryAgain } from '../components/TryAgain.tsx'

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
        <TryAgain chain={chain} />
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

/** What Exoscale says of a step that it doesn't do yet. */
function Waits({ chain }: { chain: Chain }) {
  const causeWords = useCauseWords()
  const step = waitingStep(chain)
  if (!step) return null
  const { cause, message } = step
  return (
    <>
      <p className="text-muted">
        <Trans>Exoscale hasn’t accepted this yet. Vedette keeps trying.</Trans>
      </p>
      <p
        className="break-words text-muted"
        {...(cause ? {} : { lang: 'en', translate: 'no' as const })}
      >
        {(cause && causeWords(cause)) ?? message}
      </p>
    </>
  )
}

export function ChainOutcome({ chain }: { chain: Chain }) {
  return (
    <>
      <Waits chain={chain} />
      <Lacking chain={chain} />
      <Outcome chain={chain} />
    </>
  )
}
