/** Shows every instance of a frozen set, with what will happen to it and what has changed since. */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useMemo, useState } from 'react'

import { InstanceState } from '../../components/InstanceState.tsx'
import { TellApart } from '../../components/namesakes/TellApart.tsx'
import { useRefusalWords } from '../../components/refusal-words.ts'
import { zoneCity } from '../../components/zone-city.ts'
import { VirtualList } from '../../table/VirtualList.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import {
  bulkEntries,
  type Asked,
  type BulkEntry,
  type BulkSet,
  type Change,
} from './bulk.ts'

function ChangeWords({ change }: { change: Change }) {
  switch (change.kind) {
    case 'deleted':
      return <Trans>Deleted since</Trans>
    case 'zone-down':
      return <Trans>The zone isn’t responding now</Trans>
    case 'zone-back':
      return <Trans>The zone is responding again</Trans>
    case 'name': {
      const { name } = change
      return <Trans>Renamed to {name} since</Trans>
    }
    case 'state':
      return (
        <Trans>
          Changed to <InstanceState state={change.state} /> since
        </Trans>
      )
  }
}

function Entry({
  asked,
  why,
  deletes,
  change,
}: {
  asked: Asked
  why: Extract<BulkEntry, { kind: 'instance' }>['why']
  /** Protection only matters then. */
  deletes: boolean
  change: Change | undefined
}) {
  const { t } = useLingui()
  const refusalWords = useRefusalWords()
  const { name, id, zone, state, manager, isProtected, overdue } = asked
  const city = zoneCity(zone)
  return (
    <div className="grid gap-x-3 px-3 py-1.5">
      <p className="flex flex-wrap gap-x-3">
        {/* Whole, because names of one kind often differ only at their end. */}
        <bdi translate="no" className="min-w-0 break-words">
          {name || id}
        </bdi>
        <span className="flex shrink-0 gap-x-3 max-sm:basis-full sm:ms-auto">
          <InstanceState state={state} overdue={overdue} />
          <span className="truncate text-muted sm:w-20" translate="no">
            {city}
          </span>
        </span>
      </p>
      <TellApart one={asked} />
      {why && (
        <p className="text-muted">
          {why === 'zone-down' ? t`The zone isn’t responding.` : refusalWords(why)}
        </p>
      )}
      {deletes && isProtected && (
        <p className="text-warning">
          <Trans>Protected</Trans>
        </p>
      )}
      {manager && (
        <p className="text-muted">
          {manager === 'pool' && <Trans>Managed by an instance pool</Trans>}
          {manager === 'sks' && <Trans>Managed by SKS</Trans>}
          {manager === 'other' && <Trans>Managed by something else at Exoscale</Trans>}
        </p>
      )}
      {change && (
        <p className="text-warning">
          <ChangeWords change={change} />
        </p>
      )}
    </div>
  )
}

function useHeadWords({ action }: BulkSet) {
  const { t } = useLingui()
  return (group: BulkEntry['group'], count: number) => {
    const words: Record<BulkEntry['group'], string> = {
      go: t`${plural(count, { one: '# included', other: '# included' })}`,
      already: {
        start: t`${plural(count, { one: '# already running', other: '# already running' })}`,
        protect: t`${plural(count, { one: '# already protected', other: '# already protected' })}`,
        stop: t`${plural(count, { one: '# already stopped', other: '# already stopped' })}`,
      }[action === 'start' || action === 'protect' ? action : 'stop'],
      cannot: t`${plural(count, { one: '# skipped', other: '# skipped' })}`,
    }
    return words[group]
  }
}

/** From so many on, a search is worth its line. */
const searchedFrom = 9

export function BulkList({
  set,
  changes,
}: {
  set: BulkSet
  changes: ReadonlyMap<string, Change>
}) {
  const { t } = useLingui()
  const headWords = useHeadWords(set)
  const [search, setSearch] = useState('')
  const entries = useMemo(() => bulkEntries(set, search), [set, search])
  const count = set.go.length + set.already.length + set.cannot.length
  return (
    <div className="grid gap-2">
      {count >= searchedFrom && (
        <TextInput
          type="search"
          aria-label={t`Search these instances`}
          placeholder={t`Search these instances`}
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
          label={t`Selected instances`}
          entries={entries}
          keyOf={(entry) => (entry.kind === 'head' ? entry.group : entry.asked.key)}
        >
          {(entry) =>
            entry.kind === 'head' ? (
              <p className="bg-sunken px-3 py-1 text-xs font-medium">
                {headWords(entry.group, entry.count)}
              </p>
            ) : (
              <Entry
                asked={entry.asked}
                why={entry.why}
                deletes={set.action === 'delete'}
                change={changes.get(entry.asked.key)}
              />
            )
          }
        </VirtualList>
      )}
    </div>
  )
}
