import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { ChevronDown } from 'lucide-react'

import { isRunning } from '#contract/lifecycle.ts'
import { isInRescue } from '#contract/timeline.ts'

import { useInstanceOperations, type Row } from '../api/inventory.ts'
import { timelineQuery } from '../api/queries.ts'
import { Banner } from '../ui/Banner.tsx'
import { Button } from '../ui/Button.tsx'
import { useMediaQuery } from '../ui/use-media-query.ts'
import { useBlock } from './actions.tsx'
import { useOpenDialog } from './dialogs/use-dialog.ts'

/** Read from the operations of this session and from the older ones that the server keeps. */
function useRescue(row: Row, wanted: boolean): boolean {
  const fresh = useInstanceOperations(row.zone, row.id)
  const { data } = useQuery({ ...timelineQuery(row.zone, row.id), enabled: wanted })
  if (!wanted) return false
  const known = new Set(fresh.map(({ id }) => id))
  const older = (data?.operations ?? []).filter(({ id }) => !known.has(id))
  return isInRescue([...fresh, ...older], data?.events ?? [])
}

/** Says that an instance is in rescue mode, and offers the way back. */
export function RescueNotice({
  row,
  name,
  wanted = true,
  overScreen = false,
}: {
  row: Row
  name: string
  /** False while something more urgent is being loaded. */
  wanted?: boolean
  /** On a phone the screen needs the room, so the explanation is folded away there. */
  overScreen?: boolean
}) {
  const { t } = useLingui()
  const open = useOpenDialog()
  const block = useBlock(row, 'reboot-instance')
  const inRescue = useRescue(row, wanted && isRunning(row.state))
  const folds = useMediaQuery('(width < 48rem)') && overScreen
  if (!inRescue) return null
  const title = t`${name} is running in rescue mode`
  const meaning = (
    <Trans>
      The instance is running a recovery system from the network instead of its own disk.
      When you’re done, restart it from its disk.
    </Trans>
  )
  return (
    <Banner
      kind="warning"
      className={overScreen ? 'rounded-none' : ''}
      oneRow={folds}
      title={folds ? undefined : title}
      action={
        <Button size="sm" disabledReason={block} onClick={() => open('leave-rescue', row)}>
          <Trans>Restart normally…</Trans>
        </Button>
      }
    >
      {folds ? (
        <details className="group">
          <summary className="flex cursor-pointer list-none items-start gap-1 rounded-sm font-medium">
            <span className="line-clamp-2 min-w-0">{title}</span>
            <ChevronDown
              aria-hidden="true"
              size={16}
              className="mt-0.5 shrink-0 group-open:rotate-180"
            />
          </summary>
          <p>{meaning}</p>
        </details>
      ) : (
        meaning
      )}
    </Banner>
  )
}
