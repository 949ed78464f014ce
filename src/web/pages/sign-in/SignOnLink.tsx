import { Trans } from '@lingui/react/macro'
import { LogIn } from 'lucide-react'
import type { ComponentProps } from 'react'

import { startPath } from '#contract/people/sign-on.ts'

import { buttonClass } from '../../ui/button-class.ts'

type LinkProps = Omit<ComponentProps<'a'>, 'href'> & {
  provider: string
  /** The page to go to from there. */
  to: string
}

/** Leads to the identity provider. It is a link, because the browser goes to another site. */
export function SignOnLink({ provider, to, className = '', ...rest }: LinkProps) {
  return (
    <a
      {...rest}
      href={startPath(to)}
      className={`${buttonClass({ variant: 'primary' })} ${className}`}
    >
      <LogIn aria-hidden="true" />
      <span className="min-w-0 truncate">
        <Trans>Sign in with {provider}</Trans>
      </span>
    </a>
  )
}
