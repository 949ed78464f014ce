import { useParams } from 'react-router'

import { ConsoleView } from '../../console/ConsoleView.tsx'

/** The screen of one instance, within the console's own frame. */
export function InstanceConsolePage() {
  const { zone = '', id = '' } = useParams()
  return <ConsoleView key={`${zone} ${id}`} zone={zone} id={id} popOut />
}
