/** What listens to the rows of the grid: rows are seen first. */
import { useState, type ComponentProps } from 'react'

import { GridContextMenu } from './GridContextMenu.tsx'
import { GridGlance } from './GridGlance.tsx'
import { LabelMenu, type LabelRequest } from './LabelMenu.tsx'

export function GridExtras(props: Omit<ComponentProps<typeof GridContextMenu>, 'onLabel'>) {
  const [labelMenu, setLabelMenu] = useState<LabelRequest>()
  return (
    <>
      <GridGlance grid={props.grid} />
      <GridContextMenu {...props} onLabel={setLabelMenu} />
      {labelMenu && (
        <LabelMenu
          key={labelMenu.label}
          request={labelMenu}
          onClosed={() => setLabelMenu(undefined)}
        />
      )}
    </>
  )
}
