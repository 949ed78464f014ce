/** Shows what will happen to each instance of a mixed selection. */
import { Plural, Trans } from '@lingui/react/macro'
import { useQueries } from '@tanstack/react-query'

import type { EndpointId } from '#contract/endpoints.ts'
import type { ManagerKind } from '#contract/lifecycle.ts'

import { usualQuery } from '../../api/queries.ts'
import { useSpanWords } from '../../components/UsualTime.tsx'
import type { Asked, BulkAction, BulkSet } from './bulk.ts'
import { useOutlookWords } from './job-words.ts'

const offline: Partial<Record<BulkAction, EndpointId>> = {
  stop: 'stop-instance',
  reboot: 'reboot-instance',
}

/** How long each instance usually takes, in the slowest of the zones. */
function UsualLine({ action, asked }: { action: BulkAction; asked: readonly Asked[] }) {
  const endpoint = offline[action]
  const zones = [...new Set(asked.map(({ zone }) => zone))]
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
function ManagedLines({ action, asked }: { action: BulkAction; asked: readonly Asked[] }) {
  const of = (kind: ManagerKind) => asked.filter(({ manager }) => manager === kind).length
  const [poolCount, nodeCount, otherCount] = [of('pool'), of('sks'), of('other')]
  const count = poolCount + nodeCount + otherCount
  if (action !== 'delete') {
    if (count === 0 || !['stop', 'reboot'].includes(action)) return null
    if (poolCount === count)
      return (
        <li>
          <Plural
            value={count}
            one="# instance is managed by an instance pool, which may restart or replace it."
            other="# instances are managed by an instance pool, which may restart or replace them."
          />
        </li>
      )
    return (
      <li>
        <Plural
          value={count}
          one="# instance is managed by an instance pool, SKS or something else, which may restart or replace it."
          other="# instances are managed by an instance pool, SKS or something else, which may restart or replace them."
        />
      </li>
    )
  }
  return (
    <>
      {poolCount > 0 && (
        <li>
          <Plural
            value={poolCount}
            one="# instance is managed by an instance pool, which will replace it. To remove it, evict it on its page instead."
            other="# instances are managed by an instance pool, which will replace them. To remove them, evict them on their pages instead."
          />
        </li>
      )}
      {nodeCount > 0 && (
        <li>
          <Plural
            value={nodeCount}
            one="# instance is an SKS node, which SKS will replace. Remove it in SKS instead."
            other="# instances are SKS nodes, which SKS will replace. Remove them in SKS instead."
          />
        </li>
      )}
      {otherCount > 0 && (
        <li>
          <Plural
            value={otherCount}
            one="# instance is managed by something else at Exoscale, which may replace it."
            other="# instances are managed by something else at Exoscale, which may replace them."
          />
        </li>
      )}
    </>
  )
}

/** Those that Exoscale will reject to delete, as far as Vedette knows. */
function ProtectedLine({ asked }: { asked: readonly Asked[] }) {
  const count = asked.filter(({ isProtected }) => isProtected).length
  if (count === 0) return null
  return (
    <li>
      <Plural
        value={count}
        one="# instance is protected, so Exoscale will reject its deletion. Turn off its deletion protection first."
        other="# instances are protected, so Exoscale will reject their deletion. Turn off their deletion protection first."
      />
    </li>
  )
}

export function BulkPreview({ set }: { set: BulkSet }) {
  const { action, go, already, cannot } = set
  const outlookOf = useOutlookWords()
  const alreadyCount = already.length
  const skipped = cannot.length
  return (
    <ul className="grid gap-2 text-sm">
      {go.length > 0 && <li className="font-medium">{outlookOf(action, go.length)}</li>}
      <UsualLine action={action} asked={go} />
      {action === 'delete' && <ProtectedLine asked={go} />}
      <ManagedLines action={action} asked={go} />
      {alreadyCount > 0 && (
        <li>
          {action === 'protect' && (
            <Plural
              value={alreadyCount}
              one="# instance is already protected."
              other="# instances are already protected."
            />
          )}
          {action === 'start' && (
            <Plural
              value={alreadyCount}
              one="# instance is already running."
              other="# instances are already running."
            />
          )}
          {action === 'stop' && (
            <Plural
              value={alreadyCount}
              one="# instance is already stopped."
              other="# instances are already stopped."
            />
          )}
        </li>
      )}
      {skipped > 0 && (
        <li>
          <Plural
            value={skipped}
            one="# instance can’t do this right now and will be skipped."
            other="# instances can’t do this right now and will be skipped."
          />
        </li>
      )}
    </ul>
  )
}
