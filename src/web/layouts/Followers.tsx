import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'

import { followPreferences } from '../api/follow-preferences.ts'
import { sessionQuery } from '../api/queries.ts'
import { useOperationNews } from './use-operation-news.ts'

/** What follows the operations and the person without being seen; loaded after the page. */
export function Followers() {
  const { data: session } = useQuery(sessionQuery)
  // Without accounts, all who use the server are one person.
  const person = session?.signIn === 'local' ? session.person.id : undefined
  useOperationNews()
  useEffect(() => (person ? followPreferences(person) : undefined), [person])
  return null
}
