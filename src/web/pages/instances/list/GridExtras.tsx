/** What listens to the rows of the grid: rows are seen first. */
import type { ComponentProps } from 'react'

import { GridContextMenu } from './GridContextMenu.tsx'
import { GridGlance } from './GridGlance.tsx'

export function GridExtras(props: ComponentProps<typeof GridContextMenu>) {
  return (
    <>
      <GridGlance grid={props.grid} />
      <GridContextMenu {...props} />
    </>
  )
}
