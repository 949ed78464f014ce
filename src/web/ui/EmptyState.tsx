import type { ReactNode } from 'react'

type EmptyStateProps = {
  /** One of `drawings/`. */
  drawing?: ReactNode
  /** The one sentence. */
  title: ReactNode
  children?: ReactNode
  action?: ReactNode
  className?: string
}

export function EmptyState({
  drawing,
  title,
  children,
  action,
  className = '',
}: EmptyStateProps) {
  return (
    <div className={`flex flex-col items-center px-4 py-10 text-center ${className}`}>
      {drawing && <div className="mb-4 text-muted">{drawing}</div>}
      <p className="max-w-md text-base font-medium text-balance">{title}</p>
      {children && <div className="mt-1 max-w-md text-sm text-muted">{children}</div>}
      {action && (
        <div className="mt-4 flex flex-wrap items-center justify-center gap-2">
          {action}
        </div>
      )}
    </div>
  )
}
