import { CircleCheck, CircleHelp, OctagonAlert } from 'lucide-react'

import { Spinner } from '../ui/Spinner.tsx'
import { useEndWords } from './end-words.ts'
import type { End } from './operation-outcome.ts'

/** The icon of an operation: it is in progress, or has ended in one of the ways. */
export function EndIcon({ end }: { end: End }) {
  const word = useEndWords()[end]
  switch (end) {
    case 'running':
      return <Spinner size={16} label={word} />
    case 'done':
      return <CircleCheck size={16} aria-label={word} className="text-running" />
    case 'failed':
    case 'timed-out':
      return <OctagonAlert size={16} aria-label={word} className="text-error" />
    case 'unknown':
      return <CircleHelp size={16} aria-label={word} className="text-muted" />
  }
}
