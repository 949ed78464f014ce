import { Drawing, type DrawingProps } from './Drawing.tsx'

/** A tower whose light is out. */
export function ZoneDark({ className }: DrawingProps) {
  return (
    <Drawing className={className ?? ''}>
      <path d="M38 64 42 28h12l4 36M30 64h36" />
      <path d="M40 28v-9l8-7 8 7v9M38 28h20" />
      <path d="M41 40h14M39.5 52h17" opacity="0.5" />
      <path d="M30 20 16 15M30 26l-14 3M66 20l14-5M66 26l14 3" strokeDasharray="2 4" />
      <path className="text-accent" d="m45 18 6 6M51 18l-6 6" />
    </Drawing>
  )
}
