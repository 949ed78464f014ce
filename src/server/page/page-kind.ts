/** Says which page an address gets: some have one that loads all their files at once (vite.config.ts). */

export type PageKind = 'index' | 'console' | 'overview' | 'instance' | 'wall'

/** By the path, up to its query. */
const patterns: [PageKind, RegExp][] = [
  ['overview', /^\/$/],
  ['wall', /^\/wall\/?$/],
  ['instance', /^\/instances\/[^/]+\/[^/]+\/?$/],
  ['console', /^(\/console\/[^/]+\/[^/]+|\/instances\/[^/]+\/[^/]+\/console)\/?$/],
]

/** The page of `url`, a path with its query. */
export function pageKindOf(url: string): PageKind {
  const [path = ''] = url.split('?', 1)
  return patterns.find(([, pattern]) => pattern.test(path))?.[0] ?? 'index'
}
