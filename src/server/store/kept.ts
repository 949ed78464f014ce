/** Stores a person's drafts, views, favorites and colors (contract/kept.ts). */
import type { FastifyRequest } from 'fastify'
import { sql } from 'kysely'

import {
  isKeptName,
  KEPT_MAX_BYTES,
  KEPT_MAX_NAMES,
  keptAtOf,
  PASSING_MOST,
  PASSING_NAMES,
  type Kept,
} from '#contract/kept.ts'
import type { Person } from '#contract/people/people.ts'
import { defaultView, viewSearch, viewsName } from '#contract/query/views.ts'

import { isJson, parseBody } from '../calls/bodies.ts'
import type { Deps } from '../deps.ts'
import { refuse } from '../zone/refusals.ts'

type Named = FastifyRequest<{ Params: { name: string } }>
type KeptDeps = Pick<Deps, 'store'>
type Key = { person: string; name: string }

function keyOf({ params, person }: Named): Key {
  if (!isKeptName(params.name))
    throw refuse('not-found', 404, { code: 'bad-name-for-data' })
  return { person: person.id, name: params.name }
}

async function valueOf({ store }: KeptDeps, { person, name }: Key): Promise<Kept> {
  const row = await store
    .selectFrom('kept')
    .select(['body', 'at'])
    .where('person', '=', person)
    .where('name', '=', name)
    .executeTakeFirst()
  return row
    ? // Written by a browser, which checks what it reads.
      { value: JSON.parse(row.body) as unknown, at: Number(row.at) }
    : { value: null, at: 0 }
}

/** The query of the list that opens for a person when an address has none, or an empty text. */
export async function defaultSearch(deps: KeptDeps, person: Person): Promise<string> {
  const { value } = await valueOf(deps, { person: person.id, name: viewsName })
  const view = defaultView(value)
  // Only what a list understands: the stored text may be anything.
  return view ? viewSearch(new URLSearchParams(view.search)) : ''
}

/** Returns the value that this person stored under a name. */
export async function readKept(deps: KeptDeps, request: Named): Promise<Kept> {
  return valueOf(deps, keyOf(request))
}

const hasChanged = () => refuse('changed', 412, { code: 'values-changed' })

/** The moment of what may be replaced, undefined for whatever is stored; throws a 412 for a tag that is none. */
function seenIn({ headers }: FastifyRequest): number | undefined {
  const tag = headers['if-match']
  if (tag === undefined) return undefined
  const at = keptAtOf(tag)
  if (at === undefined) throw hasChanged()
  return at
}

/** Stores a JSON value and returns it. */
export async function writeKept(deps: KeptDeps, request: Named): Promise<Kept> {
  const key = keyOf(request)
  const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  if (bytes.length > KEPT_MAX_BYTES)
    throw refuse('too-large', 413, { code: 'data-too-large', most: KEPT_MAX_BYTES })
  const value = parseBody(bytes)
  if (!isJson(value)) throw refuse('invalid', 400, { code: 'not-json' })
  if (key.name.startsWith(PASSING_NAMES)) await dropPassed(deps, key)
  const at = await write(deps, key, JSON.stringify(value), seenIn(request))
  return { value, at }
}

/** Makes room for a draft that is about one thing: of the others, the newest stay. */
async function dropPassed({ store }: KeptDeps, { person, name }: Key): Promise<void> {
  const others = store
    .selectFrom('kept')
    .select('name')
    .where('person', '=', person)
    .where('name', 'like', `${PASSING_NAMES}%`)
    .where('name', '!=', name)
    .orderBy('at', 'desc')
    .offset(PASSING_MOST - 1)
    .limit(KEPT_MAX_NAMES)
  await store
    .deleteFrom('kept')
    .where('person', '=', person)
    .where('name', 'in', others)
    .execute()
}

/** PostgreSQL can't tell of what kind a value is that is selected. */
const text = (value: string) => sql<string>`cast(${value} as text)`
const whole = (value: number) => sql<number>`cast(${value} as bigint)`

/**
 * Writes a row and returns its moment; throws for what has changed since `seen`, and for a new name beyond the most. The
 * store checks both as it writes.
 */
async function write(
  deps: KeptDeps,
  key: Key,
  body: string,
  seen: number | undefined,
): Promise<number> {
  const { person, name } = key
  const now = Math.max(Date.now(), (seen ?? 0) + 1)
  const row = await deps.store
    .insertInto('kept')
    .columns(['person', 'name', 'body', 'at'])
    .expression(({ selectFrom }) => {
      const names = selectFrom('kept').where('person', '=', person)
      const counted = names.select(({ fn }) => fn.countAll<number>().as('count'))
      const own = names.select('at').where('name', '=', name)
      return selectFrom(counted.as('counted'))
        .select([
          text(person).as('person'),
          text(name).as('name'),
          text(body).as('body'),
          whole(now).as('at'),
        ])
        .where(({ or, eb, exists }) =>
          // What was seen and has been deleted since isn't made again.
          seen
            ? exists(own.where('at', '=', seen))
            : or([eb('counted.count', '<', KEPT_MAX_NAMES), exists(own)]),
        )
    })
    .onConflict((conflict) => {
      // Two changes in one millisecond can be told apart, too.
      const at = sql<number>`case when kept.at < ${whole(now)} then ${whole(now)} else kept.at + 1 end`
      const replaced = conflict.columns(['person', 'name']).doUpdateSet({ body, at })
      return seen === undefined ? replaced : replaced.where('kept.at', '=', seen)
    })
    .returning('at')
    .executeTakeFirst()
  if (row) return Number(row.at)
  if (seen !== undefined && (await valueOf(deps, key)).at !== seen) throw hasChanged()
  throw refuse('too-large', 413, { code: 'too-much-data', most: KEPT_MAX_NAMES })
}

/** Deletes a value; does nothing if there is none. Throws a 412 for another than the one that was seen. */
export async function dropKept(deps: KeptDeps, request: Named): Promise<Kept> {
  const key = keyOf(request)
  const seen = seenIn(request)
  const dropping = deps.store
    .deleteFrom('kept')
    .where('person', '=', key.person)
    .where('name', '=', key.name)
  await (seen === undefined ? dropping : dropping.where('at', '=', seen)).execute()
  if (seen !== undefined && (await valueOf(deps, key)).at !== 0) throw hasChanged()
  return { value: null, at: 0 }
}
