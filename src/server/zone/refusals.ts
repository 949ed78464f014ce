/**
 * Makes the errors that Vedette itself returns: a code and its values, which pages word, and one
 * English sentence for direct calls of the server.
 */
import type { ScreenRight } from '#contract/people/policy.ts'
import type {
  ApprovalCause,
  Cause,
  CauseCode,
  Problem,
  SignOnCause,
} from '#contract/problem.ts'

/** An error that is returned as its `problem`. */
export class ProblemError extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.message)
    this.problem = problem
  }
}

/** What a zone didn't do, or did wrong, by code. */
function zoneMessages({ zone = 'The zone', most = 0, status = 0 }: Cause) {
  return {
    'zone-unreachable': `Can’t connect to ${zone}.`,
    'zone-timeout': `${zone} took too long to respond.`,
    'zone-not-loaded': `${zone} isn’t available yet.`,
    'zone-data-not-loaded': 'Can’t load data from this zone.',
    'answer-lost': `${zone} received the request, but the connection was lost before it responded.`,
    'not-sent-in-time': `Nothing was sent, because ${zone} couldn’t be reached within ten seconds. Try again.`,
    'zone-queue-full': `Nothing was sent, because too many requests are waiting for ${zone}. Try again in a moment.`,
    'answer-too-large': `${zone} sent a response of more than ${most} MiB, which is too large for Vedette.`,
    'unreadable-answer': `${zone} sent a response that Vedette can’t read.`,
    'no-event-list': `${zone} sent a response that isn’t a list of events.`,
    'unexpected-status': `${zone} returned the unexpected status ${status}.`,
    'no-message': `The zone returned status ${status} without a message.`,
  } satisfies Partial<Record<CauseCode, string>>
}

/** What a bulk action didn't do, or can't, by code. */
function jobMessages({ zone = 'The zone' }: Cause) {
  return {
    'no-such-job': 'This bulk action doesn’t exist.',
    'bad-job': 'The request doesn’t describe a valid bulk action.',
    'job-in-progress': 'This bulk action is still in progress.',
    'nothing-to-retry': 'No instance failed, so there is nothing to try again.',
    'nothing-to-undo': 'Nothing of this bulk action can be undone.',
    'instance-gone': 'The instance doesn’t exist any more.',
    'instance-not-readable': `${zone} didn’t return the instance’s current labels, and without them the others would be lost.`,
    'already-so': 'The instance was already in this state.',
    'name-changed': 'The instance was renamed after you confirmed.',
    'labels-changed': 'The labels have changed since, so they weren’t restored.',
    'job-stopped': 'Not requested, because the bulk action was stopped.',
    'job-too-old': 'Not requested, because Vedette wasn’t running for a day.',
    'zone-kept-busy': `${zone} rejected this for an hour because of too many requests, and Vedette stopped trying.`,
    'stop-not-confirmed':
      'The stop is saved, but the Vedette server that runs this bulk action hasn’t confirmed it yet.',
    'may-be-done':
      'Nothing shows whether Exoscale did this. Check the instance before you try again.',
  } satisfies Partial<Record<CauseCode, string>>
}

/** Why someone wasn't let in who came from the identity provider, by code. */
function signOnMessages({ provider = 'The identity provider' }: Cause) {
  return {
    'provider-unreachable': `${provider} didn’t respond.`,
    'provider-failed': `Vedette couldn’t use the response from ${provider}.`,
    'provider-rejected': `${provider} didn’t sign the person in.`,
    'provider-keeps-session': `${provider} may not have ended its own session.`,
    'sign-on-expired':
      'The sign-in took longer than 10 minutes, was already used, or began in another browser.',
    'wrong-nonce': `The response from ${provider} belongs to another sign-in.`,
    'wrong-issuer': `The response didn’t come from ${provider}.`,
    'no-groups': `${provider} didn’t send the person’s groups.`,
    'no-group-with-role': `None of the person’s groups in ${provider} has a role in Vedette.`,
    'account-disabled': 'The account is disabled.',
  } satisfies Record<SignOnCause, string>
}

