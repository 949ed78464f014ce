/** What will happen to each of a mixed selection. */
import { Plural, Trans } from '@lingui/react/macro'
import { useQueries } from '@tanstack/react-query'
import type { ReactNode } from 'react'

import type { EndpointId } from '#contract/endpoints.ts'

import type { Row } from '../../../api/inventory.ts'
import { usualQuery } from '../../../api/queries.ts'
import { useSpanWords } from '../../../components/UsualTime.tsx'
import { isInPool } from '../../../instance/managed.ts'
import type { BulkAction, BulkPlan } from './bulk.ts'
import { nameOf } from './row-name.ts'

const namesShown = 8

function Names({ rows }: { rows: readonly Row[] }) {
  const more = rows.length - namesShown
  return (
    <span className="block break-words text-muted" translate="no">
      {rows.slice(0, namesShown).map(nameOf).join(', ')}
      {more > 0 && ` +${more}`}
    </span>
  )
}

/** What happens to those it is asked of, in one sentence. */
function useOutlook(): (action: BulkAction, count: number) => ReactNode {
  return (action, count) => {
    const words: Record<BulkAction, ReactNode> = {
      start: <Trans>{count} will start</Trans>,
      stop: <Trans>{count} will stop and go offline</Trans>,
      reboot: <Trans>{count} will reboot and be offline meanwhile</Trans>,
      snapshot: <Trans>A snapshot is taken of {count}</Trans>,
      label: <Trans>{count} get the label; one of that key is replaced</Trans>,
      protect: <Trans>{count} are locked: deleting them is refused until unlocked</Trans>,
      delete: <Trans>{count} are lost for good, with their disks and snapshots</Trans>,
    }
    return words[action]
  }
}

const offline: Partial<Record<BulkAction, EndpointId>> = {
  stop: 'stop-instance',
  reboot: 'reboot-instance',
}

/** How long each usually takes; of several zones, the slowest. */
function UsualLine({ action, rows }: { action: BulkAction; rows: readonly Row[] }) {
  const endpoint = offline[action]
  const zones = [...new Set(rows.map(({ zone }) => zone))]
  const queries = useQueries({
    queries: zones.map((zone) => ({ ...usualQuery(zone), enabled: Boolean(endpoint) })),
  })
  const spanOf = useSpanWords()
  const known = queries.flatMap(({ data }) => (endpoint && data?.[endpoint]) || [])
  if (known.length === 0) return null
  const span = spanOf(Math.max(...known))
  return (
    <li>
      <Trans>Each instance usually takes about {span}.</Trans>
    </li>
  )
}

/** What whoever manages some of them will make of it. */
function ManagedLines({ action, rows }: { action: BulkAction; rows: readonly Row[] }) {
  const managed = rows.filter(({ manager }) => manager)
  const inPools = managed.filter(isInPool)
  const nodes = managed.filter((row) => !isInPool(row))
  const count = managed.length
  if (action !== 'delete') {
    if (count === 0 || !['stop', 'reboot'].includes(action)) return null
    return (
      <li>
        <Plural
          value={count}
          one="# is managed by a pool or by SKS, which may start or replace it"
          other="# are managed by a pool or by SKS, which may start or replace them"
        />
        <Names rows={managed} />
      </li>
    )
  }
  return (
    <>
      {inPools.length > 0 && (
        <li>
          <Plural
            value={inPools.length}
            one="# is managed by a pool, which makes a new one in its place: evict it instead, on its page"
            other="# are managed by a pool, which makes new ones in their place: evict them instead, on their pages"
          />
          <Names rows={inPools} />
        </li>
      )}
      {nodes.length > 0 && (
        <li>
          <Plural
            value={nodes.length}
            one="# is a node of SKS, which makes a new one in its place: remove it there instead"
            other="# are nodes of SKS, which makes new ones in their place: remove them there instead"
          />
          <Names rows={nodes} />
        </li>
      )}
    </>
  )
}

export function BulkPreview({ action, plan }: { action: BulkAction; plan: BulkPlan }) {
  const outlookOf = useOutlook()
  const { go, already, cannot } = plan
  return (
    <ul className="grid gap-2 text-sm">
      {go.length > 0 && (
        <li>
          {outlookOf(action, go.length)}
          <Names rows={go} />
        </li>
      )}
      <UsualLine action={action} rows={go} />
      <ManagedLines action={action} rows={go} />
      {already.length > 0 && (
        <li>
          {action === 'start' ? (
            <Plural
              value={already.length}
              one="# is already running"
              other="# are already running"
            />
          ) : (
            <Plural
              value={already.length}
              one="# is already stopped"
              other="# are already stopped"
            />
          )}
          <Names rows={already} />
        </li>
      )}
      {cannot.length > 0 && (
        <li>
          <Plural
            value={cannot.length}
            one="# can’t now and is left alone"
            other="# can’t now and are left alone"
          />
          <Names rows={cannot} />
        </li>
      )}
    </ul>
  )
}
