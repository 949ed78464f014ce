/** Keeps the place of the card that explains why an instance doesn't respond, until it is loaded. */
import { Trans } from '@lingui/react/macro'
import { lazy, Suspense } from 'react'

import { Contained } from '../../../../ui/Contained.tsx'
import { Skeleton } from '../../../../ui/Skeleton.tsx'

const WhyCard = lazy(async () => ({ default: (await import('./WhyCard.tsx')).WhyCard }))

export function WhyPlace() {
  return (
    <Contained
      instead={
        <p className="text-sm text-muted">
          <Trans>This part couldn’t be loaded. Reload the page to try again.</Trans>
        </p>
      }
    >
      <Suspense fallback={<Skeleton className="h-44 w-full rounded-lg" />}>
        <WhyCard />
      </Suspense>
    </Contained>
  )
}