/** What of a change that needs a second person isn't possible, by code. */
function approvalMessages({ most = 0 }: Cause) {
  return {
    'needs-second-person':
      'A second person has to confirm this. Nothing was sent. Ask for it with POST /api/approvals.',
    'no-approval-needed': 'This doesn’t need a second person. Send it directly.',
    'no-second-person':
      'No one else has the rights to confirm this. An admin can add a person or turn off the second person.',
    'own-approval': 'You requested this yourself, so another person has to confirm it.',
    'no-such-approval': 'This request for a second person doesn’t exist.',
    'approval-over': 'This was already confirmed, declined or withdrawn, or has expired.',
    'too-many-approvals': `${most} requests are already waiting for a second person. Withdraw one or wait until one is confirmed or declined.`,
    'bad-approval':
      'The request doesn’t describe a change that a second person can confirm.',
    'asker-may-not':
      'Nothing was sent, because the account of the person who asked was disabled or deleted.',
    'approval-lost':
      'Can’t read what was confirmed because the API secret has changed. Nothing was sent.',
    'one-person-only':
      'A second person can’t be required here, because everyone who opens this server is the same person. Turn on sign-in first.',
  } satisfies Record<ApprovalCause, string>
}

/** Which right of screens is missing. */
const rightMessages: Record<ScreenRight, string> = {
  see: 'Your role can’t see screens. An admin can change that.',
  type: 'Your role can watch screens, but not type. An admin can change that.',
  copy: 'Your role can’t copy text from screens. An admin can change that.',
  play: 'Your role can’t see recordings and saved screenshots. An admin can change that.',
}

/** What Vedette says of people and their sign-in, by code. */
function peopleMessages({
  least = 0,
  most = 0,
  at = 0,
  provider = '',
  zone = 'the zone',
  label = '',
  right = 'see',
}: Cause) {
  return {
    'bad-area': `A person can be limited to zones of this server and to at most ${most} labels. Admins can’t be limited.`,
    'zone-not-yours': `Your account is limited to other zones than ${zone}. An admin can change that.`,
    'not-narrowed-only':
      'Your account is limited to some zones or instances, and this would also affect others. An admin can change that.',
    'labels-narrow': `Your account is limited to instances with ${label}, so the instance must have and keep this. An admin can change that.`,
    'bad-policy': 'The request doesn’t describe valid rights of roles.',
    'needs-right': rightMessages[right],
    'signed-out': 'You’re signed out. Sign in to continue.',
    'session-ended': 'Your session has ended. Sign in again to continue.',
    'sign-in-failed': 'The name or the password is wrong, or the account is disabled.',
    'too-many-attempts': `Too many attempts. Try again at ${new Date(at).toISOString()}.`,
    'no-such-invitation':
      'This link isn’t valid any more. Each link works once and for a limited time.',
    'password-too-short': `The password must have at least ${least} characters.`,
    'password-too-long': `The password can have at most ${most} characters.`,
    'password-guessable':
      'This password is easy to guess. Don’t repeat a word, use a sequence or your name.',
    'wrong-password': 'The current password is wrong.',
    'bad-person-name': `A name must have from 1 to ${most} characters.`,
    'name-taken': 'Someone else has this name.',
    'no-such-person': 'This person doesn’t exist.',
    'last-admin': 'Nobody else could manage people then: this is the last active admin.',
    'no-people': 'This server has no accounts.',
    'from-provider': `The name, the role and the password come from ${provider}, so they can’t be changed in Vedette.`,
    'last-local-admin': `This is the last admin with a password, who can sign in while ${provider} doesn’t respond.`,
  } satisfies Partial<Record<CauseCode, string>>
}

