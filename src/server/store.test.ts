import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { openStore } from './store.ts'

test('what was stored is there for the next process, whose start changes nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-store-'))
  const file = join(folder, 'data', 'vedette.db')
  const note = { zone: 'ch-gva-2', subject: 'an-id', text: '⚠ ana’s', by: 'Ana', at: 1 }
  const first = await openStore(file)
  await first.insertInto('note').values(note).execute()
  await first.destroy()

  const second = await openStore(file)

  expect(await second.selectFrom('note').selectAll().execute()).toEqual([note])
  await second.destroy()
  rmSync(folder, { recursive: true })
})
