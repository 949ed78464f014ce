/** When operations end, as far as Vedette knows. */
import { expect, test } from 'vitest'

import type { FollowedOperation } from '#contract/operation.ts'

import { withZoneClient } from '../testing/test-zone-client.ts'
import { operationId } from '../testing/test-zone.ts'
import { Operations } from './operations.ts'

/** How an operation ended that began so long ago and that is followed from now on. */
function endOf(ageMs: number): Promise<FollowedOperation> {
  const operation: FollowedOperation = {
    id: operationId,
    zone: 'ch-test-1',
    endpoint: 'stop-instance',
    state: 'pending',
    startedAt: Date.now() - ageMs,
    by: 'Ana',
  }
  return new Promise((resolve, reject) => {
    withZoneClient(
      (_request, response) =>
        response.end(JSON.stringify({ id: operationId, state: 'success' })),
      {},
      async (zone) => {
        const operations = new Operations({
          clientOf: () => zone,
          changed: () => {},
          look: () => {},
          scrub: String,
        })
        resolve(await operations.followToEnd(operation))
        operations.close()
      },
    ).catch(reject)
  })
}

test('an operation that was followed all the time ended when that was seen', async () => {
  expect(await endOf(0)).toMatchObject({ state: 'success' })
  expect(await endOf(0)).not.toHaveProperty('endedBefore')
})

test('one that no one followed for a while may have ended before', async () => {
  expect(await endOf(40_000)).toMatchObject({ state: 'success', endedBefore: true })
}, 15_000)
