/** Stores chains, and the encrypted secrets that are still to be sent. */
import type { Chain } from '#contract/chain.ts'

import type { Seal } from '../store/seal.ts'
import type { Store } from '../store/store.ts'
import { refuse } from '../zone/refusals.ts'

const rowOf = (chain: Chain) => ({
  id: chain.id,
  zone: chain.zone,
  state: chain.state,
  started_at: chain.startedAt,
  body: JSON.stringify(chain),
})

const read = (body: string) => JSON.parse(body) as Chain // rowOf wrote it

/** Stores a chain as it is now. */
export async function storeChain(store: Store, chain: Chain): Promise<void> {
  const row = rowOf(chain)
  const { state, body } = row
  await store
    .insertInto('chain')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ state, body }))
    .execute()
}

/** Stores all new chains or none, each with the secret of its first call. */
export async function storeNew(
  store: Store,
  seal: Seal,
  chains: Chain[],
  secret: string | undefined,
): Promise<void> {
  await store.transaction().execute(async (within) => {
    await within.insertInto('chain').values(chains.map(rowOf)).execute()
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

/** Running chains and those started since; deletes the secrets of all others. */
export async function recentChains(store: Store, since: number): Promise<Chain[]> {
  const rows = await store
    .selectFrom('chain')
    .select('body')
    .where((where) =>
      where.or([where('state', '=', 'running'), where('started_at', '>', since)]),
    )
    .execute()
  const chains = rows.map(({ body }) => read(body))
  // A process that ended between the zone's response and the deletion leaves the secret behind.
  const needed = chains.filter(({ steps: [first] }) => first?.sealed).map(({ id }) => id)
  await store
    .deleteFrom('sealed')
    .where('chain_id', 'not in', ['', ...needed])
    .execute()
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
