/** What the buttons above the list open, in one file: each is small, and who opens one may open another. */
import type { ComponentProps } from 'react'

import { ArrangePanel } from './ArrangePanel.tsx'
import { ColumnPanel } from './ColumnPanel.tsx'
import { ExportPanel } from './ExportPanel.tsx'
import { ViewsPanel } from './ViewsPanel.tsx'

export type PanelProps =
  | { kind: 'views' }
  | ({ kind: 'arrange' } & ComponentProps<typeof ArrangePanel>)
  | ({ kind: 'columns' } & ComponentProps<typeof ColumnPanel>)
  | ({ kind: 'export' } & ComponentProps<typeof ExportPanel>)

export function Panel(props: PanelProps) {
  switch (props.kind) {
    case 'views':
      return <ViewsPanel />
    case 'arrange':
      return <ArrangePanel {...props} />
    case 'columns':
      return <ColumnPanel {...props} />
    case 'export':
      return <ExportPanel {...props} />
  }
}
