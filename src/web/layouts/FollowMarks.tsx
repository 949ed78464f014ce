import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react'
import { useEffect } from 'react'

import { problemOf } from '../api/client.ts'
import { followFavorites, mostFavorites } from '../api/follow-favorites.ts'
import { followLabelColors } from '../api/follow-label-colors.ts'
import { formatNumber } from '../components/format.ts'
import { ProblemText } from '../components/ProblemText.tsx'
import { toast } from '../ui/toast.ts'

/** Follows a person's favorites and colors while it is rendered, and says when one couldn't be stored. */
export function FollowMarks() {
  const { i18n } = useLingui()
  useEffect(() => {
    const tell = (id: string, title: string, error: unknown) =>
      toast({
        kind: 'error',
        id,
        title,
        body: <ProblemText problems={[problemOf(error)]} />,
      })
    const ends = [
      followFavorites({
        failure: (error) => tell('favorites', i18n._(msg`Couldn’t save favorites`), error),
        full: () => {
          const most = formatNumber(mostFavorites)
          toast({
            kind: 'error',
            id: 'favorites',
            title: i18n._(msg`Can’t add more favorites`),
            body: i18n._(
              msg`You can have up to ${most} favorites. Remove one, then try again.`,
            ),
          })
        },
      }),
      followLabelColors((error) =>
        tell('colors', i18n._(msg`Couldn’t save colors`), error),
      ),
    ]
    return () => {
      for (const end of ends) end()
    }
  }, [i18n])
  return null
}
