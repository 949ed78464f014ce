import { Trans } from '@lingui/react/macro'
import { Suspense, type ReactNode } from 'react'
import { useLocation } from 'react-router'

import { Button } from '../ui/Button.tsx'
import { Contained } from '../ui/Contained.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'

/** A page whose code is not there yet, and one that can't be shown. */
export function PageContained({ children }: { children: ReactNode }) {
  const { pathname } = useLocation()
  return (
    <Contained
      about={pathname}
      instead={
        <EmptyState
          title={<Trans>This page could not be shown.</Trans>}
          action={
            <Button onClick={() => location.reload()}>
              <Trans>Load it again</Trans>
            </Button>
          }
        >
          <Trans>
            A part of it could not be loaded, or it failed. What was asked of machines goes
            on.
          </Trans>
        </EmptyState>
      }
    >
      <Suspense>{children}</Suspense>
    </Contained>
  )
}
