import { useParams } from 'react-router'

import { UnsafeLine } from '../../components/UnsafeLine.tsx'
import { ConsoleView } from '../../console/ConsoleView.tsx'
import { LiveRegion } from '../../ui/LiveRegion.tsx'
import { Toasts } from '../../ui/Toasts.tsx'
import { ScreenFor } from './ScreenFor.tsx'

/** The console alone, in a window of its own. */
export function ConsoleWindowPage() {
  const { zone = '', id = '' } = useParams()
  return (
    <main className="flex h-dvh flex-col">
      <UnsafeLine />
      <ScreenFor {...{ zone, id }}>
        <ConsoleView key={`${zone} ${id}`} zone={zone} id={id} popOut={false} />
      </ScreenFor>
      <Toasts />
      <LiveRegion />
    </main>
  )
}
