/** Starts one PostgreSQL and one store for all tests of a file. */
import { afterAll } from 'vitest'

import { openStore, type Store } from '../store/store.ts'
import { findPostgres, startPostgres, type TestPostgres } from './test-postgres.ts'

type Shared = { programs: string | undefined; postgres: TestPostgres; store: Store }

/** Starts them, and ends them after the file's tests. Without `programs`, skip the tests that use them. */
export async function sharedPostgres(): Promise<Shared> {
  const programs = findPostgres()
  // No test uses what isn't there.
  if (!programs) return { programs } as Shared
  const postgres = await startPostgres(programs)
  const store = await openStore(postgres.url)
  afterAll(async () => {
    await store.destroy()
    await postgres.close()
  })
  return { programs, postgres, store }
}
