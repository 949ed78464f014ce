import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react'
import { useEffect } from 'react'

import { problemOf } from '../api/client.ts'
import { followFavorites } from '../api/follow-favorites.ts'
import { ProblemText } from '../components/ProblemText.tsx'
import { toast } from '../ui/toast.ts'

/** Follows a person's favorites while it is rendered, and says when one couldn't be stored. */
export function FollowMarks() {
  const { i18n } = useLingui()
  useEffect(
    () =>
      followFavorites((error) =>
        toast({
          kind: 'error',
          id: 'favorites',
          title: i18n._(msg`Couldn’t save favorites`),
          body: <ProblemText problems={[problemOf(error)]} />,
        }),
      ),
    [i18n],
  )
  return null
}
