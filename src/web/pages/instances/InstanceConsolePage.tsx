import { useParams } from 'react-router'

import { ConsoleView } from '../../console/ConsoleView.tsx'
import { ScreenFor } from './ScreenFor.tsx'

/** The console of one instance, within Vedette's frame. */
export function InstanceConsolePage() {
  const { zone = '', id = '' } = useParams()
  return (
    <ScreenFor {...{ zone, id }}>
      <ConsoleView key={`${zone} ${id}`} zone={zone} id={id} popOut />
    </ScreenFor>
  )
}
