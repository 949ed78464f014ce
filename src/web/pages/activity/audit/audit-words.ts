/** Says in words what entries of the audit log are about and how they ended. */
import { useLingui } from '@lingui/react/macro'

import {
  ownEvents,
  type AuditEntry,
  type AuditFault,
  type AuditResult,
  type OwnEvent,
} from '#contract/audit/audit.ts'
import { isEndpointId, type EndpointId } from '#contract/endpoints.ts'
import { jobEndpoints, type JobAction } from '#contract/job.ts'

import { useEndWords } from '../../../components/end-words.ts'
import { formatNumber } from '../../../components/format.ts'
import { useEndpointWords } from '../../../components/operation-words.ts'
import { useJobTitle } from '../../../instance/jobs/job-words.ts'

/** What Vedette itself does; the type check finds an event without words. */
function useOwnWords(): (event: OwnEvent) => string {
  const { t } = useLingui()
  return (event) => {
    const words: Record<OwnEvent, string> = {
      'sign-in': t`Sign in`,
      'sign-out': t`Sign out`,
      'set-up': t`Set up account`,
      'change-password': t`Change own password`,
      'end-session': t`End session`,
      'choose-demo-role': t`Choose demo role`,
      'load-scenario': t`Load scenario`,
      'invite-person': t`Invite person`,
      'update-person': t`Change account`,
      'delete-person': t`Delete account`,
      'create-invitation': t`Create account link`,
      'change-policy': t`Change rights of roles`,
      'update-note': t`Change note`,
      'store-screenshot': t`Save screenshot of snapshot`,
      'stop-job': t`Stop bulk action`,
      'retry-job': t`Retry bulk action`,
      'undo-job': t`Undo bulk action`,
      'retry-creation': t`Retry creation`,
      'export-audit': t`Export audit log`,
      'prune-audit': t`Delete old entries of audit log`,
      'ask-approval': t`Ask a second person`,
      'confirm-approval': t`Confirm as second person`,
      'decline-approval': t`Decline as second person`,
      'withdraw-approval': t`Withdraw request for a second person`,
      'expire-approval': t`Request for a second person expired`,
      refuse: t`Request without permission`,
    }
    return words[event]
  }
}

const bulk = 'bulk-'
const mostNames = 5
const isOwn = (event: string): event is OwnEvent => ownEvents.some((one) => one === event)

/** The action of a bulk action's entry. */
export const jobActionOf = (event: string): JobAction | undefined => {
  const action = event.startsWith(bulk) ? event.slice(bulk.length) : ''
  return Object.hasOwn(jobEndpoints, action)
    ? (action as JobAction) // as just seen
    : undefined
}

/** The number in what was changed; 0 where there is none. */
const countIn = ({ changed }: Pick<AuditEntry, 'changed'>): number => {
  const count = changed?.['count']
  return typeof count === 'number' ? count : 0
}

/** The first instances of a bulk action, by name, and how many more there are. */
export function namesOf({ event, changed }: AuditEntry): { names: string[]; more: number } {
  const known = changed?.['names']
  if (!jobActionOf(event) || !Array.isArray(known)) return { names: [], more: 0 }
  const names = known
    .filter((name): name is string => typeof name === 'string' && name !== '')
    .slice(0, mostNames)
  return { names, more: countIn({ changed }) - names.length }
}

/** What only the log has words for, since it is no change. */
function useRevealWords(): Partial<Record<EndpointId, string>> {
  const { t } = useLingui()
  return {
    'get-console-proxy-url': t`Open console`,
    'reveal-instance-password': t`Show password`,
  }
}

/** What was done, in words; the technical name where a newer server has an event without words. */
export function useEventWords(): (entry: Pick<AuditEntry, 'event' | 'changed'>) => string {
  const { t } = useLingui()
  const ownWords = useOwnWords()
  const jobTitle = useJobTitle()
  const endpointWords = useEndpointWords()
  const revealWords = useRevealWords()
  const operationWords = (id: string) =>
    (isEndpointId(id) && revealWords[id]) || endpointWords(id)
  return (entry) => {
    const { event, changed } = entry
    const action = jobActionOf(event)
    if (action) return jobTitle(action, countIn(entry))
    const wanted = event === 'refuse' ? changed?.['request'] : undefined
    if (typeof wanted === 'string' && isEndpointId(wanted)) return operationWords(wanted)
    if (isOwn(event)) return ownWords(event)
    const isGlance = changed?.['thumbnail'] === true
    return isGlance ? t`Show thumbnail of screen` : operationWords(event)
  }
}

/** How it ended; `accepted` is what goes on. */
export function useResultWords(): Record<AuditResult, string> {
  const { t } = useLingui()
  const { running, ...words } = useEndWords()
  return { ...words, accepted: running, refused: t`Rejected` }
}

/** Where the log is not as it was written, and what is wrong there. */
export function useFaultWords(): (fault: { seq: number; why: AuditFault }) => string {
  const { t } = useLingui()
  return ({ seq, why }) => {
    const row = formatNumber(seq)
    const words: Record<AuditFault, string> = {
      missing: t`Row ${row} is missing.`,
      changed: t`Row ${row} was changed.`,
      cut: t`Row ${row} and all later rows are missing.`,
      signature: t`Row ${row} isn’t as this server signed it.`,
    }
    return words[why]
  }
}
