/** The menu of a label in the list: finds what has it, and gives it a color. */
import { useLingui } from '@lingui/react/macro'
import { Search } from 'lucide-react'
import { Link } from 'react-router'

import { useLabelColorEntries } from '../../../components/marks/use-label-colors.tsx'
import type { MenuEntry } from '../../../ui/menu-entry.ts'
import { MenuAt } from '../../../ui/MenuAt.tsx'
import { labelPath } from './label-path.ts'

export type LabelRequest = {
  /** As `key=value`. */
  label: string
  anchor: HTMLElement
  at: { x: number; y: number }
  byKeyboard: boolean
}

export function LabelMenu({
  request: { label, ...place },
  onClosed,
}: {
  request: LabelRequest
  onClosed: () => void
}) {
  const { t } = useLingui()
  const colorsOf = useLabelColorEntries()
  const items = (): MenuEntry[] => [
    {
      label: t`Show instances with this label`,
      icon: <Search />,
      render: <Link to={labelPath(label)} />,
    },
    { separator: true },
    ...colorsOf(label),
  ]
  return <MenuAt {...place} label={t`Label ${label}`} items={items} onClosed={onClosed} />
}
