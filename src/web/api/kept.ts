import { keptTag, type Kept } from '#contract/kept.ts'

import { problemOf, request } from './client.ts'

/** More tabs than change the same value in the same moment. */
const mostTries = 5

const path = (name: string) => `/api/kept/${encodeURIComponent(name)}`

/** What the signed-in person has stored under a name (contract/kept.ts). */
export const readKept = (name: string) => request<Kept>('GET', path(name))
/** Resolves when it is stored; with `seen`, only if that is what is stored until then. */
export const writeKept = (name: string, value: unknown, seen?: Kept) =>
  request<Kept>('PUT', path(name), value, { seen: seen && keptTag(seen) })
export const dropKept = (name: string, seen?: Pick<Kept, 'at'>) =>
  request<Kept>('DELETE', path(name), undefined, { seen: seen && keptTag(seen) })

/** Stores what `change` makes of what is stored, and again of what another tab stored in between. */
export async function changeKept(
  name: string,
  change: (value: unknown) => unknown,
): Promise<Kept> {
  for (let tries = 1; ; tries += 1) {
    const kept = await readKept(name)
    try {
      return await writeKept(name, change(kept.value), kept)
    } catch (error) {
      if (problemOf(error).code !== 'changed' || tries === mostTries) throw error
    }
  }
}

/**
 * Stores a value when the page is closed: the request is completed without the page. With `seen`, what another tab has
 * stored since stays.
 */
export function writeKeptAtLast(
  name: string,
  value: unknown,
  seen?: Pick<Kept, 'at'>,
): void {
  void fetch(path(name), {
    method: 'PUT',
    keepalive: true,
    headers: {
      'x-vedette': '1',
      'content-type': 'application/json',
      ...(seen ? { 'if-match': keptTag(seen) } : {}),
    },
    body: JSON.stringify(value),
  }).catch(() => undefined)
}
