/** Shows the result of each instance of a job: what went wrong first, found by a search. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Check, CircleHelp, Clock, Minus, X } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Link } from 'react-router'

import type { JobDetail, JobItem } from '#contract/job.ts'

import { TellApart } from '../../components/namesakes/TellApart.tsx'
import { zoneCity } from '../../components/zone-city.ts'
import { VirtualList } from '../../table/VirtualList.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { resultEntries } from './job-view.ts'
import { useGroupWords, useReasonOf } from './job-words.ts'

function ResultIcon({ state }: Pick<JobItem, 'state'>) {
  const { t } = useLingui()
  switch (state) {
    case 'success':
      return <Check size={16} aria-label={t`Done`} className="text-running" />
    case 'failure':
      return <X size={16} aria-label={t`Failed`} className="text-error" />
    case 'unknown':
      return <CircleHelp size={16} aria-label={t`Unknown`} className="text-warning" />
    case 'skipped':
      return <Minus size={16} aria-label={t`Skipped`} className="text-muted" />
    case 'waiting':
      return <Clock size={16} aria-label={t`Waiting`} className="text-muted" />
    default:
      return <Spinner size={16} label={t`In progress`} />
  }
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
        <ResultIcon state={state} />
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
