import { useLingui } from '@lingui/react/macro'

import type {
  Cause,
  CauseCode,
  EntryCode,
  JobCause,
  Problem,
  ProblemCode,
  ProblemEntry,
  ZoneCause,
} from '#contract/problem.ts'

import { formatClockSeconds, formatDateTime, formatNumber } from './format.ts'
import { useApprovalCauseWords } from './people/approval-words.ts'
import { usePeopleCauseWords, useSignOnCauseWords } from './people/people-words.ts'
import { useRoleWords } from './people/role-block.ts'
import { usePlanRefusalWords } from './plan-words.ts'
import { zoneCity } from './zone-city.ts'

/** What a problem means in plain words, one sentence per code. */
export function useProblemTitle(): (problem: Pick<Problem, 'code'>) => string {
  const { t } = useLingui()
  const titles: Record<ProblemCode, string> = {
    'not-found': t`Not found`,
    invalid: t`Some values in this request aren’t valid`,
    'too-large': t`This request is too large`,
    'not-allowed': t`You don’t have permission to do this`,
    'signed-out': t`You’re signed out`,
    'cross-site': t`Vedette rejected this request because it came from another website`,
    changed: t`Someone else made changes at the same time`,
    'already-sent': t`This was already sent`,
    'in-use': t`Someone is using this`,
    'zone-refused': t`The zone rejected this request`,
    'bad-credentials': t`The zone rejected this server’s API key or secret`,
    'clock-skew': t`This server’s clock is wrong, so the zone rejects its requests`,
    denied: t`This server’s API key doesn’t allow this`,
    'zone-busy': t`Too many requests to this zone`,
    'zone-failed': t`The zone reported an internal error`,
    'zone-unreachable': t`Can’t connect to the zone`,
    'zone-timeout': t`The zone took too long to respond`,
    'zone-garbage': t`The zone sent a response that Vedette can’t read`,
    internal: t`Something went wrong in Vedette`,
  }
  // A newer server may know codes that this page does not.
  return ({ code }) => titles[code] ?? titles.internal
}

/** What is to be said of jobs and their instances. */
function useJobCauseWords(): (city: string) => Record<JobCause, string> {
  const { t } = useLingui()
  return (city) => ({
    'no-such-job': t`This bulk action doesn’t exist.`,
    'bad-job': t`The request doesn’t describe a valid bulk action.`,
    'job-in-progress': t`This bulk action is still in progress.`,
    'nothing-to-retry': t`No instance failed, so there is nothing to try again.`,
    'nothing-to-undo': t`Nothing of this bulk action can be undone.`,
    'instance-gone': t`The instance doesn’t exist anymore.`,
    'instance-not-readable': t`${city} didn’t return the instance’s current labels, and without them the others would be lost.`,
    'already-so': t`The instance was already in this state.`,
    'name-changed': t`The instance was renamed after you confirmed.`,
    'labels-changed': t`The labels have changed since, so they weren’t restored.`,
    'job-stopped': t`Not requested, because the bulk action was stopped.`,
    'job-too-old': t`Not requested, because Vedette wasn’t running for a day.`,
    'zone-kept-busy': t`${city} rejected this for an hour because of too many requests, and Vedette stopped trying.`,
    'stop-not-confirmed': t`The stop is saved, but the Vedette server that runs this bulk action hasn’t confirmed it yet.`,
    'may-be-done': t`Nothing shows whether Exoscale did this. Check the instance before you try again.`,
  })
}

