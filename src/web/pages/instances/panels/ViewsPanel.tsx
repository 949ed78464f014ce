/** Saves what the list shows under a name, and lists what was saved. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useLocation } from 'react-router'

import {
  viewRefusal,
  viewSearch,
  type SavedViews,
  type ViewRefusal,
} from '#contract/query/views.ts'

import { problemOf } from '../../../api/client.ts'
import { useInventory } from '../../../api/inventory.ts'
import { newKey } from '../../../api/once.ts'
import { showSaved } from '../../../api/show-saved.ts'
import { changeViews, viewsQuery } from '../../../api/views.ts'
import { ProblemNotice } from '../../../components/ProblemNotice.tsx'
import { ProblemText } from '../../../components/ProblemText.tsx'
import { ReadProblem } from '../../../components/reading/ReadProblem.tsx'
import { useFixtures } from '../../../stores/fixtures.ts'
import { hideFixtures } from '../../../stores/hide-fixtures.ts'
import { Button } from '../../../ui/Button.tsx'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import { Field } from '../../../ui/Field.tsx'
import { Spinner } from '../../../ui/Spinner.tsx'
import { TextInput } from '../../../ui/TextInput.tsx'
import { toast } from '../../../ui/toast.ts'
import { allInstances } from '../list/use-default-view.ts'
import { withView } from './change-views.ts'
import { useRefusalWords } from './view-words.ts'
import { ViewLine } from './ViewLine.tsx'

function SaveForm({
  views,
  search,
  isPending,
  onSave,
}: {
  views: SavedViews
  search: string
  isPending: boolean
  /** Resolves with why it can't be saved among the views that another tab has stored by now. */
  onSave: (name: string) => Promise<ViewRefusal | undefined>
}) {
  const { t } = useLingui()
  const words = useRefusalWords()
  const [name, setName] = useState('')
  const [wasSent, setWasSent] = useState(false)
  const refusal = viewRefusal(views, name, search)
  const save = async () => {
    setWasSent(true)
    if (refusal || isPending) return
    try {
      // The field says why, of the views as they are now.
      if (await onSave(name.trim())) return
      setName('')
      setWasSent(false)
    } catch {
      // The panel says why; what was typed stays.
    }
  }
  return (
    <form
      className="grid gap-2 border-t border-border pt-3"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <Field
        label={t`Name of the current view`}
        hint={t`Saves the search, filters, groups, sorting and columns.`}
        error={refusal && (wasSent || refusal !== 'no-name') ? words[refusal] : null}
      >
        <TextInput value={name} onChange={({ target }) => setName(target.value)} />
      </Field>
      <Button type="submit" pending={isPending}>
        <Trans>Save view</Trans>
      </Button>
    </form>
  )
}

/** In the sandbox: whether lists show what exists only for tests. */
function FixturesChoice() {
  const { t } = useLingui()
  const any = useInventory(({ rows }) =>
    [...rows.values()].some(({ mark }) => mark?.fixture),
  )
  const { hidden } = useFixtures()
  if (!any) return null
  return (
    <div className="border-t border-border pt-3">
      <Checkbox
        label={t`Show test fixtures`}
        checked={!hidden}
        onChange={({ target }) => hideFixtures(!target.checked)}
      />
    </div>
  )
}

export function ViewsPanel() {
  const { t } = useLingui()
  const queries = useQueryClient()
  const query = useQuery(viewsQuery)
  const { data } = query
  const location = useLocation()
  const now = viewSearch(new URLSearchParams(location.search))
  const change = useMutation({
    mutationFn: changeViews,
    // One after the other: each reads what is stored before it writes.
    scope: { id: 'views' },
    onSuccess: (views) => showSaved(queries, viewsQuery.queryKey, views),
  })
  const tellFailure = (failure: unknown) =>
    toast({
      kind: 'error',
      title: t`Couldn’t save views`,
      body: <ProblemText problems={[problemOf(failure)]} />,
    })
  if (!data)
    return <ReadProblem query={query} waiting={<Spinner label={t`Loading views`} />} />
  return (
    <div className="grid w-80 max-w-full gap-3">
      {data.views.length === 0 ? (
        <p className="text-sm text-muted">
          <Trans>
            No saved views yet. The default view opens when the list is opened without
            filters.
          </Trans>
        </p>
      ) : (
        <ul className="-mx-1 ui-scroll grid max-h-64 overflow-y-auto">
          <li>
            <Link
              to="/instances"
              state={allInstances}
              className="block rounded-md px-2 py-1.5 text-sm text-text no-underline hover:bg-hover"
            >
              <Trans>All instances</Trans>
            </Link>
          </li>
          {data.views.map((view) => (
            <ViewLine
              key={view.id}
              view={view}
              views={data}
              isShown={view.search === now}
              onChange={(next, onStored) =>
                // Also where the panel was closed by then.
                change.mutateAsync(next).then(onStored, tellFailure)
              }
            />
          ))}
        </ul>
      )}
      {change.error && <ProblemNotice problem={problemOf(change.error)} />}
      <SaveForm
        views={data}
        search={now}
        isPending={change.isPending}
        onSave={async (name) => {
          let refusal: ViewRefusal | undefined
          const id = newKey()
          await change.mutateAsync((views) => {
            refusal = viewRefusal(views, name, now)
            return refusal ? views : withView(views, { id, name, search: now })
          })
          return refusal
        }}
      />
      <FixturesChoice />
    </div>
  )
}
