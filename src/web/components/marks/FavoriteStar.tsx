/** A button that marks an instance as a favorite of the person, and takes the mark away. */
import { useLingui } from '@lingui/react/macro'

import type { Row } from '../../api/inventory.ts'
import { useFavorites } from '../../stores/favorites.ts'

/** The button alone, for many rows that one place reads the favorites for. */
export function starButton(
  row: Row,
  label: string,
  isFavorite: boolean | undefined,
  className: string,
) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-pressed={isFavorite ?? false}
      onClick={() => useFavorites.getState().toggle?.(row.key)}
      // Until they are read, it can't be said of any instance that it is none.
      className={`ui-star ${isFavorite === undefined ? 'invisible' : ''} ${className}`}
    />
  )
}

export function FavoriteStar({ row, className }: { row: Row; className: string }) {
  const { t } = useLingui()
  const isFavorite = useFavorites(({ keys }) => keys?.has(row.key))
  const name = row.name ?? row.id
  return starButton(row, t`Favorite ${name}`, isFavorite, className)
}
