/** A backup that is made while a server writes is whole, and one that can't be made says why. */
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { AuditSigner, checkAudit } from '../audit/audit-check.ts'
import { Audit } from '../audit/audit.ts'
import { aFolder, startProgram } from '../testing/test-program.ts'
import { backupCommand } from './backup.ts'
import { openStore, type Store } from './store.ts'

const rowsIn = async (store: Store): Promise<number> => {
  const count = store.selectFrom('audit').select(({ fn }) => fn.countAll().as('rows'))
  return Number((await count.executeTakeFirstOrThrow()).rows)
}

test('a copy that is made while the server writes has all that was stored before', async () => {
  const folder = aFolder()
  const store = await openStore(join(folder, 'vedette.db'))
  const audit = new Audit(store, { warn() {} })
  const ending = new AbortController()
  // Each entry changes two tables, which must fit each other in the copy.
  const write = async () => {
    while (!ending.signal.aborted) {
      const entry = await audit.begin({ event: 'stop-instance' })
      await audit.settle(entry, { result: 'done' })
    }
  }
  const writing = Promise.all([write(), write(), write()])
  await expect.poll(() => rowsIn(store)).toBeGreaterThan(20)
  const before = await rowsIn(store)
  const to = join(folder, 'copy.db')

  const { ended } = await startProgram({ DATA_DIR: folder }, { args: ['backup', to] })
  const { code, said } = await ended
  ending.abort()
  await writing

  expect(said).toContain(`Copied the database in DATA_DIR (${folder}) to`)
  expect(code).toBe(0)
  expect(statSync(to).mode & 0o777).toBe(0o600)
  const copy = await openStore(to)
  expect(await rowsIn(copy)).toBeGreaterThanOrEqual(before)
  expect(await rowsIn(copy)).toBeLessThanOrEqual(await rowsIn(store))
  const { broken } = await checkAudit(copy, new AuditSigner('a secret'))
  expect(broken).toBeUndefined()
  await copy.destroy()
  await audit.close()
  await store.destroy()
})

test('a file that exists stays as it is, and what can’t be copied is named', async () => {
  const folder = aFolder()
  const settings = { dataDir: folder }
  const to = join(folder, 'copy.db')
  expect(() => backupCommand(settings, [to])).toThrow(/no database in DATA_DIR/)
  await (await openStore(join(folder, 'vedette.db'))).destroy()
  writeFileSync(to, 'something else')

  expect(() => backupCommand(settings, [to])).toThrow(/already exists/)
  expect(readFileSync(to, 'utf8')).toBe('something else')
  expect(() => backupCommand(settings, [join(folder, 'none', 'copy.db')])).toThrow(
    /Can’t write .*none/,
  )
  expect(() => backupCommand(settings, [])).toThrow(/npm run backup -- FILE/)
  const shared = { ...settings, databaseUrl: 'postgres://db/vedette' }
  expect(() => backupCommand(shared, [to])).toThrow(/pg_dump/)
})
