/** Chooses how the list arranges its rows. */
import { useLingui } from '@lingui/react/macro'
import { useEffect } from 'react'

import { Checkbox } from '../../../ui/Checkbox.tsx'
import type { ListView } from '../list/list-view.ts'
import { loadQueryTools } from '../query/load-tools.ts'

type ArrangePanelProps = Pick<ListView, 'favoritesFirst'> & {
  onChange: (part: Partial<ListView>) => void
}

export function ArrangePanel({ favoritesFirst, onChange }: ArrangePanelProps) {
  const { t } = useLingui()
  // What arranges the rows is there when something is chosen.
  useEffect(() => void loadQueryTools(), [])
  return (
    <Checkbox
      label={t`Show favorites first`}
      checked={favoritesFirst}
      onChange={({ target }) => onChange({ favoritesFirst: target.checked })}
    />
  )
}
