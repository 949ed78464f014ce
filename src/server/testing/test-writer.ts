/**
 * Writes to the store at `process.argv[2]` until it is killed, for tests: eight writes at a time. It
 * prints on a line each note that was acknowledged, as its number, and each row of the audit log, as its
 * entry and phase.
 */
import { writeSync } from 'node:fs'

import { Audit } from '../audit/audit.ts'
import { openStore } from '../store/store.ts'

const store = await openStore(process.argv[2] ?? '')
const audit = new Audit(store, { warn() {} })
const from = Number(process.argv[3])
let next = from

async function writeForEver(): Promise<void> {
  for (;;) {
    const at = (next += 1)
    const note = { zone: 'ch-test-1', subject: String(at), text: '', by: 'Test', at }
    const entry = await audit.begin({ event: 'update-note', by: { name: 'Test' } })
    writeSync(1, `${entry} intent\n`)
    await store.insertInto('note').values(note).execute()
    // Synchronous, because a buffer would be lost with the process.
    writeSync(1, `${at}\n`)
    await audit.settle(entry, { result: 'done' })
    writeSync(1, `${entry} outcome\n`)
  }
}

await Promise.all(Array.from({ length: 8 }, writeForEver))
