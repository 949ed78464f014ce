import { Trans } from '@lingui/react/macro'
import { memo } from 'react'
import { Link } from 'react-router'

import { buttonClass } from '../../../ui/button-class.ts'

/** Memoised, because each key in the search renders the list. */
export const NewInstanceButton = memo(function NewInstanceButton({
  className = '',
}: {
  className?: string
}) {
  return (
    <Link
      to="/instances/new"
      className={`${buttonClass({ variant: 'primary' })} ${className}`}
    >
      <Trans>New instance</Trans>
    </Link>
  )
})
