import { Ban, Check, CircleHelp, CircleX, LoaderCircle, TimerOff } from 'lucide-react'
import type { ReactNode } from 'react'

import type { AuditResult } from '#contract/audit/audit.ts'

import { Badge, type BadgeTone } from '../../../ui/Badge.tsx'
import { useResultWords } from './audit-words.ts'

const looks: Record<AuditResult, { tone: BadgeTone; icon: ReactNode }> = {
  accepted: { tone: 'transitional', icon: <LoaderCircle aria-hidden="true" /> },
  done: { tone: 'running', icon: <Check aria-hidden="true" /> },
  refused: { tone: 'error', icon: <Ban aria-hidden="true" /> },
  failed: { tone: 'error', icon: <CircleX aria-hidden="true" /> },
  'timed-out': { tone: 'error', icon: <TimerOff aria-hidden="true" /> },
  unknown: { tone: 'warning', icon: <CircleHelp aria-hidden="true" /> },
}

/** How an entry ended; what was only begun is in progress. */
export function ResultBadge({ result = 'accepted' }: { result?: AuditResult | undefined }) {
  const words = useResultWords()
  const { tone, icon } = looks[result]
  return (
    <Badge tone={tone} icon={icon}>
      {words[result]}
    </Badge>
  )
}
