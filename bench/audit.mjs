// `npm run bench:audit`: how long a page of a long audit log takes by each filter, and for how long each keeps
// this process from anything else: the embedded database reads in the same thread as screens and events.
// `ROWS=1000000` takes another length (300000).
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { lastRow, listAudit, rowsOf } from '../src/server/audit/audit-list.ts'
import { AuditRows } from '../src/server/audit/audit-rows.ts'
import { openStore } from '../src/server/store/store.ts'

const count = Number(process.env['ROWS'] ?? 300_000)
const together = 500
const names = ['Ana', 'Ben', 'Cleo', 'Dan']

async function fill(store) {
  const rows = new AuditRows(store, () => {})
  const write = async (at) => {
    const entry = randomUUID()
    await rows.append({
      entry,
      phase: 'intent',
      event: 'stop-instance',
      by: { name: names[at % names.length], from: '192.0.2.7' },
      zone: 'ch-gva-2',
      target: { id: `instance-${at % 5_000}`, name: `web-${at % 5_000}` },
    })
    const result = at % 50_000 === 7 ? 'failed' : 'done'
    await rows.append({ entry, phase: 'outcome', event: 'stop-instance', result, ms: 20 })
  }
  for (let at = 0; at < count / 2; at += together)
    await Promise.all(Array.from({ length: together }, (_, more) => write(at + more)))
}

/** How long it takes in ms, and the longest time in which nothing else ran. */
async function measure(work) {
  let longest = 0
  let last = performance.now()
  const timer = setInterval(() => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
  }, 1)
  const began = performance.now()
  await work()
  const took = performance.now() - began
  await new Promise((resolve) => setTimeout(resolve, 5))
  clearInterval(timer)
  return { took: Math.round(took), longest: Math.round(longest) }
}

const folder = mkdtempSync(join(tmpdir(), 'vedette-bench-'))
const store = await openStore(join(folder, 'vedette.db'))
await fill(store)
const from = Date.now() - 7 * 24 * 3_600_000
const filters = {
  'the newest': {},
  'of a week': { from },
  'a name': { from, text: 'web-4999' },
  'a text that is nowhere': { from, text: 'nowhere' },
  'three that failed': { from, result: 'failed' },
  'a person who did nothing': { person: 'Eve' },
  'an instance': { target: 'instance-12' },
}
const pages = Object.entries(filters).map(([name, filter]) => [
  name,
  () => listAudit(store, filter),
])
const all = async () => {
  let rows = 0
  for await (const some of rowsOf(store, {}, await lastRow(store))) rows += some.length
  return rows
}
for (const [name, work] of [...pages, ['all rows of an export', all]]) {
  await work()
  const { took, longest } = await measure(work)
  console.log(`${count} rows, ${name}: ${took} ms, at most ${longest} ms at once`)
}
await store.destroy()
rmSync(folder, { recursive: true })
