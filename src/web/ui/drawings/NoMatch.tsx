import { Drawing, type DrawingProps } from './Drawing.tsx'

/** Rows, and a glass that found nothing among them. */
export function NoMatch({ className }: DrawingProps) {
  return (
    <Drawing className={className ?? ''}>
      <path d="M10 14h44M10 28h24M10 42h20M10 56h36" opacity="0.5" />
      <circle className="text-accent" cx="57" cy="34" r="17" />
      <path className="text-accent" d="m69.5 46.5 15 15" strokeWidth="2.5" />
      <path d="M51 34h12" />
    </Drawing>
  )
}
