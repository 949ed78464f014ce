/** Asks the server's own routes, past the pages. */
import type { Chain } from '#contract/chain.ts'
import type { Inventory } from '#contract/feed.ts'
import type { Instance, InstanceType } from '#contract/types.ts'

import type { Running } from './app.ts'

export const zone = 'ch-gva-2'

export async function ask<T>(
  { url }: Running,
  path: string,
  method = 'GET',
  body?: unknown,
): Promise<T> {
  const response = await fetch(`${url}/api${path}`, {
    method,
    headers: { 'x-vedette': '1', 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
  // The caller names the type that its endpoint documents.
  return JSON.parse(text) as T
}

export const inZone = <T>(app: Running, path: string, method?: string, body?: unknown) =>
  ask<T>(app, `/zones/${zone}${path}`, method, body)

export const read = (app: Running, id: string) => inZone<Instance>(app, `/instance/${id}`)

/** The chain in the inventory. */
export async function chainOf(app: Running, id: string): Promise<Chain | undefined> {
  const { chains } = await ask<Inventory>(app, '/inventory')
  return chains.find((chain) => chain.id === id)
}

/** The id of a standard type. */
export async function typeOf(app: Running, size: string): Promise<string> {
  const answer = await inZone<{ 'instance-types': InstanceType[] }>(app, '/instance-type')
  const found = answer['instance-types'].find(
    (one) => one.family === 'standard' && one.size === size,
  )
  return found?.id ?? ''
}
