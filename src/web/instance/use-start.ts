import { useMutation } from '@tanstack/react-query'

import type { Problem } from '#contract/problem.ts'

import { problemOf } from '../api/client.ts'
import { startInstance } from '../api/mutations.ts'

/** Starting needs no confirmation, so its failure is shown beside its button. */
export function useStart(target: { zone: string; id: string }): {
  mutate: () => void
  isPending: boolean
  problem: Problem | undefined
} {
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => startInstance(target),
  })
  return {
    mutate: () => mutate(),
    isPending,
    problem: error ? problemOf(error) : undefined,
  }
}
