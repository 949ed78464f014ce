/** Where something is going to be. It doesn't move, because nothing happens yet. */
export function Skeleton({ className = 'h-4 w-full' }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={`block rounded-sm bg-hover forced-colors:border ${className}`}
    />
  )
}
