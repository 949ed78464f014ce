import { useParams } from 'react-router'

import { UnsafeLine } from '../../components/UnsafeLine.tsx'
import { ConsoleView } from '../../console/ConsoleView.tsx'
import { LiveRegion } from '../../ui/LiveRegion.tsx'
import { Toasts } from '../../ui/Toasts.tsx'

/** The console alone, in a window of its own. */
export function ConsoleWindowPage() {
  const { zone = '', id = '' } = useParams()
  return (
    <main className="flex h-dvh flex-col">
      <UnsafeLine />
      <ConsoleView key={`${zone} ${id}`} zone={zone} id={id} popOut={false} />
      <Toasts />
      <LiveRegion />
    </main>
  )
}
