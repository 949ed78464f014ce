import { Trans, useLingui } from '@lingui/react/macro'
import {
  ArrowRight,
  Check,
  CircleCheck,
  CircleHelp,
  Minus,
  OctagonAlert,
  X,
} from 'lucide-react'

import type { Chain, ChainStep } from '#contract/chain.ts'

import { FailureNote } from '../components/FailureNote.tsx'
import { useEndpointWords } from '../components/operation-words.ts'
import { useTray } from '../stores/tray.ts'
import { Spinner } from '../ui/Spinner.tsx'
import { chainFailed } from './tray-operations.ts'
import { TrayLine } from './TrayLine.tsx'

function StepMark({ state }: Pick<ChainStep, 'state'>) {
  const { t } = useLingui()
  if (state === 'success') return <Check size={12} aria-label={t`Done`} />
  if (state === 'failure')
    return <X size={12} aria-label={t`Failed`} className="text-error" />
  if (state === 'unknown') return <CircleHelp size={12} aria-label={t`Not known`} />
  if (state === 'skipped') return <Minus size={12} aria-label={t`Left out`} />
  return null
}

function Steps({ steps }: { steps: readonly ChainStep[] }) {
  const wordsOf = useEndpointWords()
  return (
    <ol className="flex flex-wrap items-center gap-x-1.5 text-xs text-muted">
      {steps.map((step, index) => (
        <li key={step.endpoint} className="inline-flex items-center gap-1">
          {index > 0 && <ArrowRight size={10} aria-hidden="true" />}
          <span
            className={
              ['sending', 'pending'].includes(step.state) ? 'font-medium text-text' : ''
            }
          >
            {wordsOf(step.endpoint)}
          </span>
          <StepMark state={step.state} />
        </li>
      ))}
    </ol>
  )
}

/** What failed, in the zone's words, and how the machine was left. */
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
      <FailureNote
        endpoint={failed.endpoint}
        end={failed.timedOut ? 'timeout' : failed.operationId ? 'failure' : 'refused'}
        reason={failed.reason}
        message={failed.message}
      />
      <p className="text-muted">
        {chain.state === 'partial' && runsAgain && (
          <Trans>It was started again, as it was.</Trans>
        )}
        {chain.state === 'partial' && !runsAgain && (
          <Trans>Look at the state it is in now before you repeat it.</Trans>
        )}
      </p>
    </>
  )
}

function ChainIcon({ state }: Pick<Chain, 'state'>) {
  const { t } = useLingui()
  if (state === 'running') return <Spinner size={16} label={t`Running`} />
  if (state === 'success')
    return <CircleCheck size={16} aria-label={t`Done`} className="text-running" />
  return <OctagonAlert size={16} aria-label={t`Failed`} className="text-error" />
}

/** A chain in the tray: what it is for, its steps, and how it went. */
export function ChainLine({ chain, now }: { chain: Chain; now: number }) {
  const wordsOf = useEndpointWords()
  const dismiss = useTray((state) => state.dismiss)
  const { id, zone, instanceId, subject, state, startedAt, endedAt } = chain
  return (
    <TrayLine
      icon={<ChainIcon state={state} />}
      words={wordsOf(chain.endpoint)}
      name={subject}
      elapsedMs={(endedAt ?? now) - startedAt}
      onDismiss={chainFailed(chain) ? () => dismiss([id]) : undefined}
      {...{ zone, instanceId }}
    >
      <Steps steps={chain.steps} />
      <Outcome chain={chain} />
    </TrayLine>
  )
}
