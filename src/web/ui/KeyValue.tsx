/** Facts in two columns, or in one if there is no space. Values begin at the same place in all cards of a width. */
import type { ReactNode } from 'react'

export function KeyValue({
  className = '',
  children,
}: {
  className?: string
  children: ReactNode
}) {
  return (
    <dl
      className={`grid w-full grid-cols-[minmax(7rem,min(9rem,45%))_minmax(0,1fr)] gap-x-6 gap-y-2 text-sm max-sm:grid-cols-1 max-sm:gap-y-0 ${className}`}
    >
      {children}
    </dl>
  )
}

export function Pair({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <>
      <dt className="hyphens-auto text-muted">{label}</dt>
      <dd className="min-w-0 break-words max-sm:mb-2">{children}</dd>
    </>
  )
}
