/**
 * What stops the start: one sentence that names the setting, and exit code 2, or 1 where the next start may succeed; and
 * who may read the files.
 */
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'

import Database from 'libsql'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'

import { freePort } from '../testing/free-port.ts'
import { findPostgres, startPostgres, type TestPostgres } from '../testing/test-postgres.ts'
import { aFolder, programSecret, startProgram } from '../testing/test-program.ts'
import { startZone } from '../testing/test-zone.ts'
import { openStore } from './store.ts'
import { unusable } from './unusable.ts'

async function refusal(
  environment: Record<string, string>,
  { as, exit = 2, preload }: { as?: number; exit?: number; preload?: string } = {},
): Promise<string> {
  const ways = { as, ...(preload ? { preload } : {}) }
  const { ended, listening } = await startProgram(environment, ways)
  const end = await Promise.race([ended, listening.then(() => undefined)])
  if (!end) throw new Error('it started')
  const { code, said } = end

  expect(code).toBe(exit)
  expect(said.trim().split('\n')).toHaveLength(1)
  expect(said).not.toContain(programSecret)
  return said.trim()
}

/** A folder with a database as Vedette leaves it. */
async function used(): Promise<{ folder: string; file: string }> {
  const folder = aFolder()
  const file = join(folder, 'vedette.db')
  const store = await openStore(file)
  const note = { zone: 'z', subject: 's', text: 'x'.repeat(20_000), by: 'b', at: 1 }
  await store.insertInto('note').values(note).execute()
  await store.destroy()
  return { folder, file }
}

const modeOf = (file: string) => statSync(file).mode & 0o777

test('the second server on one DATA_DIR stops with a sentence, and the first goes on', async () => {
  const folder = aFolder()
  const first = await startProgram({ DATA_DIR: folder })
  await first.listening

  const said = await refusal({ DATA_DIR: folder })

  expect(said).toContain(`DATA_DIR (${folder})`)
  expect(said).toContain('Another Vedette server')
  expect(first.child.exitCode).toBeNull()
  first.child.kill('SIGKILL')
  await first.ended
  // A server that was killed leaves nothing that would keep the next from starting.
  const third = await startProgram({ DATA_DIR: folder })
  await third.listening
}, 120_000)

test.each<[string, (file: string) => void, string]>([
  [
    'that is none',
    (file) => writeFileSync(file, 'no database at all. '.repeat(2_000)),
    'is damaged',
  ],
  ['that was cut off', (file) => truncateSync(file, statSync(file).size / 2), 'is damaged'],
  [
    'with a page of garbage',
    (file) => {
      const bytes = readFileSync(file)
      bytes.fill(0xa5, 4096, bytes.length)
      writeFileSync(file, bytes)
    },
    'is damaged',
  ],
  [
    'that is a directory',
    (file) => {
      rmSync(file)
      mkdirSync(file)
    },
    'is damaged or isn’t a database',
  ],
  [
    'of another application',
    (file) => {
      rmSync(file)
      const other = new Database(file)
      other.exec('CREATE TABLE customers (id integer)')
      other.close()
    },
    'another application',
  ],
  [
    'of another application with a number of its own',
    (file) => {
      const other = new Database(file)
      other.exec('PRAGMA application_id = 252006675')
      other.close()
    },
    'another application',
  ],
  [
    'of a newer version',
    (file) => {
      const newer = new Database(file)
      newer.exec("INSERT INTO kysely_migration VALUES ('9999-later', '2030-01-01')")
      newer.close()
    },
    'newer version',
  ],
])('a file %s stops the start and stays as it was', async (_what, harm, sentence) => {
  const { folder, file } = await used()
  harm(file)
  const before = statSync(file).isFile() ? readFileSync(file) : undefined

  const said = await refusal({ DATA_DIR: folder })

  expect(said).toContain(`DATA_DIR (${folder})`)
  expect(said).toContain(sentence)
  if (before && sentence !== 'newer version') expect(readFileSync(file)).toEqual(before)
})

test('a DATA_DIR below a file stops the start', async () => {
  const file = join(aFolder(), 'file')
  writeFileSync(file, '')

  expect(await refusal({ DATA_DIR: join(file, 'data') })).toContain('DATA_DIR')
  expect(await refusal({ DATA_DIR: file })).toContain('isn’t a directory')
})

const nobody = 65_534
// Nothing is read-only for root, so root tries it as someone else.
const asOther = test.skipIf(process.getuid?.() !== 0)

asOther('a DATA_DIR that can only be read stops the start', async () => {
  const { folder } = await used()

  const said = await refusal({ DATA_DIR: folder }, { as: nobody })

  expect(said).toContain(`DATA_DIR (${folder})`)
  expect(said).toContain('write access')
})

asOther('a database file that can only be read stops the start', async () => {
  const { folder, file } = await used()
  chmodSync(folder, 0o777)
  for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o666)
  chmodSync(file, 0o644)

  expect(await refusal({ DATA_DIR: folder }, { as: nobody })).toContain('write access')
})

test('the database and its companions are for this user alone, wherever they lie', async () => {
  const { folder, file } = await used()
  // As an earlier version left it.
  chmodSync(file, 0o644)
  const store = await openStore(file)
  await store
    .insertInto('note')
    .values({ zone: 'z', subject: 'other', text: 't', by: 'b', at: 1 })
    .execute()

  const files = readdirSync(folder)
  expect(files).toContain('vedette.db-wal')
  for (const name of files)
    expect([name, modeOf(join(folder, name))]).toEqual([name, 0o600])
  await store.destroy()
})

