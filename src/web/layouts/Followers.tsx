import { useOperationNews } from './use-operation-news.ts'

/** What follows the operations without being seen; loaded after the page. */
export function Followers() {
  useOperationNews()
  return null
}
