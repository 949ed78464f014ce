import type { ReactNode } from 'react'

export type DrawingProps = {
  className?: string
}

/**
 * The frame of the drawings for empty states: 96 by 72, with lines as thick as the icons' and one
 * detail in the accent color. They are decorative; the sentence below has the information.
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
