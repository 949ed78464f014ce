import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'

import { isRunning } from '#contract/lifecycle.ts'

import type { Row } from '../../api/inventory.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'

type Way = { snapshotFirst?: boolean; leaveStopped?: boolean }

/** The choices around a change: a snapshot first, and whether the instance starts again after its stop. */
export function useWay(row: Row, { snapshot }: { snapshot?: boolean } = {}) {
  const { t } = useLingui()
  const [snapshotFirst, setSnapshotFirst] = useState(snapshot ?? false)
  const [restart, setRestart] = useState(true)
  const runs = isRunning(row.state)
  const way: Way = {
    ...(snapshotFirst ? { snapshotFirst } : {}),
    ...(runs && !restart ? { leaveStopped: true } : {}),
  }
  const options = (
    <div className="grid gap-2">
      {snapshot !== undefined && (
        <Checkbox
          label={t`Take a snapshot first`}
          hint={t`You can undo this only by reverting to a snapshot.`}
          checked={snapshotFirst}
          onChange={({ target }) => setSnapshotFirst(target.checked)}
        />
      )}
      {runs && (
        <Checkbox
          label={t`Start the instance afterward`}
          checked={restart}
          onChange={({ target }) => setRestart(target.checked)}
        />
      )}
    </div>
  )
  return { way, options: runs || snapshot !== undefined ? options : null }
}
