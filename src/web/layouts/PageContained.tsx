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
          title={<Trans>Can’t show this page</Trans>}
          action={
            <Button onClick={() => location.reload()}>
              <Trans>Reload</Trans>
            </Button>
          }
        >
          <Trans>
            Part of the page failed to load. Operations that you started keep running.
          </Trans>
        </EmptyState>
      }
    >
      <Suspense>{children}</Suspense>
    </Contained>
  )
}
