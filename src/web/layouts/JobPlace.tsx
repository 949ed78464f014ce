import { lazy, Suspense, useState, type ComponentType } from 'react'
import { useSearchParams } from 'react-router'

import { useInventory } from '../api/inventory.ts'
import type { JobDialogProps } from '../instance/jobs/JobDialog.tsx'
import { jobDialogNow, loadJobDialog } from '../instance/jobs/late-job-dialog.ts'
import { Coming } from '../ui/Coming.tsx'
import { Contained } from '../ui/Contained.tsx'

const Late = lazy(async () => ({ default: await loadJobDialog() }))

const JobNews = lazy(async () => {
  const { JobNews: component } = await import('./JobNews.tsx')
  return { default: component }
})

function Opened({ id }: JobDialogProps) {
  // The one that was loaded before is shown at once: see `page` in routes.tsx.
  const [Content] = useState<ComponentType<JobDialogProps>>(() => jobDialogNow() ?? Late)
  return (
    <Coming>
      <Content id={id} />
    </Coming>
  )
}

/** The job in the address, over whatever page that is, and the news of all jobs. */
export function JobPlace() {
  const [search] = useSearchParams()
  const any = useInventory((state) => state.jobs.length > 0)
  const id = search.get('job')
  return (
    <>
      {id && <Opened key={id} id={id} />}
      {any && (
        <Contained instead={null}>
          <Suspense>
            <JobNews />
          </Suspense>
        </Contained>
      )}
    </>
  )
}
