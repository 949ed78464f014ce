import type { Quota } from '#contract/types.ts'

/** How many more instances the organization may have, as far as its zone says; undefined if there is no limit. */
export function instanceRoom(
  quotas: readonly Quota[] | undefined,
): { limit: number; usage: number; free: number } | undefined {
  const { limit, usage } = quotas?.find((one) => one.resource === 'instance') ?? {}
  if (limit === undefined || usage === undefined || limit < 0) return undefined
  return { limit, usage, free: Math.max(0, limit - usage) }
}
