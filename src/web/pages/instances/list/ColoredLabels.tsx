import { Link } from 'react-router'

import type { Row } from '../../../api/inventory.ts'
import { useLabelColors } from '../../../stores/label-colors.ts'
import { Badge } from '../../../ui/Badge.tsx'
import { labelPath } from './label-path.ts'

/** The labels that have a color: a card has no room for all of them. */
export function ColoredLabels({ row }: { row: Row }) {
  const { colors } = useLabelColors()
  const labels = Object.entries(row.labels ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .filter((label) => colors[label])
  if (labels.length === 0) return null
  return (
    <span className="flex min-w-0 flex-wrap gap-1">
      {labels.map((label) => (
        <Link
          key={label}
          to={labelPath(label)}
          translate="no"
          className="inline-flex max-w-full min-w-0 rounded-sm no-underline hover:underline"
        >
          <Badge hue={colors[label]}>{label}</Badge>
        </Link>
      ))}
    </span>
  )
}
