import { useId, type ReactNode } from 'react'

export interface SectionProps {
  title: ReactNode
  description?: ReactNode
  actions?: ReactNode
  level?: 2 | 3
  id?: string
  className?: string
  children: ReactNode
}

/** A titled part of a page without a frame; forms and settings are made of these. */
export function Section({
  title,
  description,
  actions,
  level = 2,
  id,
  className = '',
  children,
}: SectionProps) {
  const titleId = useId()
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <section
      id={id}
      aria-labelledby={titleId}
      className={`grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4 ${className}`}
    >
      <div className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <Heading
            id={titleId}
            className={level === 2 ? 'text-lg font-semibold' : 'text-base font-semibold'}
          >
            {title}
          </Heading>
          {description && <p className="max-w-2xl text-sm text-muted">{description}</p>}
        </div>
        {actions && <div className="flex items-center gap-2">{actions}</div>}
      </div>
      {children}
    </section>
  )
}
