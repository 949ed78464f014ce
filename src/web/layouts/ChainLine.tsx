import { lazy, Suspense } from 'react'

import { waitingStep, type Chain } from '#contract/chain.ts'

import { ChainSteps } from '../components/ChainSteps.tsx'
import { EndIcon } from '../components/EndIcon.tsx'
import { chainEnd } from '../components/operation-outcome.ts'
import { useEndpointWords } from '../components/operation-words.ts'
import { UsualTime } from '../components/UsualTime.tsx'
import { useTray } from '../stores/tray.ts'
import { chainFailed } from './tray-operations.ts'
import { TrayLine } from './TrayLine.tsx'

const ChainOutcome = lazy(async () => {
  const { ChainOutcome: component } = await import('./ChainOutcome.tsx')
  return { default: component }
})

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
      icon={<EndIcon end={chainEnd(chain)} />}
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
      {(chain.state !== 'running' || waitingStep(chain)) && (
        <Suspense>
          <ChainOutcome chain={chain} />
        </Suspense>
      )}
    </TrayLine>
  )
}
