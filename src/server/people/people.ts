/**
 * Keeps the people with an account (contract/people/people.ts). A name is unique whatever its capitals, because
 * people sign in with it.
 */
import { randomUUID } from 'node:crypto'

import { roles, type Role } from '#contract/endpoints.ts'
import type { Area } from '#contract/people/area.ts'
import {
  NAME_MOST,
  type Person,
  type PersonChange,
  type PersonRow,
} from '#contract/people/people.ts'
import { personTag } from '#contract/seen.ts'

import { isWhole } from '../store/kinds.ts'
import type { Store } from '../store/store.ts'
import { refuse } from '../zone/refusals.ts'
import { areaIn, areaText } from './area-rows.ts'
import { providerNames, type ProviderNames, type Subject } from './provider.ts'

/**
 * A name as it is typed: keyboards of some systems send a character as several. A longer text is no name, and isn't
 * normalized, which takes the square of the length where one mark follows another.
 */
const mostTyped = 8 * NAME_MOST

/**
 * What is the same name for people: without capitals, spaces at its ends, and Unicode's variants. Empty, which is
 * no one's, for a text that can't be a name.
 */
export const nameKey = (name: string): string =>
  name.length <= mostTyped && isWhole(name)
    ? name.normalize('NFKC').trim().toLowerCase()
    : ''

/** What no one sees, or what covers the lines above and below: names must not only seem to be the same. */
const unreadable = /\p{C}|\p{Zl}|\p{Zp}|\p{Default_Ignorable_Code_Point}|\u2800|\p{M}{4}/u

/** The name that someone chose; throws a 400 for one that can't be one. */
export function checkName(name: unknown): string {
  const plain =
    typeof name === 'string' && name.length <= mostTyped
      ? name
          .normalize('NFC')
          .trim()
          .replace(/\p{Zs}+/gu, ' ')
      : ''
  const isName = plain !== '' && [...plain].length <= NAME_MOST && !unreadable.test(plain)
  if (!isName || !isWhole(plain))
    throw refuse('invalid', 400, { code: 'bad-person-name', most: NAME_MOST })
  return plain
}

/** A role of the contract; throws a 400 for any other text. */
export function checkRole(role: unknown): Role {
  const known = roles.find((one) => one === role)
  if (!known) throw refuse('invalid', 400, { code: 'bad-request' })
  return known
}

/** As stored, with the hash that nobody is told. */
export type Account = {
  id: string
  name: string
  role: Role
  password: string | null
  disabled: boolean
  /** The name of the identity provider that the person comes from. */
  provider?: string
}

/** A person of a list who can be told from others: whose name or role isn't Vedette's to change. */
type Named = { provider?: string | undefined }

/** Throws a 409 for someone whose name, role and password come from the identity provider. */
export function requireOwn({ provider }: Named): void {
  if (provider !== undefined)
    throw refuse('not-allowed', 409, { code: 'from-provider', provider })
}

const hasChanged = () => refuse('changed', 412, { code: 'values-changed' })

/** Throws a 412 if a row isn't the one that was shown, by its `If-Match`. */
export function requireSeen(row: PersonRow, seen: string | undefined): void {
  if (seen !== undefined && seen !== personTag(row)) throw hasChanged()
}

/** How many people of one name are told apart by a number. */
const mostNamesakes = 99

const unknownPerson = () => refuse('not-found', 404, { code: 'no-such-person' })

export class People {
  readonly #store: Store
  readonly #nameOf: ProviderNames
  /** One change of this server at a time. */
  #changes: Promise<unknown> = Promise.resolve()

  constructor(store: Store, nameOf: ProviderNames = providerNames(undefined)) {
    this.#store = store
    this.#nameOf = nameOf
  }

  #providerOf(issuer: string | null): { provider?: string } {
    return issuer === null ? {} : { provider: this.#nameOf(issuer) }
  }

  /** Whether anyone has an account with a password. */
  async some(): Promise<boolean> {
    const row = await this.#store
      .selectFrom('person')
      .select('id')
      .where('password', 'is not', null)
      .limit(1)
      .executeTakeFirst()
    return row !== undefined
  }

