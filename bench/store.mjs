// `npm run bench:store`: how many times more writes a second the store takes when they are asked for
// together, and share their commits, than one after the other. Both in the same run, on the same
// disk; with PostgreSQL as well, where it is installed. Then how many changes a second get into the audit
// log before and after, each with two rows, when 32 are under way.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { Audit } from '../src/server/audit/audit.ts'
import { openStore } from '../src/server/store/store.ts'
import { findPostgres, startPostgres } from '../src/server/testing/test-postgres.ts'

const audited = 5_000
const together = 5_000
const alone = 500

async function measure(name, at) {
  let commits = 0
  const store = await openStore(at, () => (commits += 1))
  let count = 0
  const write = () => {
    const subject = String((count += 1))
    const note = { zone: 'ch-test-1', subject, text: 'a note', by: 'Bench', at: count }
    return store.insertInto('note').values(note).execute()
  }
  const perSecond = async (times, run) => {
    commits = 0
    const began = performance.now()
    await run(times)
    return { rate: (times / (performance.now() - began)) * 1000, commits }
  }
  const one = await perSecond(alone, async (times) => {
    for (let index = 0; index < times; index += 1) await write()
  })
  const all = await perSecond(together, (times) =>
    Promise.all(Array.from({ length: times }, write)),
  )
  const audit = new Audit(store, { warn() {} })
  const began = performance.now()
  let left = audited
  const change = async () => {
    while ((left -= 1) >= 0) {
      const entry = await audit.begin({
        event: 'stop-instance',
        by: { id: 'ana', name: 'Ana', role: 'admin', from: '192.0.2.7' },
        zone: 'ch-gva-2',
        target: { id: 'an-instance', name: 'web-01' },
      })
      await audit.settle(entry, { result: 'done', status: 200 })
    }
  }
  await Promise.all(Array.from({ length: 32 }, change))
  const changes = Math.round((audited / (performance.now() - began)) * 1000)
  await audit.close()
  await store.destroy()
  const [slow, fast] = [one.rate, all.rate].map((rate) => Math.round(rate))
  console.log(
    `${name}: ${slow} writes/s one by one (${one.commits} commits for ${alone}), ` +
      `${fast} together (${all.commits} for ${together}): ${(fast / slow).toFixed(1)} times; ` +
      `${changes} audited changes/s`,
  )
}

const folder = mkdtempSync(join(tmpdir(), 'vedette-bench-'))
await measure('SQLite', join(folder, 'vedette.db'))
rmSync(folder, { recursive: true })

const programs = findPostgres()
if (programs) {
  const database = await startPostgres(programs)
  await measure('PostgreSQL', database.url)
  await database.close()
}
