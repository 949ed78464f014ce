import { useLingui } from '@lingui/react/macro'
import { Ellipsis, Link as LinkIcon, Repeat2, SquareTerminal, Undo2 } from 'lucide-react'

import { againOf } from '#contract/again.ts'
import { isEndpointId } from '#contract/endpoints.ts'
import { stillHolds, type Present } from '#contract/undo.ts'

import { formatDateTime } from '../../../../components/format.ts'
import { useUndoWords } from '../../../../components/undo-words.ts'
import { useBlock } from '../../../../instance/actions.tsx'
import { useAgain, useTakeBack } from '../../../../instance/use-take-back.ts'
import { MenuButton } from '../../../../ui/MenuButton.tsx'
import { toast } from '../../../../ui/toast.ts'
import { useInstance } from '../instance-context.ts'
import type { TimelineEntry } from './timeline-entries.ts'

function useCopyLink(key: string): () => void {
  const { t } = useLingui()
  const { row } = useInstance()
  return () => {
    const path = `/instances/${row.zone}/${row.id}/activity?${new URLSearchParams({ at: key })}`
    navigator.clipboard.writeText(`${location.origin}${path}`).then(
      () => toast({ kind: 'success', id: 'copied', title: t`Link copied` }),
      () => toast({ kind: 'error', title: t`Your browser blocked copying` }),
    )
  }
}

/** The actions of one line: undo, repeat, show as a command, copy a link. */
export function TimelineMenu({
  entry,
  present,
  command,
  onShowCommand,
}: {
  entry: TimelineEntry
  /** The present state; absent until it has been read. */
  present: Present | undefined
  command: string | undefined
  onShowCommand: () => void
}) {
  const { t } = useLingui()
  const { row } = useInstance()
  const takeBack = useTakeBack()
  const again = useAgain()
  const undoWordsOf = useUndoWords()
  const copyLink = useCopyLink(entry.key)
  const operation = entry.what === 'operation' ? entry.operation : undefined
  // What undoes or repeats an operation needs the same role.
  const block = useBlock(
    row,
    operation && isEndpointId(operation.endpoint) ? operation.endpoint : 'update-instance',
  )
  const undoWords = operation && undoWordsOf(operation)
  const moment = formatDateTime(entry.at)
  return (
    <MenuButton
      label={t`Actions for ${moment}`}
      icon={<Ellipsis />}
      variant="ghost"
      size="sm"
      items={() => [
        ...(operation && undoWords
          ? [
              {
                label: t`Undo`,
                icon: <Undo2 />,
                detail: undoWords,
                disabledReason:
                  present && !stillHolds(operation, present)
                    ? t`A newer change has replaced this one.`
                    : block,
                onSelect: () => takeBack(operation),
              },
            ]
          : []),
        ...(operation && againOf(operation)
          ? [
              {
                label: t`Repeat`,
                icon: <Repeat2 />,
                disabledReason: block,
                onSelect: () => again(operation),
              },
            ]
          : []),
        ...(command
          ? [
              {
                label: t`Show exo command`,
                icon: <SquareTerminal />,
                onSelect: onShowCommand,
              },
            ]
          : []),
        { label: t`Copy link to this entry`, icon: <LinkIcon />, onSelect: copyLink },
      ]}
    />
  )
}