  /** Everyone, by name. */
  async list(): Promise<PersonRow[]> {
    const rows = await this.#store
      .selectFrom('person')
      .leftJoin('session', 'session.person_id', 'person.id')
      .select(({ fn }) => [
        'person.id',
        'person.name',
        'person.role',
        'person.password',
        'person.disabled',
        'person.created_at',
        'person.issuer',
        'person.area',
        fn.max('session.seen_at').as('seen_at'),
      ])
      .groupBy(['person.id', 'person.name', 'person.role', 'person.password'])
      .groupBy(['person.disabled', 'person.created_at', 'person.name_key', 'person.issuer'])
      .groupBy('person.area')
      .orderBy('person.name_key')
      .execute()
    return rows.map(
      ({
        password,
        disabled,
        created_at: createdAt,
        seen_at: seenAt,
        issuer,
        area,
        ...one
      }) => ({
        ...one,
        ...areaIn(area),
        ...this.#providerOf(issuer),
        role: checkRole(one.role),
        joined: password !== null || issuer !== null,
        disabled: Number(disabled) === 1,
        createdAt: Number(createdAt),
        ...(seenAt === null || seenAt === undefined ? {} : { seenAt: Number(seenAt) }),
      }),
    )
  }

  /** One person of the list; throws a 404 where there is none. */
  async row(id: string): Promise<PersonRow> {
    const row = (await this.list()).find((one) => one.id === id)
    if (!row) throw unknownPerson()
    return row
  }

  /** One person as they are now; undefined where there is none, or only a disabled one. */
  async now(id: string): Promise<Person | undefined> {
    const row = (await this.list()).find((one) => one.id === id && !one.disabled)
    if (!row) return undefined
    const { name, role, provider, area } = row
    return { id, name, role, ...(provider ? { provider } : {}), ...(area ? { area } : {}) }
  }

  /** The account with this id or name, or of someone whom the identity provider knows so. */
  async find(
    by: { id: string } | { name: string } | Subject,
  ): Promise<Account | undefined> {
    const query = this.#store
      .selectFrom('person')
      .select(['id', 'name', 'role', 'password', 'disabled', 'issuer'])
    const found =
      'id' in by
        ? query.where('id', '=', by.id)
        : 'name' in by
          ? query.where('name_key', '=', nameKey(by.name))
          : query.where('issuer', '=', by.issuer).where('subject', '=', by.subject)
    const row = await found.executeTakeFirst()
    if (!row) return undefined
    const { issuer, disabled, ...rest } = row
    return {
      ...rest,
      ...this.#providerOf(issuer),
      role: checkRole(row.role),
      disabled: Number(disabled) === 1,
    }
  }

