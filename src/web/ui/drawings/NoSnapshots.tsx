import { Drawing, type DrawingProps } from './Drawing.tsx'

/** A time line before its first moment. */
export function NoSnapshots({ className }: DrawingProps) {
  return (
    <Drawing className={className ?? ''}>
      <path d="M8 58h80" />
      <path d="M20 54v8M34 54v8M62 54v8M76 54v8" opacity="0.5" />
      <rect x="32" y="14" width="32" height="24" rx="4" strokeDasharray="3 4" />
      <circle className="text-accent" cx="48" cy="26" r="5" />
      <path d="M48 42v8" />
      <circle className="text-accent" cx="48" cy="58" r="4" fill="currentColor" />
    </Drawing>
  )
}
