/** Defines what a tool beside a screen is, and what its panel gets. */
import type { ComponentType } from 'react'

import type { Row } from '../api/inventory.ts'
import type { ConnectionState } from '../screen/connection-state.ts'
import type { ConsoleConnection } from '../screen/connection.ts'

export type ToolProps = {
  connection: ConsoleConnection
  state: ConnectionState
  /** The instance in the inventory; undefined once it is deleted. */
  row: Row | undefined
  name: string
  viewOnly: boolean
  /** The element over the screen for portals; the pointer passes through it. */
  layer: HTMLElement | null
  /** Opens another tool by its id; false if there is none. */
  openTool: (id: string) => boolean
  /** Closes the panel and returns the focus to the screen. */
  onClose: () => void
}

export type ToolId =
  | 'send-text'
  | 'password'
  | 'recipes'
  | 'text'
  | 'explain'
  | 'time-machine'
  | 'about'

export type Tool = {
  id: ToolId
  /** Beside the screen, or below it across its whole width; one can be open in each place. */
  place: 'side' | 'bottom'
  /** Without it, the tool is in the menu but can't be opened. */
  needs: 'nothing' | 'picture' | 'keys'
  /** What the person has to be allowed for it; `needs: 'keys'` stands for typing. */
  right?: 'copy' | 'play'
  Panel: ComponentType<ToolProps>
}
