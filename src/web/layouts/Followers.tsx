import { RouteAnnouncer } from './RouteAnnouncer.tsx'
import { ScrollMemory } from './ScrollMemory.tsx'
import { useOperationNews } from './use-operation-news.ts'

/** What follows the pages and the operations without being seen; loaded after the page at the path `first`. */
export function Followers({ first }: { first: string }) {
  useOperationNews()
  return (
    <>
      <RouteAnnouncer first={first} />
      <ScrollMemory />
    </>
  )
}
