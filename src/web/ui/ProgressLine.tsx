/** A thin moving line for work without a known length: a refresh, a page being fetched. */
export function ProgressLine({
  label,
  className = '',
}: {
  label: string
  className?: string
}) {
  return (
    <div className={`h-0.5 w-full overflow-hidden ${className}`}>
      <progress className="sr-only" aria-label={label} />
      <div className="h-full w-1/4 animate-sweep bg-accent-fill motion-reduce:w-full motion-reduce:opacity-50 forced-colors:bg-[Highlight]" />
    </div>
  )
}
