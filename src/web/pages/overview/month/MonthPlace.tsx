/** Keeps the place of the month's cards until they are loaded, after what the overview shows first. */
import { Trans } from '@lingui/react/macro'
import { lazy, Suspense } from 'react'

import { Contained } from '../../../ui/Contained.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'

const MonthCards = lazy(async () => ({
  default: (await import('./MonthCards.tsx')).MonthCards,
}))

export function MonthPlace() {
  return (
    <Contained
      instead={
        <p className="text-sm text-muted md:col-span-2 xl:col-span-12 3xl:col-span-16">
          <Trans>This part couldn’t be loaded. Reload the page to try again.</Trans>
        </p>
      }
    >
      <Suspense
        fallback={
          <Skeleton className="h-64 w-full rounded-lg md:col-span-2 xl:col-span-12 3xl:col-span-16" />
        }
      >
        <MonthCards />
      </Suspense>
    </Contained>
  )
}
