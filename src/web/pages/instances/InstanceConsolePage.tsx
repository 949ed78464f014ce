import { useParams } from 'react-router'

import { useRow } from '../../api/inventory.ts'
import { ConsoleView } from '../../console/ConsoleView.tsx'
import { InstanceDialogs } from './dialogs/InstanceDialogs.tsx'

/** The screen of one instance, within the console's own frame. */
export function InstanceConsolePage() {
  const { zone = '', id = '' } = useParams()
  const row = useRow(zone, id)
  return (
    <>
      <ConsoleView key={`${zone} ${id}`} zone={zone} id={id} popOut />
      {row && <InstanceDialogs page={row} />}
    </>
  )
}
