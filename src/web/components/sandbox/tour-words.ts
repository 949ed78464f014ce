import { useLingui } from '@lingui/react/macro'

import type { TourStep } from '../../stores/tour.ts'

/** The titles of the tour's steps. */
export function useTourTitles(): Record<TourStep, string> {
  const { t } = useLingui()
  return {
    create: t`Create an instance`,
    start: t`Watch it start`,
    screen: t`Open its screen`,
    snapshot: t`Take a snapshot`,
    break: t`Break it`,
    revert: t`Revert to the snapshot`,
  }
}
