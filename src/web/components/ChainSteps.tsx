import { useLingui } from '@lingui/react/macro'
import { ArrowRight, Check, CircleHelp, Minus, X } from 'lucide-react'

import type { ChainStep } from '#contract/chain.ts'

import { useEndpointWords } from './operation-words.ts'

function StepMark({ state }: Pick<ChainStep, 'state'>) {
  const { t } = useLingui()
  if (state === 'success') return <Check size={12} aria-label={t`Done`} />
  if (state === 'failure')
    return <X size={12} aria-label={t`Failed`} className="text-error" />
  if (state === 'unknown') return <CircleHelp size={12} aria-label={t`Unknown`} />
  if (state === 'skipped') return <Minus size={12} aria-label={t`Skipped`} />
  return null
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
          <StepMark state={step.state} />
        </li>
      ))}
    </ol>
  )
}
