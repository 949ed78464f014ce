import type { Row } from '../../../api/inventory.ts'

/** The favorites, then the others, each in the order they had. */
export const favoritesFirst = (
  rows: readonly Row[],
  favorites: ReadonlySet<string>,
): Row[] => [
  ...rows.filter(({ key }) => favorites.has(key)),
  ...rows.filter(({ key }) => !favorites.has(key)),
]
