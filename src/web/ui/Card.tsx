import { useId, type ReactNode } from 'react'

type CardProps = {
  title?: ReactNode
  actions?: ReactNode
  /** Off for a card that is all table. */
  padded?: boolean
  level?: 2 | 3
  id?: string
  className?: string
  children: ReactNode
}

export function Card({
  title,
  actions,
  padded = true,
  level = 2,
  id,
  className = '',
  children,
}: CardProps) {
  const titleId = useId()
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <section
      id={id}
      aria-labelledby={title ? titleId : undefined}
      className={`min-w-0 rounded-lg border bg-surface ${className}`}
    >
      {(title || actions) && (
        <div className="flex min-h-11 flex-wrap items-center justify-between gap-x-3 gap-y-1 px-4 pt-2 pb-1">
          {title && (
            <Heading id={titleId} className="min-w-0 py-1.25 text-base font-semibold">
              {title}
            </Heading>
          )}
          {actions && <div className="ms-auto flex items-center gap-2">{actions}</div>}
        </div>
      )}
      <div className={padded ? `px-4 pb-4 ${title || actions ? 'pt-1' : 'pt-4'}` : ''}>
        {children}
      </div>
    </section>
  )
}
