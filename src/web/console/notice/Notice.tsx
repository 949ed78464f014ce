/** The box over a screen that isn't shown: what is so, why, and what can be done. */
import type { ReactNode } from 'react'

import type { Row } from '../../api/inventory.ts'
import type { ConnectionState } from '../../screen/connection-state.ts'
import type { ConsoleConnection } from '../../screen/connection.ts'

export type NoticeProps = {
  connection: ConsoleConnection
  state: ConnectionState
  row: Row | undefined
  name: string
  /** The page of an instance that no zone has listed yet; undefined once one has. */
  unknownAt: string | undefined
}

export function Notice(props: {
  icon: ReactNode
  title: string
  children?: ReactNode
  actions?: ReactNode
}) {
  const { icon, title, children, actions } = props
  return (
    <div className="pointer-events-none absolute inset-0 grid place-items-center overflow-auto p-4 ui-dark">
      <div className="pointer-events-auto grid w-full max-w-md justify-items-center gap-3 rounded-lg bg-surface px-6 py-6 text-center text-text shadow-float">
        <span className="text-muted [&_svg]:size-8">{icon}</span>
        <p className="text-base font-medium text-balance break-words">{title}</p>
        {children && <div className="grid gap-2 text-sm text-muted">{children}</div>}
        {actions && (
          <div className="mt-1 flex flex-wrap justify-center gap-2">{actions}</div>
        )}
      </div>
    </div>
  )
}