test.each(['127.0.0.1', 'localhost'])(
  'a PostgreSQL on %s that isn’t there yet ends the start so that it is tried again',
  async (host) => {
    const at = `postgres://vedette:${programSecret}@${host}:${await freePort()}/vedette`

    const said = await refusal({ DATABASE_URL: at }, { exit: 1 })

    expect(said).toMatch(/^Can’t use the database in DATABASE_URL now: .*ECONNREFUSED/)
  },
)

const programs = findPostgres()
describe.skipIf(!programs)('a PostgreSQL', () => {
  let postgres: TestPostgres
  beforeAll(async () => {
    postgres = await startPostgres(programs ?? '')
  }, 60_000)
  afterAll(() => postgres?.close())

  test('that hangs ends the start so that it is tried again, which then succeeds', async () => {
    postgres.freeze()
    const said = await refusal({ DATABASE_URL: postgres.url }, { exit: 1 }).finally(() =>
      postgres.thaw(),
    )
    expect(said).toContain('DATABASE_URL now')

    const { listening } = await startProgram({ DATABASE_URL: postgres.url })
    expect(await listening).toContain('http://')
  }, 60_000)

  test('that rejects the user, or has no such database, stops the start', async () => {
    const stranger = postgres.url.replace('vedette@', 'stranger@')
    expect(await refusal({ DATABASE_URL: stranger })).toContain('doesn’t let Vedette in')

    const other = postgres.url.replace('/postgres?', '/other?')
    expect(await refusal({ DATABASE_URL: other })).toContain('no database of that name')
  })
})

test('a database that is starting up or shutting down isn’t unusable', () => {
  const of = (code: string) => unusable(Object.assign(new Error('no'), { code }))
  for (const code of ['57P01', '57P03', '53300', '08006', 'ETIMEDOUT', 'ENOTFOUND'])
    expect(of(code)).toBeUndefined()
  expect(of('28P01')?.why).toBe('no-access')
})

test('a PORT that is in use stops the start by name', async () => {
  const zone = await startZone()
  onTestFinished(() => zone.close())

  const said = await refusal({ DATA_DIR: aFolder(), PORT: String(zone.port) })

  expect(said).toContain(`127.0.0.1:${zone.port} is in use. Set PORT`)
})

/** Lets the look-up of these names end as it does where no name server answers, or none has the name. */
const lookups = `
import dns from 'node:dns'
const own = dns.lookup
const codes = { 'later.internal': 'EAI_AGAIN', 'never.internal': 'ENOTFOUND' }
dns.lookup = (name, ...rest) => {
  const code = codes[name]
  if (!code) return own(name, ...rest)
  const error = Object.assign(new Error('getaddrinfo ' + code + ' ' + name), { code, syscall: 'getaddrinfo' })
  process.nextTick(rest.at(-1), error)
}`

test.each([
  ['HOST', 'can’t be looked up now', 'later.internal', 1],
  ['METRICS_HOST', 'can’t be looked up now', 'later.internal', 1],
  ['HOST', 'doesn’t exist', 'never.internal', 2],
] as const)(
  'a %s that %s: %s ends the start with %i',
  async (setting, _why, host, exit) => {
    const settings = { DATA_DIR: aFolder(), UNSAFE_NO_SIGN_IN: 'on', METRICS_PORT: '0' }

    const said = await refusal({ ...settings, [setting]: host }, { exit, preload: lookups })

    expect(said).toContain(`${host}:0`)
    expect(said).toContain(
      exit === 1 ? `${setting} now. Start Vedette again later` : `Set ${setting}`,
    )
  },
)

test('a real key with a PUBLIC_URL and without a sign-in stops the start, unless that is allowed', async () => {
  const PUBLIC_URL = 'https://vedette.example.com'

  const said = await refusal({ DATA_DIR: aFolder(), PUBLIC_URL })

  expect(said).toMatch(
    /^PUBLIC_URL .*No one has to sign in.*SIGN_IN=local.*UNSAFE_NO_SIGN_IN=on/,
  )
  const allowed = { DATA_DIR: aFolder(), PUBLIC_URL, UNSAFE_NO_SIGN_IN: 'on' }
  const { listening } = await startProgram(allowed)
  expect(await listening).toBe(PUBLIC_URL)
})

test('the audit log is checked while a server writes it, and so is a file of its rows', async () => {
  const folder = aFolder()
  const server = await startProgram({ DATA_DIR: folder })
  const url = await server.listening
  await fetch(`${url}/api/zones/ch-test-1/notes/0b12cb6b-7e3e-4c0e-9e10-1e5d8a7c4b2a`, {
    method: 'PUT',
    headers: { 'x-vedette': '1', 'content-type': 'application/json' },
    body: JSON.stringify({ text: 'a note', seen: null }),
  })
  const verify = async (...more: string[]) => {
    const ways = { args: ['audit', 'verify', ...more] }
    return (await startProgram({ DATA_DIR: folder }, ways)).ended
  }

  expect(await verify()).toMatchObject({
    code: 0,
    said: '2 rows are as Vedette wrote them.\n',
  })
  const file = join(folder, 'audit.jsonl')
  const lines = await (await fetch(`${url}/api/audit/export?format=jsonl`)).text()
  writeFileSync(file, lines)
  expect(await verify('--file', file)).toMatchObject({ code: 0 })
  writeFileSync(file, lines.replaceAll('a note', 'no note').replace('"done"', '"failed"'))
  expect(await verify('--file', file)).toMatchObject({
    code: 1,
    said: 'Row 1 does not follow from the row before.\n',
  })
  const { ended } = await startProgram({}, { args: ['audit', 'mend'] })
  expect(await ended).toMatchObject({ code: 2 })
})