/** What is to be said of a zone that didn’t respond, or not as it should. */
function useZoneCauseWords(): (
  city: string,
  values: { most: string; status: number },
) => Record<ZoneCause, string> {
  const { t } = useLingui()
  return (city, { most, status }) => ({
    'zone-unreachable': t`Can’t connect to ${city}.`,
    'zone-timeout': t`${city} took too long to respond.`,
    'zone-not-loaded': t`${city} isn’t available yet.`,
    'zone-data-not-loaded': t`Can’t load data from this zone.`,
    'answer-lost': t`${city} received the request, but the connection was lost before it responded.`,
    'not-sent-in-time': t`Nothing was sent, because ${city} couldn’t be reached within ten seconds. Try again.`,
    'zone-queue-full': t`Nothing was sent, because too many requests are waiting for ${city}. Try again in a moment.`,
    'answer-too-large': t`${city} sent a response of more than ${most} MiB, which is too large for Vedette.`,
    'unreadable-answer': t`${city} sent a response that Vedette can’t read.`,
    'no-event-list': t`${city} sent a response that isn’t a list of events.`,
    'unexpected-status': t`${city} returned the unexpected status ${status}.`,
    'no-message': t`The zone returned status ${status} without a message.`,
  })
}

/** The values of a cause as people read them. */
const valuesOf = ({ least = 0, most = 0, at = 0, zone = '', ...cause }: Cause) => ({
  least: formatNumber(least),
  most: formatNumber(most),
  when: formatClockSeconds(at),
  provider: cause.provider ?? '',
  city: zoneCity(zone),
  label: cause.label ?? '',
  right: cause.right ?? ('see' as const),
})

/** What Vedette's server has to say, in one sentence; undefined for a newer server's code. */
export function useCauseWords(): (cause: Cause) => string | undefined {
  const { t } = useLingui()
  const planRefusal = usePlanRefusalWords()
  const byRole = useRoleWords()
  const peopleWords = usePeopleCauseWords()
  const signOnWords = useSignOnCauseWords()
  const approvalWords = useApprovalCauseWords()
  const jobWords = useJobCauseWords()
  const zoneWords = useZoneCauseWords()
  return (cause) => {
    const { zone = '', role = 'admin', status = 0, refusal = 'unknown' } = cause
    const { lacks = '' } = cause
    const ofPeople = valuesOf(cause)
    const { most, city } = ofPeople
    const when = formatDateTime(cause.at ?? 0)
    const words: Record<CauseCode, string> = {
      'needs-role': byRole[role],
      'bad-id': t`The ID isn’t valid.`,
      'no-such-endpoint': t`The operation doesn’t exist or the ID isn’t valid.`,
      'no-such-zone': t`Zone ${zone} doesn’t exist or isn’t available in Vedette.`,
      'zones-not-loaded': t`The list of zones isn’t available yet. Try again in a moment.`,
      'no-such-page': t`Page not found.`,
      'no-such-instance': t`No zone has an instance with this ID.`,
      'no-such-snapshot': t`This snapshot doesn’t exist.`,
      'no-screenshot': t`This snapshot has no screenshot.`,
      'no-such-chain': t`This change doesn’t exist.`,
      'store-unavailable': t`Vedette can’t reach its database at the moment. Try again soon.`,
      'bad-text': t`The text contains a character that can’t be stored (U+0000 or half of a character). Remove it and try again.`,
      'note-too-long': t`A note can have at most ${most} characters.`,
      'note-changed': t`Someone else has changed this note. Nothing was saved.`,
      'bad-screenshot': t`The screenshot must be a WebP or PNG image of at most ${most} KiB.`,
      'bad-name-for-data': t`Vedette can’t store data under this name.`,
      'data-too-large': t`The data is larger than ${most} bytes.`,
      'too-much-data': t`Vedette stores data under at most ${most} names for each person. Delete one of them first.`,
      'not-json': t`The request body isn’t valid JSON.`,
      'bad-request': t`The request isn’t valid.`,
      'request-too-large': t`The request is too large.`,
      'bad-change': t`The request doesn’t describe a valid change.`,
      'change-not-accepted': t`Exoscale doesn’t accept this change.`,
      'change-not-possible': planRefusal(refusal),
      'change-in-progress': t`Another change to this instance is in progress.`,
      'chain-is-complete': t`All steps of this change are already complete.`,
      'rule-gone': t`The rule is no longer in the security group.`,
      'group-has-rules': t`The security group has rules by now. Undo those first.`,
      'bad-order': t`The request doesn’t describe valid instances.`,
      ...jobWords(city),
      ...peopleWords(ofPeople),
      ...signOnWords(ofPeople.provider),
      ...approvalWords(most),
      'values-not-accepted': t`Exoscale doesn’t accept these values.`,
      'no-such-network': t`This private network doesn’t exist in ${city}.`,
      'no-such-elastic-ip': t`This elastic IP doesn’t exist in ${city}.`,
      'plan-changed': t`Nothing was changed, because the instance isn’t as it was when you confirmed. Check what this will do now and try again.`,
      'values-changed': t`Nothing was saved. Check the current values and try again.`,
      'bad-key': t`The ID of the request isn’t valid.`,
      'already-sent': t`The same request was sent at ${when} and accepted. Nothing was sent again.`,
      'already-sent-unknown': t`The same request was sent at ${when}, and its result isn’t known yet. Check the operations before you send it again.`,
      'wrong-host': t`This host name isn’t allowed. Use the host name that is set in PUBLIC_URL.`,
      'other-website': t`Requests from other websites aren’t allowed.`,
      'not-from-vedette': t`This request wasn’t sent by Vedette.`,
      internal: t`Vedette had an internal error.`,
      'server-unreachable': t`Can’t connect to the Vedette server.`,
      ...zoneWords(city, { most, status }),
      'screen-in-use': t`Someone has this screen open, so no screenshot is taken.`,
      'console-host': t`The zone returned a console host that CONSOLE_HOSTS doesn’t allow. Ask your administrator to add it.`,
      'no-instance-id': t`The zone didn’t return the ID of the new instance.`,
      'gave-up': t`Vedette couldn’t reach ${city} for an hour and stopped trying.`,
      'may-be-created': t`The instance may have been created. Check the list before you try again.`,
      'judged-by-instance': t`This server’s API key doesn’t allow ${lacks}, so Vedette judged the result by the instance.`,
      'operation-not-readable': t`This server’s API key doesn’t allow ${lacks}, so the result is unknown.`,
      'user-data-lost': t`Can’t read the saved user data because the API secret has changed. Nothing was created.`,
    }
    return words[cause.code]
  }
}

