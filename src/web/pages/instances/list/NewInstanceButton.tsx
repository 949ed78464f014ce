import { Trans } from '@lingui/react/macro'
import { memo } from 'react'
import { Link } from 'react-router'

import { useRoleBlock } from '../../../components/people/role-block.ts'
import { buttonClass } from '../../../ui/button-class.ts'
import { Button } from '../../../ui/Button.tsx'

/** Memoised, because each key in the search renders the list. */
export const NewInstanceButton = memo(function NewInstanceButton({
  className = '',
}: {
  className?: string
}) {
  const block = useRoleBlock()('create-instance')
  const words = <Trans>New instance</Trans>
  if (block)
    return (
      <Button variant="primary" className={className} disabledReason={block}>
        {words}
      </Button>
    )
  return (
    <Link
      to="/instances/new"
      className={`${buttonClass({ variant: 'primary' })} ${className}`}
    >
      {words}
    </Link>
  )
})
