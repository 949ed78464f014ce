import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react'
import { useEffect } from 'react'

import { problemOf } from '../api/client.ts'
import { followFavorites, mostFavorites } from '../api/follow-favorites.ts'
import { followLabelColors, mostLabelColors } from '../api/follow-label-colors.ts'
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
    const tellFull = (id: string, title: string, body: string) =>
      toast({ kind: 'error', id, title, body })
    const ends = [
      followFavorites({
        failure: (error) => tell('favorites', i18n._(msg`Couldn’t save favorites`), error),
        full: () => {
          const most = formatNumber(mostFavorites)
          const body = i18n._(
            msg`You can have up to ${most} favorites. Remove one, then try again.`,
          )
          tellFull('favorites', i18n._(msg`Can’t add more favorites`), body)
        },
      }),
      followLabelColors({
        failure: (error) => tell('colors', i18n._(msg`Couldn’t save colors`), error),
        full: () => {
          const most = formatNumber(mostLabelColors)
          const body = i18n._(
            msg`Up to ${most} labels can have a color. Remove one color, then try again.`,
          )
          tellFull('colors', i18n._(msg`Can’t color more labels`), body)
        },
      }),
    ]
    return () => {
      for (const end of ends) end()
    }
  }, [i18n])
  return null
}
