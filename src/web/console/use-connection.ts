import { useEffect, useState, useSyncExternalStore } from 'react'

import { useHasTold, type Row } from '../api/inventory.ts'
import { useInstanceRow } from '../api/use-instance-row.ts'
import { connectionFor, takeOver } from '../screen/ahead.ts'
import type { ConnectionState } from '../screen/connection-state.ts'
import type { ConsoleConnection } from '../screen/connection.ts'

/** A connection to an instance's screen, as long as the component is mounted for this instance. */
export function useConnection(
  zone: string,
  id: string,
): { connection: ConsoleConnection; state: ConnectionState; row: Row | undefined } {
  const [connection] = useState(() => connectionFor({ zone, id }))
  const state = useSyncExternalStore(connection.subscribe, connection.getSnapshot)
  const told = useHasTold(zone)
  const row = useInstanceRow(zone, id)

  useEffect(() => takeOver(connection), [connection])

  // The feed has the instance's state. Before a zone has responded, it has no rows.
  const machine = row?.state
  useEffect(() => {
    if (told || machine) connection.setMachine(machine)
  }, [connection, told, machine])

  return { connection, state, row }
}
