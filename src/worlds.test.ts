/** Another world of the sandbox through the server. The test is here because it needs both. */
import { expect, onTestFinished, test } from 'vitest'

import type { Inventory } from '#contract/feed.ts'
import { createSandbox } from '#sandbox/app.ts'
import { localSession } from '#server/testing/test-house.ts'
import { startConsoleOf } from '#server/testing/test-sandbox.ts'

async function idsAt(origin: string): Promise<string[]> {
  const answer = await fetch(`${origin}/api/inventory`)
  const { zones } = (await answer.json()) as Inventory // the contract's answer
  return zones.flatMap(({ instances }) => instances.map(({ id }) => id))
}

test('once a world is loaded, no inventory has an instance of the one before', async () => {
  // So many that a zone’s list takes its time.
  const sandbox = await createSandbox({ machines: 'painted', extraInstances: 2_000 })
  const { origin, close } = await startConsoleOf(sandbox, {
    ...localSession,
    signIn: 'off',
    sandbox: true,
  })
  onTestFinished(async () => {
    await close()
    await sandbox.close()
  })
  const before = await idsAt(origin)
  expect(before).not.toEqual([])

  const loaded = await fetch(`${origin}/api/sandbox/world`, {
    method: 'PUT',
    headers: { 'x-vedette': '1', 'content-type': 'application/json' },
    body: JSON.stringify({ scenario: 'scale-and-back' }),
  })

  expect(await loaded.json()).toMatchObject({ scenario: { id: 'scale-and-back' } })
  const after = await idsAt(origin)
  expect(after).not.toEqual([])
  expect(after.filter((id) => before.includes(id))).toEqual([])
})
