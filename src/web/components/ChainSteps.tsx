import { useLingui } from '@lingui/react/macro'
import { ArrowRight, Check, CircleHelp, Minus, TimerOff, X } from 'lucide-react'

import type { ChainStep } from '#contract/chain.ts'

import { useEndWords } from './end-words.ts'
import { endOf } from './operation-outcome.ts'
import { useEndpointWords } from './operation-words.ts'

function StepMark({ step }: { step: ChainStep }) {
  const { t } = useLingui()
  const words = useEndWords()
  if (step.state === 'skipped') return <Minus size={12} aria-label={t`Skipped`} />
  if (!['success', 'failure', 'unknown'].includes(step.state)) return null
  const end = endOf(step)
  const word = words[end]
  if (end === 'done') return <Check size={12} aria-label={word} />
  if (end === 'unknown') return <CircleHelp size={12} aria-label={word} />
  const Bad = end === 'timed-out' ? TimerOff : X
  return <Bad size={12} aria-label={word} className="text-error" />
}

/** The steps of a chain in a row, each with how it went. */
export function ChainSteps({ steps }: { steps: readonly ChainStep[] }) {
  const wordsOf = useEndpointWords()
  return (
    <ol className="flex flex-wrap items-center gap-x-1.5 text-xs text-muted">
      {steps.map((step, index) => (
        <li
          key={`${step.endpoint} ${step.target ?? ''}`}
          className="inline-flex items-center gap-1"
        >
          {index > 0 && <ArrowRight size={10} aria-hidden="true" />}
          <span
            className={
              ['sending', 'pending'].includes(step.state) ? 'font-medium text-text' : ''
            }
          >
            {wordsOf(step.endpoint)}
          </span>
          <StepMark step={step} />
        </li>
      ))}
    </ol>
  )
}