/** What is wrong with one value, in one sentence by Vedette or in Exoscale's own words. */
export function useEntryWords(): (entry: ProblemEntry) => string {
  const { t } = useLingui()
  return ({ code, message, ...entry }) => {
    if (!code) return message
    const limit = formatNumber(entry.limit ?? 0)
    const words: Record<EntryCode, string> = {
      missing: t`This value is required.`,
      unknown: t`This value isn’t known.`,
      'too-small': t`Enter at least ${limit}.`,
      'too-large': t`Enter at most ${limit}.`,
      'too-short': t`Use at least ${limit} characters.`,
      'too-long': t`Use at most ${limit} characters.`,
      'too-few': t`Choose at least ${limit}.`,
      'too-many': t`Choose at most ${limit}.`,
      'not-offered': t`Choose one of the available values.`,
      invalid: t`This value isn’t valid.`,
      'needs-body': t`The request needs a body.`,
      'no-body': t`The request can’t have a body.`,
      'not-json': t`The request body isn’t valid JSON.`,
      repeated: t`This value can appear only once.`,
      empty: t`This value can’t be empty.`,
      count: t`Create from 1 to ${limit} instances.`,
      'not-unique': t`Each entry must be different.`,
      'one-instance-only': t`Only one instance can have this name.`,
      'one-address-only': t`Only one instance can have this IP address.`,
      'bad-id': t`An ID isn’t valid.`,
      'needs-public-ip': t`The instance needs a public IP address.`,
      'no-such-network': t`This private network doesn’t exist.`,
      'no-such-elastic-ip': t`This elastic IP doesn’t exist.`,
    }
    // A newer server's code is missing here.
    return words[code] ?? message
  }
}

/** The text of a problem below its title: Vedette's sentence, or Exoscale's own words. */
export function useProblemWords(): (problem: Pick<Problem, 'message' | 'cause'>) => string {
  const causeWords = useCauseWords()
  return ({ message, cause }) => (cause && causeWords(cause)) ?? message
}
