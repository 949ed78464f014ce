import { useParams } from 'react-router'

import { useRow } from '../../api/inventory.ts'
import { ConsoleView } from '../../console/ConsoleView.tsx'
import { LiveRegion } from '../../ui/LiveRegion.tsx'
import { Toasts } from '../../ui/Toasts.tsx'
import { InstanceDialogs } from './dialogs/InstanceDialogs.tsx'

/** The screen alone, in a window of its own. */
export function ConsoleWindowPage() {
  const { zone = '', id = '' } = useParams()
  const row = useRow(zone, id)
  return (
    <main className="flex h-dvh flex-col">
      <ConsoleView key={`${zone} ${id}`} zone={zone} id={id} popOut={false} />
      {row && <InstanceDialogs page={row} />}
      <Toasts />
      <LiveRegion />
    </main>
  )
}
