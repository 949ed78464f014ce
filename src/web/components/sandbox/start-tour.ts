import { useInventory } from '../../api/inventory.ts'
import { newTour, useTour } from '../../stores/tour.ts'

/** Starts the tour from its first step, or goes on with one that was ended. */
export function useStartTour(): { start: () => void; goOn: (() => void) | undefined } {
  const { tour, setTour, setWelcome } = useTour()
  const start = () => {
    const known = [...useInventory.getState().rows.values()].map(({ id }) => id)
    setTour(newTour(known, Date.now()))
    // The card has done its part; Help opens it again.
    setWelcome(false)
  }
  const goesOn = tour && !tour.isOn && tour.step > 0 && tour.step < 6
  return { start, goOn: goesOn ? () => setTour({ ...tour, isOn: true }) : undefined }
}
