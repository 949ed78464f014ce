import { RouteAnnouncer } from './RouteAnnouncer.tsx'
import { ScrollMemory } from './ScrollMemory.tsx'
import { useOperationNews } from './use-operation-news.ts'

/** What follows the pages and the operations without being seen; loaded after the page. */
export function Followers() {
  useOperationNews()
  return (
    <>
      <RouteAnnouncer />
      <ScrollMemory />
    </>
  )
}
