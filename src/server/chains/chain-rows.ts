/** Stores chains, and the encrypted secrets that are still to be sent. */
import type { Chain } from '#contract/chain.ts'

import { requireOwn, type Replica } from '../replicas/replica.ts'
import type { Seal } from '../store/seal.ts'
import type { Store } from '../store/store.ts'
import { refuse } from '../zone/refusals.ts'

const rowOf = (chain: Chain, { owner }: Replica) => ({
  id: chain.id,
  zone: chain.zone,
  state: chain.state,
  started_at: chain.startedAt,
  body: JSON.stringify(chain),
  owner,
})

const read = (body: string) => JSON.parse(body) as Chain // rowOf wrote it

/** Stores a chain as it is now. Throws a `LeaseLost` where another server has taken it over. */
export async function storeChain(
  store: Store,
  replica: Replica,
  chain: Chain,
): Promise<void> {
  const row = rowOf(chain, replica)
  const { state, body } = row
  const { numInsertedOrUpdatedRows } = await store
    .insertInto('chain')
    .values(row)
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet({ state, body }).where(replica.mine('chain.owner')),
    )
    .executeTakeFirst()
  requireOwn(replica, numInsertedOrUpdatedRows, chain.id)
}

/** Throws a `LeaseLost` where another server has taken a chain over. */
export async function requireChain(
  store: Store,
  replica: Replica,
  { id }: Chain,
): Promise<void> {
  if (replica.owner === null) return
  const row = await store
    .selectFrom('chain')
    .select('id')
    .where('id', '=', id)
    .where(replica.mine('owner'))
    .executeTakeFirst()
  requireOwn(replica, row ? 1n : 0n, id)
}

/** Stores a chain that has ended and goes on; false where it goes on already. */
export async function takeUpChain(
  store: Store,
  replica: Replica,
  chain: Chain,
): Promise<boolean> {
  const { state, body, owner } = rowOf(chain, replica)
  const { numUpdatedRows } = await store
    .updateTable('chain')
    .set({ state, body, owner })
    .where('id', '=', chain.id)
    .where('state', '!=', 'running')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Stores all new chains or none, each with the secret of its first call. */
export async function storeNew(
  store: Store,
  seal: Seal,
  replica: Replica,
  { chains, secret }: { chains: Chain[]; secret: string | undefined },
): Promise<void> {
  await store.transaction().execute(async (within) => {
    await within
      .insertInto('chain')
      .values(chains.map((chain) => rowOf(chain, replica)))
      .execute()
    if (!secret) return
    const rows = chains.map(({ id }) => ({ chain_id: id, body: seal.close(secret, id) }))
    await within.insertInto('sealed').values(rows).execute()
  })
}

export async function removeChains(store: Store, chains: Chain[]): Promise<void> {
  const ids = chains.map(({ id }) => id)
  await store.deleteFrom('chain').where('id', 'in', ids).execute()
}

/** The chain of this id; throws a 404. */
export async function findChain(store: Store, id: string): Promise<Chain> {
  const row = await store
    .selectFrom('chain')
    .select('body')
    .where('id', '=', id)
    .executeTakeFirst()
  if (row) return read(row.body)
  throw refuse('not-found', 404, { code: 'no-such-chain' })
}

/** Running chains and those started since; deletes the secrets of those that have ended. */
export async function recentChains(store: Store, since: number): Promise<Chain[]> {
  // In one statement, because another server may be about to store a chain with its secret.
  await store
    .deleteFrom('sealed')
    .where('chain_id', 'not in', (query) =>
      query.selectFrom('chain').select('id').where('state', '=', 'running'),
    )
    .execute()
  const rows = await store
    .selectFrom('chain')
    .select('body')
    .where((where) =>
      where.or([where('state', '=', 'running'), where('started_at', '>', since)]),
    )
    .execute()
  return rows.map(({ body }) => read(body))
}

/** The other creations in a chain's zone that run, or that began at most a day before it, at each server. */
export async function otherCreations(
  store: Store,
  { id, zone, startedAt }: Chain,
): Promise<Chain[]> {
  const rows = await store
    .selectFrom('chain')
    .select('body')
    .where('zone', '=', zone)
    .where('id', '!=', id)
    .where((where) =>
      where.or([
        where('state', '=', 'running'),
        where('started_at', '>', startedAt - 24 * 3_600_000),
      ]),
    )
    .execute()
  return rows
    .map(({ body }) => read(body))
    .filter(({ endpoint }) => endpoint === 'create-instance')
}

/** Takes the running chains on which no server works. */
export async function adoptChains(store: Store, replica: Replica): Promise<Chain[]> {
  const rows = await store
    .updateTable('chain')
    .set({ owner: replica.owner })
    .where('state', '=', 'running')
    .where(replica.free('owner'))
    .returning('body')
    .execute()
  const chains = rows.map(({ body }) => read(body))
  // A process that ended between the zone's response and the deletion leaves the secret behind.
  for (const { id, steps } of chains) if (!steps[0]?.sealed) await dropSealed(store, id)
  return chains
}

export async function dropSealed(store: Store, chainId: string): Promise<void> {
  await store.deleteFrom('sealed').where('chain_id', '=', chainId).execute()
}

/** The secret of a chain; undefined if it is deleted or can't be decrypted. */
export async function openSealed(
  store: Store,
  seal: Seal,
  chainId: string,
): Promise<string | undefined> {
  const row = await store
    .selectFrom('sealed')
    .select('body')
    .where('chain_id', '=', chainId)
    .executeTakeFirst()
  return row && seal.open(row.body, chainId)
}
