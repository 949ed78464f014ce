import { Drawing, type DrawingProps } from './Drawing.tsx'

/** A clock over a flat line. */
export function NothingHappened({ className }: DrawingProps) {
  return (
    <Drawing className={className ?? ''}>
      <circle cx="48" cy="28" r="20" />
      <path className="text-accent" d="M48 16v12l8 5" />
      <path d="M8 62h22M36 62h24M66 62h22" opacity="0.5" />
    </Drawing>
  )
}
