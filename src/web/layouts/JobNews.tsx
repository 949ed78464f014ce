import { useLingui } from '@lingui/react/macro'
import { memo, useEffect } from 'react'

import { onJobEnd } from '../api/feed.ts'
import { jobFailed } from '../components/job-outcome.ts'
import { useCountsWords, useJobTitle } from '../instance/jobs/job-words.ts'
import { useTray } from '../stores/tray.ts'
import { announce } from '../ui/announce.ts'
import { toast } from '../ui/toast.ts'

/** Announces how jobs end, as `useOperationNews` does for operations. Loaded with the first job. */
export const JobNews = memo(function JobNews() {
  const { t } = useLingui()
  const titleOf = useJobTitle()
  const countsOf = useCountsWords()
  // The feed lives outside React.
  useEffect(
    () =>
      onJobEnd((job) => {
        const title = titleOf(job.action, job.total)
        const counts = countsOf(job)
        const failed = jobFailed(job)
        const { folded, setFolded } = useTray.getState()
        if (!failed || !folded) {
          announce(t`${title}: ${counts}`, failed ? 'assertive' : 'polite')
          return
        }
        toast({
          kind: 'error',
          id: job.id,
          title,
          body: counts,
          action: {
            label: t({ message: 'Show', context: 'verb' }),
            onSelect: () => setFolded(false),
          },
        })
      }),
    [t, titleOf, countsOf],
  )
  return null
})
