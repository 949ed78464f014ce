import { useQueryClient } from '@tanstack/react-query'
import { lazy, type ReactNode } from 'react'
import { useLocation } from 'react-router'

import { sessionQuery } from '../../api/queries.ts'
import { useSignedOut } from '../../stores/signed-out.ts'
import { Coming } from '../../ui/Coming.tsx'
import { Contained } from '../../ui/Contained.tsx'

const SignInAgain = lazy(async () => ({
  default: (await import('./SignInAgain.tsx')).SignInAgain,
}))

/**
 * The page, and over it the question to sign in as soon as a request was refused for that. A page that
 * was opened without a session has nothing to show, so it isn't shown before the way in.
 */
export function WhenSignedOut({ children }: { children: ReactNode }) {
  const queries = useQueryClient()
  const { pathname } = useLocation()
  const out = useSignedOut((state) => state.out)
  const isWayIn = pathname === '/sign-in' || pathname === '/set-up'
  const isNew = out && !isWayIn && !queries.getQueryData(sessionQuery.queryKey)
  return (
    <>
      {!isNew && children}
      {out && !isWayIn && (
        <Contained instead={null}>
          <Coming>
            <SignInAgain />
          </Coming>
        </Contained>
      )}
    </>
  )
}
