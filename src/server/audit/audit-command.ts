/**
 * `npm run audit -- verify` checks the whole audit log of the configured store, also while a server uses
 * it; with `--file` it checks an export of JSON lines, without any store.
 */
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'

import type { AuditRow } from '#contract/audit/audit.ts'

import { SettingsError, type Settings } from '../env.ts'
import { GENESIS } from '../store/audit-tables.ts'
import { openForReading } from '../store/store.ts'
import { AuditSigner, checkAudit } from './audit-check.ts'
import { hashOf } from './audit-rows.ts'

/** The lines to print, and whether the log is whole. */
export type Verified = { lines: string[]; isWhole: boolean }

const usage = 'Use: npm run audit -- verify [--file audit.jsonl]'

/** A row of an export, or undefined for a line that is none. */
function rowIn(line: string): AuditRow | undefined {
  try {
    const row = JSON.parse(line) as AuditRow // checked next
    return Number.isInteger(row.seq) && typeof row.hash === 'string' ? row : undefined
  } catch {
    return undefined
  }
}

async function verifyFile(file: string): Promise<Verified> {
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Infinity })
  // The first row of all follows from nothing.
  let prev = { seq: 0, hash: GENESIS }
  let first = 0
  let count = 0
  let gaps = 0
  try {
    for await (const line of lines) {
      if (line === '') continue
      count += 1
      const row = rowIn(line)
      if (!row) return { lines: [`Line ${count} is not a row of the log.`], isWhole: false }
      const { seq, at, hash, ...body } = row
      if (seq <= prev.seq)
        return { lines: [`Row ${seq} comes after row ${prev.seq}.`], isWhole: false }
      first ||= seq
      if (prev.seq !== seq - 1) gaps += 1
      else if (hashOf(prev.hash, seq, at, JSON.stringify(body)) !== hash)
        return {
          lines: [`Row ${seq} does not follow from the row before.`],
          isWhole: false,
        }
      prev = { seq, hash }
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new SettingsError(`Can’t read ${file}: ${why}`)
  }
  if (count === 0) return { lines: [`${file} has no rows.`], isWhole: false }
  const rows = `${file}: ${count} rows, from ${first} to ${prev.seq}.`
  if (gaps === 0)
    return { lines: [`${rows} Each follows from the one before.`], isWhole: true }
  // An export with a filter has gaps; whether one had a filter is in the log itself.
  const rest = `${gaps} of them can’t be checked, because the row before isn’t in the file.`
  return { lines: [`${rows} ${rest}`], isWhole: false }
}

/** Runs the command with its arguments; throws a `SettingsError` for wrong ones. */
export async function auditCommand(settings: Settings, args: string[]): Promise<Verified> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { file: { type: 'string' } },
  })
  if (positionals.length !== 1 || positionals[0] !== 'verify')
    throw new SettingsError(usage)
  if (values.file !== undefined) return verifyFile(values.file)
  const { credentials, databaseUrl, dataDir } = settings
  if (!credentials)
    throw new SettingsError(
      'The sandbox keeps its audit log in memory: there is none to check.',
    )
  const store = await openForReading(databaseUrl ?? join(dataDir, 'vedette.db'))
  try {
    const { rows, broken } = await checkAudit(store, new AuditSigner(credentials.secret))
    const line = broken
      ? `Row ${broken.seq} is not as Vedette wrote it: ${broken.why}. ${rows} rows before it are.`
      : `${rows} rows are as Vedette wrote them.`
    return { lines: [line], isWhole: !broken }
  } finally {
    await store.destroy()
  }
}
