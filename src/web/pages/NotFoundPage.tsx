import { Trans, useLingui } from '@lingui/react/macro'
import { Link } from 'react-router'

import { buttonClass } from '../ui/button-class.ts'
import { NoMatch } from '../ui/drawings/NoMatch.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'

export function NotFoundPage() {
  const { t } = useLingui()
  return (
    <>
      <title>{t`Page not found · Vedette`}</title>
      <h1 tabIndex={-1} className="flex min-h-control items-center text-xl font-semibold">
        <Trans>Page not found</Trans>
      </h1>
      <EmptyState
        drawing={<NoMatch />}
        title={t`No page at this address`}
        action={
          <Link to="/instances" className={buttonClass({ variant: 'primary' })}>
            <Trans>Go to instances</Trans>
          </Link>
        }
      />
    </>
  )
}
