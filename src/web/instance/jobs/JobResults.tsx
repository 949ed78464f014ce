/** Shows the result of each instance of a job: what went wrong first, found by a search. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Check, CircleHelp, Clock, Minus, TimerOff, X } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Link } from 'react-router'

import type { JobDetail, JobItem } from '#contract/job.ts'

import { useEndWords } from '../../components/end-words.ts'
import { TellApart } from '../../components/namesakes/TellApart.tsx'
import { endOf } from '../../components/operation-outcome.ts'
import { zoneCity } from '../../components/zone-city.ts'
import { VirtualList } from '../../table/VirtualList.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { resultEntries } from './job-view.ts'
import { useGroupWords, useReasonOf } from './job-words.ts'

function ResultIcon({ item }: { item: JobItem }) {
  const { t } = useLingui()
  const words = useEndWords()
  const { state } = item
  if (state === 'skipped')
    return <Minus size={16} aria-label={t`Skipped`} className="text-muted" />
  if (state === 'waiting')
    return <Clock size={16} aria-label={t`Waiting`} className="text-muted" />
  if (state === 'sending' || state === 'pending')
    return <Spinner size={16} label={words.running} />
  const end = endOf(item)
  const word = words[end]
  if (end === 'done') return <Check size={16} aria-label={word} className="text-running" />
  if (end === 'unknown')
    return <CircleHelp size={16} aria-label={word} className="text-warning" />
  const Bad = end === 'timed-out' ? TimerOff : X
  return <Bad size={16} aria-label={word} className="text-error" />
}

function Result({ item }: { item: JobItem }) {
  const reasonOf = useReasonOf()
  const { zone, instanceId, name, state, timedOut } = item
  const { said, own } = reasonOf(item)
  const city = zoneCity(zone)
  const bad = state === 'failure' || state === 'unknown' || state === 'skipped'
  return (
    <div className="flex gap-2 px-3 py-1.5">
      <span className="mt-0.5 shrink-0">
        <ResultIcon item={item} />
      </span>
      <div className="min-w-0 grow">
        <p className="flex gap-x-3">
          <Link
            to={`/instances/${zone}/${instanceId}`}
            className="ui-link min-w-0 break-words"
          >
            <bdi translate="no">{name || instanceId}</bdi>
          </Link>
          <span className="ms-auto shrink-0 text-muted" translate="no">
            {city}
          </span>
        </p>
        <TellApart one={{ zone, id: instanceId, name }} />
        {bad && said && (
          <p className="break-words text-error" lang="en" translate="no">
            {said}
          </p>
        )}
        {bad && own && <p className="break-words text-muted">{own}</p>}
        {bad && timedOut && (
          <p className="text-muted">
            <Trans>Exoscale took too long to respond.</Trans>
          </p>
        )}
        {state === 'failure' && !said && !own && !timedOut && (
          <p className="text-muted">
            <Trans>Exoscale didn’t give a reason.</Trans>
          </p>
        )}
      </div>
    </div>
  )
}

/** From so many on, a search is worth its line. */
const searchedFrom = 9

export function JobResults({ detail }: { detail: JobDetail }) {
  const { t } = useLingui()
  const groupWords = useGroupWords()
  const [search, setSearch] = useState('')
  const { items, state } = detail
  const entries = useMemo(() => resultEntries(items, search), [items, search])
  return (
    <div className="grid gap-2">
      {items.length >= searchedFrom && (
        <TextInput
          type="search"
          aria-label={t`Search results`}
          placeholder={t`Search results`}
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
      )}
      {entries.length === 0 ? (
        <p className="text-sm text-muted">
          <Trans>No instances match this search.</Trans>
        </p>
      ) : (
        <VirtualList
          label={t`Results`}
          entries={entries}
          keyOf={(entry) =>
            entry.kind === 'head'
              ? entry.group
              : `${entry.item.zone}/${entry.item.instanceId}`
          }
        >
          {(entry) =>
            entry.kind === 'head' ? (
              <p className="bg-sunken px-3 py-1 text-xs font-medium">
                {groupWords(entry.group, entry.count, state)}
              </p>
            ) : (
              <Result item={entry.item} />
            )
          }
        </VirtualList>
      )}
    </div>
  )
}
