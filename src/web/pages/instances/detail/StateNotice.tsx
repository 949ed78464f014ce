/** Says why an instance needs attention, as far as it is known, and what to do. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link } from 'react-router'

import { explain } from '#contract/failure.ts'

import { useInstanceOperations, type Row } from '../../../api/inventory.ts'
import { timelineQuery } from '../../../api/queries.ts'
import { useFailureWords } from '../../../components/failure-words.ts'
import { formatDateTime } from '../../../components/format.ts'
import { useEndpointWords } from '../../../components/operation-words.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { groupOf } from '../list/select-rows.ts'
import { stateReason, type StateReason } from './state-reason.ts'

/** From the operations of this session and from the older ones that the server keeps. */
function useStateReason(row: Row): { reason: StateReason | undefined; isRead: boolean } {
  const fresh = useInstanceOperations(row.zone, row.id)
  const { data, isError } = useQuery(timelineQuery(row.zone, row.id))
  if (!data) return { reason: isError ? stateReason(fresh, []) : undefined, isRead: false }
  const known = new Set(fresh.map(({ id }) => id))
  const older = data.operations.filter(({ id }) => !known.has(id))
  return { reason: stateReason([...fresh, ...older], data.events), isRead: true }
}

function Failed({ failed }: { failed: Extract<StateReason, { kind: 'failed' }> }) {
  const endpointWords = useEndpointWords()
  const failureWords = useFailureWords()
  const { last, reason, message, end } = failed
  const action = endpointWords(last.endpoint)
  const moment = formatDateTime(last.at)
  const bad = end === 'timeout' ? 'timeout' : 'failure'
  const { happened } = failureWords(explain(last.endpoint, bad, reason), reason)
  const said = [reason, message].filter(Boolean).join(': ')
  return (
    <>
      <p>
        {bad === 'timeout' ? (
          <Trans>
            Timed-out operation: {action}, {moment}.
          </Trans>
        ) : (
          <Trans>
            Failed operation: {action}, {moment}.
          </Trans>
        )}{' '}
        {happened}
      </p>
      {said && (
        <p className="break-words" lang="en" translate="no">
          {said}
        </p>
      )}
    </>
  )
}

function Unknown({
  last,
  isRead,
}: {
  last: Extract<StateReason, { kind: 'unknown' }>['last']
  isRead: boolean
}) {
  const endpointWords = useEndpointWords()
  const action = last && endpointWords(last.endpoint)
  const moment = last && formatDateTime(last.at)
  const by = last?.by
  return (
    <p>
      <Trans>The reason is unknown, because Exoscale doesn’t report it.</Trans>{' '}
      {!isRead && <Trans>Vedette couldn’t read the history of this instance.</Trans>}
      {isRead &&
        last &&
        (by ? (
          <Trans>
            Last change: {action} by {by}, {moment}.
          </Trans>
        ) : (
          <Trans>
            Last change: {action}, {moment}.
          </Trans>
        ))}
      {isRead && !last && (
        <Trans>No start, stop or other change of this instance is on record.</Trans>
      )}
    </p>
  )
}

function useTitle(row: Row, name: string): string {
  const { t } = useLingui()
  const since = formatDateTime(row.mark?.since ?? 0)
  if (row.state === 'error') return t`${name} is in an error state`
  if (!row.overdue) {
    const { state } = row
    return t`${name} is in the state “${state}”, which Vedette doesn’t know`
  }
  switch (row.state) {
    case 'starting':
      return t`${name} has been starting since ${since}`
    case 'stopping':
      return t`${name} has been stopping since ${since}`
    case 'migrating':
      return t`${name} has been moving to another host since ${since}`
    default:
      return t`The deletion of ${name} has been in progress since ${since}`
  }
}

function Next({ row: { state, overdue } }: { row: Row }): ReactNode {
  if (state === 'error')
    return (
      <Trans>
        Contact Exoscale support with the ID of the instance. If you don’t need the
        instance, delete it.
      </Trans>
    )
  if (!overdue)
    return <Trans>Check the instance in Exoscale’s portal before you change it.</Trans>
  if (state === 'starting')
    return (
      <Trans>
        Check the console. If the instance doesn’t start, contact Exoscale support with its
        ID.
      </Trans>
    )
  return (
    <Trans>If this doesn’t end, contact Exoscale support with the instance’s ID.</Trans>
  )
}

export function StateNotice({ row, name }: { row: Row; name: string }) {
  const needed = groupOf(row) === 'attention'
  return needed ? <Notice row={row} name={name} /> : null
}

function Notice({ row, name }: { row: Row; name: string }) {
  const title = useTitle(row, name)
  const { reason, isRead } = useStateReason(row)
  const explained = row.state === 'error' || row.overdue
  return (
    <Banner
      kind={row.state === 'error' ? 'error' : 'warning'}
      title={title}
      action={
        <Link to={`/instances/${row.zone}/${row.id}/activity`} className="ui-link text-sm">
          <Trans>View activity</Trans>
        </Link>
      }
    >
      {explained && reason?.kind === 'failed' && <Failed failed={reason} />}
      {explained && reason?.kind === 'unknown' && (
        <Unknown last={reason.last} isRead={isRead} />
      )}
      <p>
        <Next row={row} />
      </p>
    </Banner>
  )
}
