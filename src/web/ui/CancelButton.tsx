import { Trans, useLingui } from '@lingui/react/macro'

import type { ButtonSize, ButtonVariant } from './button-class.ts'
import { Button } from './Button.tsx'

/** Why a dialog or a form can't be left; null while nothing is being sent. */
export function useSentReason(): (pending: boolean) => string | null {
  const { t } = useLingui()
  return (pending) =>
    pending ? t`Wait for the response. The request has already been sent.` : null
}

/** Abandons a dialog or a form. What is being sent can't be called off, so the button then says so. */
export function CancelButton({
  pending,
  size,
  variant,
  onClick,
}: {
  pending: boolean
  size?: ButtonSize
  variant?: ButtonVariant
  onClick: () => void
}) {
  const reasonOf = useSentReason()
  return (
    <Button {...{ size, variant, onClick }} disabledReason={reasonOf(pending)}>
      <Trans>Cancel</Trans>
    </Button>
  )
}
