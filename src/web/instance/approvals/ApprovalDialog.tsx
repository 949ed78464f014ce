/** What waits for a second person: for the one who answers, and for the one who asked. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import {
  isOpen,
  REASON_MOST,
  type Approval,
  type ApprovalDetail,
} from '#contract/people/approval.ts'

import {
  approvalQuery,
  approvalsQuery,
  confirmApproval,
  declineApproval,
  withdrawApproval,
} from '../../api/approvals.ts'
import { problemOf } from '../../api/client.ts'
import { sessionQuery } from '../../api/queries.ts'
import { showSaved } from '../../api/show-saved.ts'
import { useOnce } from '../../api/use-once.ts'
import { formatClock, formatElapsed } from '../../components/format.ts'
import { ProblemNotice } from '../../components/ProblemNotice.tsx'
import { useNow } from '../../hooks/use-now.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { useSentReason } from '../../ui/CancelButton.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { firstPress } from '../../ui/first-press.ts'
import { Spinner } from '../../ui/Spinner.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import {
  isBad,
  useApprovalState,
  useApprovalTitle,
  useNamesWords,
} from './approval-words.ts'
import { ApprovalBody } from './ApprovalBody.tsx'
import { useShownWhole } from './use-shown-whole.ts'

type Answer = 'confirm' | 'decline' | 'withdraw'

/** Answers it once; what the server says is shown at once. */
function useAnswer(id: string, reason: string) {
  const queries = useQueryClient()
  return useOnce({
    send: (_key, answer: Answer) =>
      answer === 'confirm'
        ? confirmApproval(id)
        : answer === 'decline'
          ? declineApproval(id, reason.trim() ? { reason } : {})
          : withdrawApproval(id),
    closes: true,
    onSuccess: async (approval) => {
      await showSaved<ApprovalDetail>(queries, approvalQuery(id).queryKey, approval)
      void queries.invalidateQueries({ queryKey: approvalsQuery.queryKey, exact: true })
    },
  })
}

function Until({ approval, now }: { approval: Approval; now: number }) {
  const { expiresAt, isOwn } = approval
  const { name } = approval.by
  const until = formatClock(expiresAt)
  const left = formatElapsed(Math.max(0, expiresAt - now))
  return (
    <p className="text-sm">
      {isOwn ? (
        <Trans>
          You asked a second person to confirm this by {until}. Time left:{' '}
          <span className="tabular-nums">{left}</span>
        </Trans>
      ) : (
        <Trans>
          <bdi className="font-semibold">{name}</bdi> asks you to confirm this by {until}.
          Time left: <span className="tabular-nums">{left}</span>
        </Trans>
      )}
    </p>
  )
}

/** The only person of the sandbox is told what real people can't do. */
function AloneNotice() {
  return (
    <Banner kind="info">
      <Trans>
        The sandbox has one person only, so you can play the second person, too. With
        accounts, Vedette rejects the confirmation of your own request.
      </Trans>
    </Banner>
  )
}

type FooterProps = {
  approval: ApprovalDetail
  answering: ReturnType<typeof useAnswer>
  declines: boolean
  setDeclines: (declines: boolean) => void
  onClose: () => void
}

function Footer({ approval, answering, declines, setDeclines, onClose }: FooterProps) {
  const { t } = useLingui()
  const { isOwn, mayAnswer } = approval
  const { mutate, isPending, variables } = answering
  const pending = (answer: Answer) => isPending && variables === answer
  const sent = useSentReason()(isPending)
  const isWhole = useShownWhole(approval, approval.order)
  if (declines)
    return (
      <>
        <Button disabledReason={sent} onClick={() => setDeclines(false)}>
          <Trans>Back</Trans>
        </Button>
        <Button
          variant="primary"
          pending={pending('decline')}
          onClick={() => mutate('decline')}
        >
          <Trans>Decline</Trans>
        </Button>
      </>
    )
  return (
    <>
      <Button disabledReason={sent} onClick={onClose}>
        <Trans>Close</Trans>
      </Button>
      {isOwn && (
        <Button
          pending={pending('withdraw')}
          disabledReason={sent}
          onClick={() => mutate('withdraw')}
        >
          <Trans>Withdraw</Trans>
        </Button>
      )}
      {mayAnswer && (
        <>
          <Button disabledReason={sent} onClick={() => setDeclines(true)}>
            <Trans>Decline…</Trans>
          </Button>
          <Button
            variant="danger"
            pending={pending('confirm')}
            disabledReason={sent ?? (isWhole ? null : t`Loading…`)}
            onClick={() => mutate('confirm')}
          >
            <Trans>Confirm</Trans>
          </Button>
        </>
      )}
    </>
  )
}

/** One that is over, or that can't be read. */
function Over({ approval, now }: { approval: Approval; now: number }) {
  const stateOf = useApprovalState()
  const namesOf = useNamesWords()
  const names = namesOf(approval)
  return (
    <>
      <p className="text-sm break-words text-muted">{names}</p>
      <Banner kind={isBad(approval) ? 'warning' : 'info'}>{stateOf(approval, now)}</Banner>
    </>
  )
}

export function ApprovalDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useLingui()
  const titleOf = useApprovalTitle()
  const { data: session } = useQuery(sessionQuery)
  const { data: approval, error } = useQuery(approvalQuery(id))
  const [declines, setDeclines] = useState(false)
  const [reason, setReason] = useState('')
  const answering = useAnswer(id, reason)
  const now = useNow(approval?.state === 'waiting', 1_000)
  const open = approval && isOpen(approval, now) ? approval : undefined
  return (
    <Dialog
      open
      onClose={onClose}
      size="lg"
      title={approval ? titleOf(approval) : t`Second person`}
      dismissible={!answering.isPending}
      footer={
        open ? (
          <Footer approval={open} {...{ answering, declines, setDeclines, onClose }} />
        ) : (
          // It comes where the answer was pressed, and what became of that is yet to be read.
          <Button {...firstPress(onClose)}>
            <Trans>Close</Trans>
          </Button>
        )
      }
    >
      <div className="grid gap-4">
        {!approval && !error && <Spinner size={20} label={t`Loading…`} />}
        {error && <ProblemNotice problem={problemOf(error)} />}
        {open && <Until approval={open} now={now} />}
        {open?.isOwn && open.mayAnswer && session?.signIn === 'demo' && <AloneNotice />}
        {open?.order && <ApprovalBody approval={open} order={open.order} />}
        {approval && !open && <Over approval={approval} now={now} />}
        {open && declines && (
          <Field label={t`Reason`} hint={t`Optional. The person who asked can read it.`}>
            <TextInput
              maxLength={REASON_MOST}
              value={reason}
              onChange={({ target }) => setReason(target.value)}
            />
          </Field>
        )}
        {answering.error && <ProblemNotice problem={problemOf(answering.error)} />}
      </div>
    </Dialog>
  )
}
