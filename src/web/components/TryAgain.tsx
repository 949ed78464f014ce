import { Trans } from '@lingui/react/macro'

import { openSteps, type Chain } from '#contract/chain.ts'

import { problemOf } from '../api/client.ts'
import { tryChainAgain } from '../api/mutations.ts'
import { useOnce } from '../api/use-once.ts'
import { Button } from '../ui/Button.tsx'
import { useOperationBlock } from './people/role-block.ts'
import { useProblemWords } from './problem-words.ts'

/** Has the server take up what is left of a creation. */
export function TryAgain({ chain }: { chain: Chain }) {
  const wordsOf = useProblemWords()
  const blockOf = useOperationBlock()
  const again = useOnce({ send: (key) => tryChainAgain(chain, key) })
  // Where it was sent before, a second press is on purpose.
  const send = again.sendAgain ?? again.mutate
  const blocks = [chain, ...openSteps(chain)].map(blockOf)
  return (
    <>
      <Button
        size="sm"
        pending={again.isPending}
        disabledReason={blocks.find(Boolean)}
        onClick={() => send()}
      >
        <Trans>Retry</Trans>
      </Button>
      {again.error && (
        <p role="alert" className="text-error">
          {wordsOf(problemOf(again.error))}
        </p>
      )}
    </>
  )
}
