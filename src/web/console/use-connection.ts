import { useEffect, useState, useSyncExternalStore } from 'react'

import { useHasTold, type Row } from '../api/inventory.ts'
import { useInstanceRow } from '../api/use-instance-row.ts'
import { connectionFor, takeOver } from '../screen/ahead.ts'
import type { ConnectionState } from '../screen/connection-state.ts'
import type { ConsoleConnection } from '../screen/connection.ts'

/** A connection to one machine's screen, as long as the component lives and is about it. */
export function useConnection(
  zone: string,
  id: string,
): { connection: ConsoleConnection; state: ConnectionState; row: Row | undefined } {
  const [connection] = useState(() => connectionFor({ zone, id }))
  const state = useSyncExternalStore(connection.subscribe, connection.getSnapshot)
  const told = useHasTold(zone)
  const row = useInstanceRow(zone, id)

  useEffect(() => takeOver(connection), [connection])

  // What the machine does is told by the feed. A zone that has not answered yet knows of none.
  const machine = row?.state
  useEffect(() => {
    if (told || machine) connection.setMachine(machine)
  }, [connection, told, machine])

  return { connection, state, row }
}
