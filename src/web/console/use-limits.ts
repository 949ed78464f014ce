import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'

import { sessionQuery } from '../api/queries.ts'
import type { ConsoleConnection } from '../screen/connection.ts'

/** What the person may do with screens; undefined until that is known. */
export const useRights = () => useQuery(sessionQuery).data?.screens

/** Keeps a connection to what its person may do, also when an admin changes that while the screen is open. */
export function useLimits(connection: ConsoleConnection, view: { viewOnly: boolean }) {
  const rights = useRights()
  const viewOnly = view.viewOnly || rights?.type === false
  const isLimited = rights !== undefined && !(rights.type && rights.copy)
  // The connection is outside React.
  useEffect(() => connection.setViewOnly(viewOnly), [connection, viewOnly])
  // The server ends what it relays; a direct connection has to be given up for a relayed one.
  useEffect(() => {
    if (isLimited && connection.isDirect) connection.connect()
  }, [connection, isLimited])
  return { rights, viewOnly }
}
