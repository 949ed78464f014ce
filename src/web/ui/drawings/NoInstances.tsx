import { Drawing, type DrawingProps } from './Drawing.tsx'

/** An empty rack with one bay waiting. */
export function NoInstances({ className }: DrawingProps) {
  return (
    <Drawing className={className ?? ''}>
      <rect x="20" y="6" width="56" height="60" rx="4" />
      <path d="M20 21h56M20 51h56" />
      <path d="M28 13.500h14M28 58.500h14" opacity="0.5" />
      <path d="M68 13.500h.01M68 58.500h.01" strokeWidth="3" opacity="0.5" />
      <rect x="26" y="27" width="44" height="18" rx="3" strokeDasharray="3 4" />
      <path className="text-accent" d="M48 31v10M43 36h10" />
    </Drawing>
  )
}
