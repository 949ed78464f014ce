import { problemOf } from '../../../api/client.ts'
import { addInstanceProtection } from '../../../api/mutations.ts'
import { watchOperations } from './operation-end.ts'

const newsLimitMs = 10 * 60_000
const conflict = 409

/**
 * Protects an instance that is just being created. It is asked at once, because a page that is
 * closed early asks nothing later; a zone that is still busy creating refuses that, and is
 * asked once more when the creation has ended. Throws the last refusal.
 */
export async function protectNew(
  target: { zone: string; id: string },
  creationId: string,
): Promise<void> {
  const operations = watchOperations()
  try {
    await addInstanceProtection(target)
  } catch (error) {
    if (problemOf(error).status !== conflict) throw error
    await operations.end(creationId, newsLimitMs)
    await addInstanceProtection(target)
  } finally {
    operations.stop()
  }
}
