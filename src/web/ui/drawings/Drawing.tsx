import type { ReactNode } from 'react'

export type DrawingProps = {
  className?: string
}

/**
 * The sheet the drawings of the empty states share: 96 by 72, lines as heavy as the icons',
 * one touch of the accent each. They decorate; the sentence beneath says it.
 */
export function Drawing({
  className = '',
  children,
}: {
  className?: string
  children: ReactNode
}) {
  return (
    <svg
      viewBox="0 0 96 72"
      width="96"
      height="72"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className={className}
    >
      {children}
    </svg>
  )
}
