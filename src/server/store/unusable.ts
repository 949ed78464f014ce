/**
 * Says why a store can't be used at all, which only the administrator can change, as distinct from one that doesn't
 * respond now.
 */
import { StoreOutage } from './outage.ts'

export type Unusable =
  | 'in-use'
  | 'read-only'
  | 'full'
  | 'damaged'
  | 'foreign'
  | 'newer'
  | 'no-folder'
  | 'no-access'
  | 'no-database'

export class StoreUnusable extends Error {
  readonly why: Unusable

  constructor(why: Unusable) {
    super(`the store can't be used: ${why}`)
    this.why = why
  }
}

const reasons: [RegExp, Unusable][] = [
  [/^(SQLITE_NOTADB|SQLITE_CORRUPT|XX001|XX002)/, 'damaged'],
  [/^(SQLITE_FULL|ENOSPC|EDQUOT|53100)/, 'full'],
  [/^(SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_PERM|SQLITE_AUTH|25006|42501)/, 'read-only'],
  [/^(EACCES|EPERM|EROFS)/, 'read-only'],
  [/^(SQLITE_BUSY|SQLITE_LOCKED)/, 'in-use'],
  [/^(ENOTDIR|EEXIST|EISDIR|ENOENT)/, 'no-folder'],
  [/^28/, 'no-access'],
  [/^3D000/, 'no-database'],
]

/** The same for an error of the database, the driver or the file system; undefined for any other. */
export function unusable(error: unknown): StoreUnusable | undefined {
  if (error instanceof StoreUnusable) return error
  if (!(error instanceof Error)) return undefined
  // A database that doesn't answer may be there in a moment.
  if ('syscall' in error && error.syscall === 'connect') return undefined
  const code = 'code' in error ? String(error.code) : ''
  const known = reasons.find(([pattern]) => pattern.test(code))
  if (known) return new StoreUnusable(known[1])
  // The SQLite driver names SQLite's own number (CANTOPEN) where it can't open a file.
  if (/Unable to open connection .*: 14\b/.test(error.message))
    return new StoreUnusable('read-only')
  return error.cause ? unusable(error.cause) : undefined
}

/** The sentence for the administrator; `setting` names what leads to the store, as in `DATA_DIR (./data)`. */
export function unusableSentence(why: Unusable, setting: string): string {
  const sentences: Record<Unusable, string> = {
    'in-use': `Another Vedette server uses the database in ${setting}. Stop it first, or give each server its own.`,
    'read-only': `Vedette can’t write to the database in ${setting}. Give the user that runs Vedette write access.`,
    full: `There is no space left for the database in ${setting}.`,
    damaged: `The database in ${setting} is damaged or isn’t a database. Restore it from a backup, or move it away to start with an empty one.`,
    foreign: `The database in ${setting} belongs to another application.`,
    newer: `The database in ${setting} was used by a newer version of Vedette. Run that version, or restore a backup from before.`,
    'no-folder': `Can’t use ${setting} for the database, because it isn’t a directory.`,
    'no-access': `The database in ${setting} doesn’t let Vedette in. Check the user, the password and the server’s rules for clients.`,
    'no-database': `The server in ${setting} has no database of that name. Create it first.`,
  }
  return sentences[why]
}

/** The sentence for an error of a store that may be over at the next start; it contains no password. */
export function awaySentence(error: unknown, setting: string): string {
  const own = error instanceof StoreOutage ? error.cause : error
  // Of several addresses that refuse, Node has only a code.
  const code = own instanceof Error && 'code' in own ? String(own.code) : ''
  const why = own instanceof Error ? own.message || code : String(own)
  return `Can’t use the database in ${setting} now: ${why}. Start Vedette again later.`
}
