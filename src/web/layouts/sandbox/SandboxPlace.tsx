/** What the sandbox has above and over its pages: the scenario that is on, and the tour. */
import { lazy, Suspense } from 'react'

import { useTour } from '../../stores/tour.ts'
import { ScenarioBar } from './ScenarioBar.tsx'

const TourCard = lazy(async () => ({ default: (await import('./TourCard.tsx')).TourCard }))

export function SandboxPlace() {
  const isOn = useTour(({ tour }) => tour?.isOn ?? false)
  return (
    <>
      <ScenarioBar />
      {isOn && (
        <Suspense>
          <TourCard />
        </Suspense>
      )}
    </>
  )
}
