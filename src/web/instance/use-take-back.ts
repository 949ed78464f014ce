/** Repeats or undoes a past operation, at once or through its dialog. */
import { useLingui } from '@lingui/react/macro'
import { useNavigate } from 'react-router'

import { againOf, type LabelChange } from '#contract/again.ts'
import type { Call, ChangeCall } from '#contract/call.ts'
import type { FollowedOperation } from '#contract/operation.ts'
import { lockTag, seenTag } from '#contract/seen.ts'
import { undoOf } from '#contract/undo.ts'

import { changeZone } from '../api/client.ts'
import { pressOf } from '../api/once.ts'
import { useSend } from '../components/use-send.tsx'
import { writeDialog, type DialogId } from './dialogs/dialog-address.ts'
import { partOf } from './dialogs/use-dialog.ts'
import { undoGroup, type GroupUndo } from './undo-group.ts'

/** The values that the change set: its undo may overwrite these, and nothing newer. */
function leftBy({ trace = {} }: FollowedOperation) {
  const { name, labels, consistent } = trace
  if (!name && !labels && !consistent) return undefined
  return {
    ...(consistent ? { 'application-consistent-snapshot-enabled': consistent.after } : {}),
    ...(name ? { name: name.after } : {}),
    ...(labels ? { labels: labels.after } : {}),
  }
}

/** The `If-Match` of an undo: the values that the change set must be unchanged. */
function seenBy(operation: FollowedOperation, { endpoint, body }: Omit<Call, 'zone'>) {
  if (endpoint === 'remove-instance-protection') return lockTag('on')
  if (endpoint === 'add-instance-protection') return lockTag('off')
  const left = leftBy(operation)
  return left && seenTag(endpoint, body, left)
}

function useWays() {
  const navigate = useNavigate()
  const send = useSend()
  const page = ({ zone, instanceId }: FollowedOperation) =>
    `/instances/${zone}/${instanceId ?? ''}`
  return {
    ask(operation: FollowedOperation, dialog: DialogId, part?: string): void {
      const here = location.pathname.startsWith(page(operation))
      const search = new URLSearchParams(here ? location.search : '')
      const next = writeDialog(search, dialog, { [partOf(dialog)]: part })
      const pathname = here ? location.pathname : page(operation)
      void navigate({ pathname, search: `?${next}` }, { state: { asked: true } })
    },
    labels(operation: FollowedOperation, change: LabelChange): void {
      const search = new URLSearchParams({ labels: JSON.stringify(change) })
      void navigate({ pathname: `${page(operation)}/settings`, search: `?${search}` })
    },
    group({ id, zone }: FollowedOperation, undo: GroupUndo, title: string): void {
      send({
        title,
        press: pressOf(`undo ${id}`),
        send: (key) => undoGroup(zone, undo, key),
      })
    },
    send(
      { id }: FollowedOperation,
      { endpoint, ...call }: ChangeCall,
      seen: string | undefined,
      title: string,
    ): void {
      send({
        title,
        press: pressOf(`${endpoint} after ${id}`),
        send: (key) => changeZone(endpoint, key, { ...call, seen }),
      })
    },
  }
}

/** Undoes an operation; does nothing if it has no undo. */
export function useTakeBack(): (operation: FollowedOperation) => void {
  const { t } = useLingui()
  const ways = useWays()
  return (operation) => {
    const undo = undoOf(operation)
    if (!undo) return
    if (undo.how === 'ask') {
      const { dialog, how: _how, ...part } = undo
      ways.ask(operation, dialog, Object.values(part)[0])
      return
    }
    if (undo.how === 'remove-rule' || undo.endpoint === 'delete-security-group') {
      ways.group(operation, undo, t`Undo`)
      return
    }
    const { how: _how, ...call } = undo
    const taken = { ...call, zone: operation.zone }
    ways.send(operation, taken, seenBy(operation, call), t`Undo`)
  }
}

/** Repeats an operation. */
export function useAgain(): (operation: FollowedOperation) => void {
  const { t } = useLingui()
  const ways = useWays()
  return (operation) => {
    const again = againOf(operation)
    if (again?.how === 'ask') ways.ask(operation, again.dialog, again.part)
    else if (again?.how === 'labels') ways.labels(operation, again.change)
    else if (again) ways.send(operation, again.call, undefined, t`Repeat`)
  }
}