  /**
   * Someone who comes from the identity provider, in the role that their groups have now. People are known by
   * issuer and subject alone: whose name is taken gets another one, and never the account of that name.
   * `was` is the role until now; a disabled person stays as they are. Nothing is stored before `begin`,
   * which is told what will be.
   */
  arrive(
    who: Subject,
    { name, role }: { name: string; role: Role },
    begin: (account: Person, was: Role | undefined) => Promise<unknown>,
  ): Promise<{ account: Account; was: Role | undefined }> {
    return this.#inTurn(async () => {
      const known = await this.find(who)
      if (known?.disabled) return { account: known, was: known.role }
      const id = known?.id ?? randomUUID()
      const own = await this.#freeName(name, { nameOf: who.issuer, own: known?.id })
      await begin({ id, name: own, role }, known?.role)
      const set = { name: own, name_key: nameKey(own), role }
      if (known)
        await this.#store
          .updateTable('person')
          .set(set)
          .where('id', '=', known.id)
          .execute()
      else {
        const row = { ...set, id, password: null, disabled: 0 }
        await this.#store
          .insertInto('person')
          .values({ ...row, ...who, created_at: Date.now(), area: null })
          .execute()
      }
      const account = await this.find(who)
      if (!account) throw unknownPerson()
      return { account, was: known?.role }
    })
  }

  /** The name itself, or with the provider's and a number where others have it. */
  async #freeName(
    name: string,
    { nameOf, own }: { nameOf: string; own: string | undefined },
  ): Promise<string> {
    const provider = this.#nameOf(nameOf)
    const called = (suffix: string) =>
      [...name]
        .slice(0, NAME_MOST - [...suffix].length)
        .join('')
        .trim() + suffix
    for (let count = 0; count <= mostNamesakes; count += 1) {
      const number = count < 2 ? '' : ` ${count}`
      const wanted = called(count === 0 ? '' : ` (${provider}${number})`)
      const other = await this.find({ name: wanted })
      if (!other || other.id === own) return wanted
    }
    return called(` (${randomUUID()})`)
  }

  /** Adds a person, and returns the id; throws a 409 if the name is taken. */
  async add(
    name: string,
    role: Role,
    password: string | null = null,
    area: Area | null = null,
  ): Promise<string> {
    const id = randomUUID()
    const { numInsertedOrUpdatedRows: inserted } = await this.#store
      .insertInto('person')
      .values({
        id,
        name,
        name_key: nameKey(name),
        role,
        password,
        disabled: 0,
        created_at: Date.now(),
        issuer: null,
        subject: null,
        area: areaText(area),
      })
      .onConflict((conflict) => conflict.column('name_key').doNothing())
      .executeTakeFirst()
    if (inserted !== 1n) throw refuse('in-use', 409, { code: 'name-taken' })
    return id
  }

  /** Adds the first person, an admin, and returns the id; throws a 410 where someone else was first. */
  addFirst(name: string, password: string): Promise<string> {
    return this.#alone(async (people) => {
      if (await people.some())
        throw refuse('not-found', 410, { code: 'no-such-invitation' })
      return people.add(name, 'admin', password)
    })
  }

  async setPassword(id: string, password: string): Promise<void> {
    await this.#store.updateTable('person').set({ password }).where('id', '=', id).execute()
  }

  /**
   * Changes a person; throws a 409 where nobody could manage people then, and a 412 if the row isn't what its author has
   * `seen`.
   */
  change(id: string, change: PersonChange, seen?: string): Promise<void> {
    return this.#alone((people) => people.#change(id, change, seen))
  }

  async #change(
    id: string,
    { name, role, disabled, area }: PersonChange,
    seen: string | undefined,
  ): Promise<void> {
    const stored = await this.#storedRow(id)
    const row = await this.row(id)
    requireSeen(row, seen)
    if (name !== undefined || role !== undefined) requireOwn(row)
    if ((role ?? 'admin') !== 'admin' || disabled === true) await this.#requireAnother(row)
    const other = name === undefined ? undefined : await this.find({ name })
    if (other && other.id !== id) throw refuse('in-use', 409, { code: 'name-taken' })
    const set = {
      ...(name === undefined ? {} : { name, name_key: nameKey(name) }),
      ...(role === undefined ? {} : { role }),
      ...(disabled === undefined ? {} : { disabled: disabled ? 1 : 0 }),
      ...(area === undefined ? {} : { area: areaText(area) }),
    }
    if (Object.keys(set).length === 0) return
    const change = this.#store.updateTable('person').set(set).where('id', '=', id)
    if (seen === undefined || !stored) return void (await change.execute())
    // The identity provider may have changed it since it was compared.
    const { numUpdatedRows: updated } = await change
      .where('name', '=', stored.name)
      .where('role', '=', stored.role)
      .where('disabled', '=', stored.disabled)
      .where('area', stored.area === null ? 'is' : '=', stored.area)
      .executeTakeFirst()
    if (updated !== 1n) throw hasChanged()
  }

  #storedRow(id: string) {
    return this.#store
      .selectFrom('person')
      .select(['name', 'role', 'disabled', 'area'])
      .where('id', '=', id)
      .executeTakeFirst()
  }

  /** Deletes a person; throws a 409 where nobody could manage people then. */
  remove(id: string): Promise<void> {
    return this.#alone(async (people) => {
      await people.#requireAnother(await people.row(id))
      const store = people.#store
      await store.deleteFrom('invitation').where('person_id', '=', id).execute()
      await store.deleteFrom('kept').where('person', '=', id).execute()
      await store.deleteFrom('person').where('id', '=', id).execute()
    })
  }

  async #requireAnother(row: PersonRow): Promise<void> {
    const isActive = (one: PersonRow) => one.role === 'admin' && !one.disabled && one.joined
    if (!isActive(row)) return
    const others = (await this.list()).filter((one) => one.id !== row.id && isActive(one))
    const [other] = others
    if (!other) throw refuse('in-use', 409, { code: 'last-admin' })
    // Someone must be able to come in while the provider is down.
    const isLastLocal = !row.provider && others.every((one) => one.provider)
    if (!isLastLocal) return
    const { provider = '' } = other
    throw refuse('in-use', 409, { code: 'last-local-admin', provider })
  }

  /**
   * As `#inTurn`, but also one change of all servers at a time, so that the last two admins can't take each other's role
   * away at once. The row of the policy is the lock.
   */
  #alone<T>(work: (people: People) => Promise<T>): Promise<T> {
    return this.#inTurn(() =>
      this.#store.transaction().execute(async (within) => {
        await within.updateTable('policy').set({ id: 1 }).where('id', '=', 1).execute()
        return work(new People(within, this.#nameOf))
      }),
    )
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#changes.then(work, work)
    this.#changes = done.catch(() => undefined)
    return done
  }
}
