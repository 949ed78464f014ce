/**
 * Opens the store's file: only one process at a time, only a database of Vedette's that isn't damaged,
 * and only if it can be written. Whatever doesn't fit is left as it is. The file and its companions
 * are readable by this user alone, wherever they lie: they contain names, notes and history.
 */
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

import { SqliteDialect, type Dialect, type SqliteDatabase } from 'kysely'
import Database from 'libsql'
import { LRUCache } from 'lru-cache'

import { StoreUnusable } from './unusable.ts'

/** "VDTT", by which a file is known as Vedette's (sqlite.org/pragma.html#pragma_application_id). */
const ourId = 0x56445454
/** A server that is being replaced may need a moment to end. */
const handOverMs = 3_000
/** Reading a larger file whole would delay the start. */
const mostChecked = 512 * 1024 * 1024
const ownOnly = 0o600
const mostPrepared = 500
/** Statements that are prepared once; others change what is prepared. */
const isPlain = /^(?:select|insert|update|delete) /

type Db = InstanceType<typeof Database>

function valueOf(db: Db, pragma: string): unknown {
  const row = db.prepare(`PRAGMA ${pragma}`).get([]) as Record<string, unknown> | undefined // one column
  return Object.values(row ?? {})[0]
}

/** Holds a file that only one process can hold; the kernel releases it when the process ends. */
function hold(file: string): Db {
  makePrivate(file)
  const lock = new Database(file)
  lock.exec(`PRAGMA busy_timeout = ${handOverMs}`)
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    throw error
  }
  return lock
}

/** Creates a file if there is none, and takes it from all others. */
function makePrivate(file: string): void {
  if (!existsSync(file)) closeSync(openSync(file, 'a', ownOnly))
  if (!statSync(file).isFile()) throw new StoreUnusable('damaged')
  if (statSync(file).mode & 0o077) chmodSync(file, ownOnly)
}

/** Throws unless this is an empty file or a database of Vedette's, whole and readable. */
function checkOurs(db: Db, file: string): void {
  const id = valueOf(db, 'application_id')
  const tables = db.prepare('SELECT name FROM sqlite_master').all([]) as { name: string }[] // as asked
  // Files of earlier versions have no number, but these tables.
  const has = (table: string) => tables.some(({ name }) => name === table)
  const isEarlier = tables.length === 0 || (has('kysely_migration') && has('note'))
  const isOurs = id === ourId || (id === 0 && isEarlier)
  if (!isOurs) throw new StoreUnusable('foreign')
  if (statSync(file).size > mostChecked) return
  if (valueOf(db, 'quick_check(1)') !== 'ok') throw new StoreUnusable('damaged')
}

function openOurs(file: string): Db {
  const db = new Database(file)
  try {
    db.exec('PRAGMA busy_timeout = 5000')
    checkOurs(db, file)
    for (const path of [file, `${file}-wal`, `${file}-shm`])
      if (existsSync(path)) makePrivate(path)
    // Commits survive a power failure, and readers never wait for a writer.
    for (const setting of ['journal_mode = WAL', 'synchronous = FULL'])
      db.exec(`PRAGMA ${setting}`)
    // Also shows whether the file can be written.
    db.exec(`PRAGMA application_id = ${ourId}`)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** The dialect of a file, or of `:memory:`. Throws a `StoreUnusable` or the driver's error. */
export function sqlite(file: string): Dialect {
  if (file === ':memory:') {
    const db = new Database(file)
    return dialectOf(db, () => db.close())
  }
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const lock = hold(`${file}-lock`)
  try {
    if (!existsSync(file)) makePrivate(file)
    if (!statSync(file).isFile()) throw new StoreUnusable('damaged')
    const db = openOurs(file)
    return dialectOf(db, () => {
      // What was written last is in a companion: afterwards, the file alone is a whole backup.
      tryCheckpoint(db)
      db.close()
      lock.close()
    })
  } catch (error) {
    lock.close()
    throw error
  }
}

/** The dialect of a file that another process may use; nothing is written. */
export function readOnly(file: string): Dialect {
  const db = new Database(file, { readonly: true, fileMustExist: true })
  return dialectOf(db, () => db.close())
}

function tryCheckpoint(db: Db): void {
  try {
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  } catch {
    // A full disk, for example: the next start reads the companion.
  }
}

function dialectOf(db: Db, close: () => void): Dialect {
  // libsql has better-sqlite3's interface, which is the one Kysely asks for.
  const inner = db as unknown as SqliteDatabase
  // To prepare a statement takes longer than most of them take. Kysely runs one at a time, to its end.
  const prepared = new LRUCache<string, ReturnType<SqliteDatabase['prepare']>>({
    max: mostPrepared,
    memoMethod: (text) => inner.prepare(text),
  })
  const prepare = (text: string) =>
    isPlain.test(text) ? prepared.memo(text) : inner.prepare(text)
  const database: SqliteDatabase = { prepare, close }
  return new SqliteDialect({ database })
}
