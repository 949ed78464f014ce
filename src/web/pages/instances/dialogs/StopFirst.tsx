import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'

import { refusal, type Action } from '#contract/lifecycle.ts'

import { problemOf } from '../../../api/client.ts'
import type { Row } from '../../../api/inventory.ts'
import { stopInstance } from '../../../api/mutations.ts'
import { ProblemNotice } from '../../../components/ProblemNotice.tsx'
import { useRefusalWords } from '../../../components/refusal-words.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Spinner } from '../../../ui/Spinner.tsx'

/**
 * For changes that the platform makes on stopped machines only: says so, and stops it from
 * inside the question. `missing` is why the change can't be sent yet.
 */
export function useStopFirst(
  row: Row,
  action: Action,
): { notice: ReactNode; missing: string | null } {
  const { t } = useLingui()
  const wordsFor = useRefusalWords()
  const stop = useMutation({ mutationFn: () => stopInstance(row) })
  const why = refusal(action, row.state)
  if (!why) return { notice: null, missing: null }
  if (row.state === 'stopping')
    return {
      notice: (
        <Banner kind="info">
          <span className="inline-flex items-center gap-2">
            <Spinner /> <Trans>It is stopping…</Trans>
          </span>
        </Banner>
      ),
      missing: t`Wait until it has stopped.`,
    }
  if (why !== 'needs-stopped') return { notice: null, missing: wordsFor(why) }
  return {
    missing: wordsFor(why),
    notice: (
      <>
        <Banner
          kind="warning"
          title={t`It has to be stopped for this.`}
          action={
            <Button size="sm" pending={stop.isPending} onClick={() => stop.mutate()}>
              <Trans>Stop it now</Trans>
            </Button>
          }
        >
          <Trans>It goes offline until you start it again.</Trans>
        </Banner>
        {stop.error && <ProblemNotice problem={problemOf(stop.error)} />}
      </>
    ),
  }
}
