import { Trans, useLingui } from '@lingui/react/macro'
import { CircleCheck, CircleX, UserCheck, X } from 'lucide-react'
import { Link, useLocation } from 'react-router'

import type { Approval } from '#contract/people/approval.ts'

import { useFourEyes } from '../../stores/four-eyes.ts'
import { useTray } from '../../stores/tray.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { withApproval } from './approval-address.ts'
import { isBad, useApprovalState, useApprovalTitle } from './approval-words.ts'

function ApprovalIcon({ approval }: { approval: Approval }) {
  const { t } = useLingui()
  if (approval.state === 'waiting')
    return <UserCheck size={16} aria-label={t`Waiting`} className="text-transitional" />
  return isBad(approval) ? (
    <CircleX size={16} aria-label={t`Not done`} className="text-error" />
  ) : (
    <CircleCheck size={16} aria-label={t`Done`} className="text-running" />
  )
}

function ApprovalLine({ approval, now }: { approval: Approval; now: number }) {
  const { t } = useLingui()
  const titleOf = useApprovalTitle()
  const stateOf = useApprovalState()
  const dismiss = useTray((state) => state.dismiss)
  const { search } = useLocation()
  const { id, isOwn, state } = approval
  const { name } = approval.by
  const title = titleOf(approval)
  return (
    <li className="flex gap-2 px-3 py-2 text-sm">
      <span className="mt-0.5 shrink-0">
        <ApprovalIcon approval={approval} />
      </span>
      <div className="min-w-0 grow">
        <p className="break-words">
          {isOwn ? (
            <Link to={{ search: withApproval(search, id) }} className="ui-link">
              {title}
            </Link>
          ) : (
            <Trans>
              <bdi>{name}</bdi> asks:{' '}
              <Link to={{ search: withApproval(search, id) }} className="ui-link">
                {title}
              </Link>
            </Trans>
          )}
        </p>
        <p className="text-xs break-words text-muted">{stateOf(approval, now)}</p>
      </div>
      {state !== 'waiting' && (
        <IconButton
          label={t`Dismiss ${title}`}
          size="sm"
          className="-my-1 -me-1"
          onClick={() => dismiss([id])}
        >
          <X />
        </IconButton>
      )}
    </li>
  )
}

/** What waits for a second person, in the tray. */
export function ApprovalLines({ now }: { now: number }) {
  const approvals = useFourEyes((state) => state.approvals)
  return approvals.map((approval) => (
    <ApprovalLine key={approval.id} approval={approval} now={now} />
  ))
}
