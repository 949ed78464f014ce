import type { Kept } from '#contract/kept.ts'

import { request } from './client.ts'

const path = (name: string) => `/api/kept/${encodeURIComponent(name)}`

/** What the signed-in person has stored under a name (contract/kept.ts). */
export const readKept = (name: string) => request<Kept>('GET', path(name))
/** Resolves when it is stored. */
export const writeKept = (name: string, value: unknown) =>
  request<Kept>('PUT', path(name), value)
export const dropKept = (name: string) => request<Kept>('DELETE', path(name))

/** Stores a value when the page is closed: the request is completed without the page. */
export function writeKeptAtLast(name: string, value: unknown): void {
  void fetch(path(name), {
    method: 'PUT',
    keepalive: true,
    headers: { 'x-vedette': '1', 'content-type': 'application/json' },
    body: JSON.stringify(value),
  }).catch(() => undefined)
}
