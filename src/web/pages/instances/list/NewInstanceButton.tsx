import { Trans } from '@lingui/react/macro'
import { memo } from 'react'
import { Link } from 'react-router'

import { useRoleBlock } from '../../../components/people/role-block.ts'
import { buttonClass, type ButtonVariant } from '../../../ui/button-class.ts'
import { Button } from '../../../ui/Button.tsx'

/** Memoised, because each key in the search renders the list. */
export const NewInstanceButton = memo(function NewInstanceButton({
  className = '',
  variant = 'primary',
}: {
  className?: string
  variant?: ButtonVariant
}) {
  const block = useRoleBlock()('create-instance')
  const words = <Trans>New instance</Trans>
  if (block)
    return (
      <Button variant={variant} className={className} disabledReason={block}>
        {words}
      </Button>
    )
  return (
    <Link to="/instances/new" className={`${buttonClass({ variant })} ${className}`}>
      {words}
    </Link>
  )
})
