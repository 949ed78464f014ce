import { VisuallyHidden } from './VisuallyHidden.tsx'

type SpinnerProps = {
  /** Needed if no text beside it describes the progress. */
  label?: string | undefined
  size?: 16 | 20 | 24
}

export function Spinner({ label, size = 16 }: SpinnerProps) {
  return (
    <>
      <svg
        className="shrink-0 animate-turn"
        viewBox="0 0 16 16"
        width={size}
        height={size}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.75"
        strokeLinecap="round"
        aria-hidden="true"
      >
        <path d="M14 8a6 6 0 1 1-3.2-5.3" />
      </svg>
      {label && <VisuallyHidden>{label}</VisuallyHidden>}
    </>
  )
}
