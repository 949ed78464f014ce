/**
 * `npm run backup -- FILE` writes a copy of the database in DATA_DIR, also while a server uses it. A copy of the files
 * themselves would be damaged, because the server may write one of them between two reads.
 */
import { closeSync, existsSync, fsyncSync, openSync, rmSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

import Database from 'libsql'

import { SettingsError, type Settings } from '../env.ts'
import { unusableSentence } from './unusable.ts'

const usage = 'Use: npm run backup -- FILE'
const ownOnly = 0o600

/** Has what was written to a file or a directory on the disk. */
function sync(path: string): void {
  const opened = openSync(path, 'r')
  fsyncSync(opened)
  closeSync(opened)
}

/** Copies the database as it is at one moment; false if the copy isn't whole. */
function copy(from: string, to: string): boolean {
  const db = new Database(from, { readonly: true, fileMustExist: true })
  try {
    db.exec('PRAGMA busy_timeout = 5000')
    // Into an empty file that is there (sqlite.org/lang_vacuum.html#vacuuminto).
    db.prepare('VACUUM INTO ?').run([to])
  } finally {
    db.close()
  }
  const copied = new Database(to, { readonly: true })
  try {
    const found = copied.prepare('PRAGMA quick_check(1)').get([]) as { quick_check: string } // one column
    return found.quick_check === 'ok'
  } finally {
    copied.close()
  }
}

/** Creates the file for this user alone; throws a `SettingsError` if there is one. */
function create(file: string): void {
  try {
    closeSync(openSync(file, 'wx', ownOnly))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      throw new SettingsError(`${file} already exists. Choose another name.`)
    const why = error instanceof Error ? error.message : String(error)
    throw new SettingsError(`Can’t write ${file}: ${why}`)
  }
}

/**
 * Runs the command with its arguments; returns what to print. The copy is on the disk by then, and readable by this
 * user alone. Throws a `SettingsError` for wrong arguments, or the database's error.
 */
export function backupCommand(
  { databaseUrl, dataDir }: Pick<Settings, 'databaseUrl' | 'dataDir'>,
  args: string[],
): string {
  const { positionals } = parseArgs({ args, allowPositionals: true, options: {} })
  const [name] = positionals
  if (name === undefined || positionals.length !== 1) throw new SettingsError(usage)
  if (databaseUrl)
    throw new SettingsError('DATABASE_URL names a PostgreSQL. Use pg_dump for a backup.')
  const from = join(dataDir, 'vedette.db')
  const setting = `DATA_DIR (${dataDir})`
  if (!existsSync(from)) throw new SettingsError(`There is no database in ${setting}.`)
  const to = resolve(name)
  create(to)
  try {
    if (!copy(from, to)) throw new SettingsError(unusableSentence('damaged', setting))
    sync(to)
    sync(dirname(to))
  } catch (error) {
    rmSync(to)
    throw error
  }
  return `Copied the database in ${setting} to ${to}: ${statSync(to).size} bytes.`
}
