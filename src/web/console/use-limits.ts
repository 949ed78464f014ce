import { useEffect } from 'react'

import type { ConsoleConnection } from '../screen/connection.ts'

/** Keeps a connection to what its person may do, also when an admin changes that while the screen is open. */
export function useLimits(
  connection: ConsoleConnection,
  { viewOnly, isLimited }: { viewOnly: boolean; isLimited: boolean },
): void {
  // The connection is outside React.
  useEffect(() => connection.setViewOnly(viewOnly), [connection, viewOnly])
  // The server ends what it relays; a direct connection has to be given up for a relayed one.
  useEffect(() => {
    if (isLimited && connection.isDirect) connection.connect()
  }, [connection, isLimited])
}
