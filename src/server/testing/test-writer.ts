/**
 * Writes to the store at `process.argv[2]` until it is killed, for tests: eight writes at a time. It
 * prints each number that was acknowledged on a line.
 */
import { writeSync } from 'node:fs'

import { openStore } from '../store/store.ts'

const store = await openStore(process.argv[2] ?? '')
const from = Number(process.argv[3])
let next = from

async function writeForEver(): Promise<void> {
  for (;;) {
    const at = (next += 1)
    const note = { zone: 'ch-test-1', subject: String(at), text: '', by: 'Test', at }
    await store.insertInto('note').values(note).execute()
    // Synchronous, because a buffer would be lost with the process.
    writeSync(1, `${at}\n`)
  }
}

await Promise.all(Array.from({ length: 8 }, writeForEver))
