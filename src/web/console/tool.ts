/** Defines what a tool beside a screen is, and what its panel gets. */
import type { MessageDescriptor } from '@lingui/core'
import type { ComponentType, ReactNode } from 'react'

import type { Row } from '../api/inventory.ts'
import type { ConnectionState } from '../screen/connection-state.ts'
import type { ConsoleConnection } from '../screen/connection.ts'

export type ToolProps = {
  connection: ConsoleConnection
  state: ConnectionState
  /** The machine as the inventory tells it; undefined once it is gone. */
  row: Row | undefined
  name: string
  viewOnly: boolean
  /** What lies over the picture, let through by the pointer: the place for a portal. */
  layer: HTMLElement | null
  /** Opens another tool by its id; false where there is none. */
  openTool: (id: string) => boolean
  /** Closes the panel and gives the keys back to the screen. */
  onClose: () => void
}

export type Tool = {
  id: string
  label: MessageDescriptor
  /** A second, quiet line in the menu. */
  detail?: MessageDescriptor
  icon: ReactNode
  /** Beside the picture, or below it across its whole width; one is open in each place. */
  place: 'side' | 'bottom'
  /** Without it the tool is in the menu, but can't be opened. */
  needs: 'nothing' | 'picture' | 'keys'
  Panel: ComponentType<ToolProps>
}
