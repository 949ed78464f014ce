/** Vedette's mark: the head of the lookout's horse, ears up. The same drawing is in public/. */
type MarkProps = {
  size?: number
  /** Amber: something on the page needs attention. */
  attention?: boolean
  /** Only where the name does not stand beside it. */
  title?: string
  className?: string
}

export function Mark({ size = 20, attention = false, title, className = '' }: MarkProps) {
  const ground = attention ? '#f2be62' : '#5246cd'
  return (
    <svg
      viewBox="0 0 32 32"
      width={size}
      height={size}
      role={title ? 'img' : undefined}
      aria-label={title}
      aria-hidden={title ? undefined : true}
      className={`shrink-0 forced-color-adjust-none ${className}`}
    >
      <rect width="32" height="32" rx="7" fill={ground} />
      <path
        fill={attention ? '#1c1f2a' : '#ffffff'}
        d="M6.5 27.5C6.3 17.5 8.5 10 13.2 4.2l3.2 4 4.4 1.8 6.2 8.7-2.7 3.9-6.7-1.7 4.3 6.6Z"
      />
      <circle cx="17.2" cy="13.4" r="1.9" fill={ground} />
    </svg>
  )
}