/** The English sentence of a cause; pages have their own (ProblemNotice.tsx). */
function causeMessage(cause: Cause): string {
  const { zone = 'The zone', role = '', most = 0, refusal = '' } = cause
  const { lacks = '' } = cause
  const when = new Date(cause.at ?? 0).toISOString()
  const messages: Record<CauseCode, string> = {
    'needs-role': `You need the ${role} role to do this.`,
    'bad-id': 'The ID isn’t valid.',
    'no-such-endpoint': 'The operation doesn’t exist or the ID isn’t valid.',
    'no-such-zone': `Zone ${zone} doesn’t exist or isn’t enabled in Vedette.`,
    'zones-not-loaded': 'The list of zones isn’t available yet. Try again in a moment.',
    'no-such-page': 'Page not found.',
    'no-such-instance': 'No zone has an instance with this ID.',
    'no-such-snapshot': 'This snapshot doesn’t exist.',
    'no-screenshot': 'This snapshot has no screenshot.',
    'no-such-chain': 'This change doesn’t exist.',
    'note-too-long': `A note can have at most ${most} characters.`,
    'note-changed': 'Someone else has changed this note. Nothing was saved.',
    'bad-screenshot': `The screenshot must be a WebP or PNG image of at most ${most} KiB.`,
    'bad-name-for-data': 'Vedette can’t store data under this name.',
    'data-too-large': `The data is larger than ${most} bytes.`,
    'too-much-data': `Vedette stores data under at most ${most} names for each person. Delete one of them first.`,
    'not-json': 'The request body isn’t valid JSON.',
    'bad-request': 'The request isn’t valid.',
    'request-too-large': 'The request is too large.',
    'bad-change': 'The request doesn’t describe a valid change.',
    'change-not-accepted': 'Exoscale doesn’t accept this change.',
    'change-not-possible': `This change isn’t possible: ${refusal}.`,
    'change-in-progress': 'Another change to this instance is in progress.',
    'chain-is-complete': 'All steps of this change are already complete.',
    'rule-gone': 'The rule is no longer in the security group.',
    'group-has-rules': 'The security group has rules by now. Undo those first.',
    'bad-order': 'The request doesn’t describe valid instances.',
    ...jobMessages(cause),
    ...peopleMessages(cause),
    ...signOnMessages(cause),
    ...approvalMessages(cause),
    'values-not-accepted': 'Exoscale doesn’t accept these values.',
    'no-such-network': `This private network doesn’t exist in ${zone}.`,
    'no-such-elastic-ip': `This elastic IP doesn’t exist in ${zone}.`,
    'plan-changed':
      'Nothing was changed, because the instance isn’t as it was when you confirmed. Check what this will do now and try again.',
    'values-changed': 'Nothing was saved. Check the current values and try again.',
    'bad-key': 'The Idempotency-Key header must be a UUID.',
    'already-sent': `This request was already sent at ${when} and accepted. Nothing was sent again.`,
    'already-sent-unknown': `This request was already sent at ${when}, and its result isn’t known yet. Check before you send it again with another key.`,
    'wrong-host': 'This host name isn’t allowed. Open Vedette at its configured address.',
    'other-website': 'Requests from other websites aren’t allowed.',
    'not-from-vedette': 'This request wasn’t sent by Vedette.',
    internal: 'Vedette had an internal error.',
    'store-unavailable': 'Vedette can’t reach its database at the moment. Try again soon.',
    'bad-text':
      'The text has a character that Vedette can’t store: U+0000 or half of a character.',
    'server-unreachable': 'Can’t connect to the Vedette server.',
    ...zoneMessages(cause),
    'screen-in-use': 'Someone has this screen open.',
    'console-host':
      'The zone returned a console host that CONSOLE_HOSTS doesn’t allow. Ask your administrator to add it.',
    'no-instance-id': 'The zone didn’t return the ID of the new instance.',
    'gave-up': `Vedette couldn’t reach ${zone} for an hour and stopped trying.`,
    'may-be-created':
      'The instance may have been created. Check the list before you try again.',
    'judged-by-instance': `The API key doesn’t allow ${lacks}, so Vedette judged the result by the instance.`,
    'operation-not-readable': `The API key doesn’t allow ${lacks}, so the result is unknown.`,
    'user-data-lost':
      'Can’t read the saved user data because the API secret has changed. Nothing was created.',
  }
  return messages[cause.code]
}

/** A cause and its English sentence, for a problem or a step of a chain. */
export const caused = (cause: Cause): { message: string; cause: Cause } => ({
  message: causeMessage(cause),
  cause,
})

/** An error to throw: its code, HTTP status, exact cause, and further members. */
export function refuse(
  code: Problem['code'],
  status: number,
  cause: Cause,
  more: Pick<Problem, 'zone' | 'unknownOutcome' | 'errors'> = {},
): ProblemError {
  return new ProblemError({ code, status, ...caused(cause), ...more })
}
