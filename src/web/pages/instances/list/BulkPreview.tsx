/** Shows what will happen to each instance of a mixed selection. */
import { plural } from '@lingui/core/macro'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQueries } from '@tanstack/react-query'
import type { ReactNode } from 'react'

import type { EndpointId } from '#contract/endpoints.ts'
import { managerOf, type ManagerKind } from '#contract/lifecycle.ts'

import type { Row } from '../../../api/inventory.ts'
import { usualQuery } from '../../../api/queries.ts'
import { formatList } from '../../../components/format.ts'
import { useSpanWords } from '../../../components/UsualTime.tsx'
import type { BulkAction, BulkPlan } from './bulk.ts'
import { nameOf } from './row-name.ts'

const namesShown = 8

function Names({ rows }: { rows: readonly Row[] }) {
  const { t } = useLingui()
  const more = rows.length - namesShown
  const names = rows.slice(0, namesShown).map(nameOf)
  const rest = more > 0 ? [t`${plural(more, { one: '# more', other: '# more' })}`] : []
  return (
    <span className="block break-words text-muted" translate="no">
      {formatList([...names, ...rest])}
    </span>
  )
}

/** What happens to the instances that the requests are sent for, in one sentence. */
function Outlook({ action, count }: { action: BulkAction; count: number }) {
  const words: Record<BulkAction, ReactNode> = {
    start: (
      <Plural value={count} one="# instance will start" other="# instances will start" />
    ),
    stop: (
      <Plural
        value={count}
        one="# instance will stop and go offline"
        other="# instances will stop and go offline"
      />
    ),
    reboot: (
      <Plural
        value={count}
        one="# instance will reboot and be briefly offline"
        other="# instances will reboot and be briefly offline"
      />
    ),
    snapshot: (
      <Plural
        value={count}
        one="A snapshot of # instance will be taken"
        other="Snapshots of # instances will be taken"
      />
    ),
    label: (
      <Plural
        value={count}
        one="# instance will get this label. An existing label with the same key is replaced"
        other="# instances will get this label. Existing labels with the same key are replaced"
      />
    ),
    protect: (
      <Plural
        value={count}
        one="# instance can’t be deleted until you turn off protection"
        other="# instances can’t be deleted until you turn off protection"
      />
    ),
    delete: (
      <Plural
        value={count}
        one="# instance will be permanently deleted, with its disk and snapshots"
        other="# instances will be permanently deleted, with their disks and snapshots"
      />
    ),
  }
  return words[action]
}

const offline: Partial<Record<BulkAction, EndpointId>> = {
  stop: 'stop-instance',
  reboot: 'reboot-instance',
}

/** How long each instance usually takes, in the slowest of the zones. */
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

/** What the pool or SKS that manages some of the instances will do. */
function ManagedLines({ action, rows }: { action: BulkAction; rows: readonly Row[] }) {
  const managed = rows.filter(({ manager }) => manager)
  const of = (kind: ManagerKind) => managed.filter((row) => managerOf(row) === kind)
  const [inPools, nodes, others] = [of('pool'), of('sks'), of('other')]
  const count = managed.length
  const poolCount = inPools.length
  const nodeCount = nodes.length
  const otherCount = others.length
  if (action !== 'delete') {
    if (count === 0 || !['stop', 'reboot'].includes(action)) return null
    return (
      <li>
        <Plural
          value={count}
          one="# instance is managed by an instance pool, SKS or something else, which may restart or replace it"
          other="# instances are managed by an instance pool, SKS or something else, which may restart or replace them"
        />
        <Names rows={managed} />
      </li>
    )
  }
  return (
    <>
      {poolCount > 0 && (
        <li>
          <Plural
            value={poolCount}
            one="# instance is managed by an instance pool, which will replace it. To remove it, evict it on its page instead"
            other="# instances are managed by an instance pool, which will replace them. To remove them, evict them on their pages instead"
          />
          <Names rows={inPools} />
        </li>
      )}
      {nodeCount > 0 && (
        <li>
          <Plural
            value={nodeCount}
            one="# instance is an SKS node, which SKS will replace. Remove it in SKS instead"
            other="# instances are SKS nodes, which SKS will replace. Remove them in SKS instead"
          />
          <Names rows={nodes} />
        </li>
      )}
      {otherCount > 0 && (
        <li>
          <Plural
            value={otherCount}
            one="# instance is managed by something else at Exoscale, which may replace it"
            other="# instances are managed by something else at Exoscale, which may replace them"
          />
          <Names rows={others} />
        </li>
      )}
    </>
  )
}

export function BulkPreview({ action, plan }: { action: BulkAction; plan: BulkPlan }) {
  const { go, already, cannot } = plan
  const alreadyCount = already.length
  const skipped = cannot.length
  return (
    <ul className="grid gap-2 text-sm">
      {go.length > 0 && (
        <li>
          <Outlook action={action} count={go.length} />
          <Names rows={go} />
        </li>
      )}
      <UsualLine action={action} rows={go} />
      <ManagedLines action={action} rows={go} />
      {alreadyCount > 0 && (
        <li>
          {action === 'start' ? (
            <Plural
              value={alreadyCount}
              one="# instance is already running"
              other="# instances are already running"
            />
          ) : (
            <Plural
              value={alreadyCount}
              one="# instance is already stopped"
              other="# instances are already stopped"
            />
          )}
          <Names rows={already} />
        </li>
      )}
      {skipped > 0 && (
        <li>
          <Plural
            value={skipped}
            one="# instance can’t do this right now and will be skipped"
            other="# instances can’t do this right now and will be skipped"
          />
          <Names rows={cannot} />
        </li>
      )}
    </ul>
  )
}
