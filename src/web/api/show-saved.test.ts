import { QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'

import { showSaved } from './show-saved.ts'

test('a read that began before the save doesn’t bring back what was there before', async () => {
  const queries = new QueryClient()
  const queryKey = ['policy']
  queries.setQueryData(queryKey, 'before')
  let answer = (_value: string) => {}
  const reading = queries.fetchQuery({
    queryKey,
    queryFn: () => new Promise<string>((resolve) => (answer = resolve)),
  })
  const ended = reading.catch(() => undefined)

  expect(await showSaved(queries, queryKey, 'saved')).toBe('saved')
  answer('before')
  await ended

  expect(queries.getQueryData(queryKey)).toBe('saved')
})

test('what was never read is not made up from a part', async () => {
  const queries = new QueryClient()
  const shown = await showSaved<{ a: string; b: string }>(
    queries,
    ['notes'],
    (old) => old && { ...old, b: 'saved' },
  )
  expect(shown).toBeUndefined()
})
