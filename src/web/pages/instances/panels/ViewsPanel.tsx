/** Saves what the list shows under a name, and opens, shares and deletes what was saved. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Star, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Link, useLocation } from 'react-router'

import {
  mostViews,
  viewNameMax,
  viewRefusal,
  viewSearch,
  type SavedView,
  type SavedViews,
  type ViewRefusal,
} from '#contract/query/views.ts'

import { problemOf } from '../../../api/client.ts'
import { useInventory } from '../../../api/inventory.ts'
import { newKey } from '../../../api/once.ts'
import { changeViews, viewsQuery } from '../../../api/views.ts'
import { ProblemNotice } from '../../../components/ProblemNotice.tsx'
import { ProblemText } from '../../../components/ProblemText.tsx'
import { useFixtures } from '../../../stores/fixtures.ts'
import { hideFixtures } from '../../../stores/hide-fixtures.ts'
import { Button } from '../../../ui/Button.tsx'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import { CopyButton } from '../../../ui/CopyButton.tsx'
import { Field } from '../../../ui/Field.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { focusHome } from '../../../ui/return-focus.ts'
import { Spinner } from '../../../ui/Spinner.tsx'
import { TextInput } from '../../../ui/TextInput.tsx'
import { toast } from '../../../ui/toast.ts'

type Change = (views: SavedViews) => SavedViews

const pathOf = (search: string) => `/instances${search === '' ? '' : `?${search}`}`

function withDefault(views: SavedViews, id: string | undefined): SavedViews {
  const { defaultId: _before, ...rest } = views
  return id === undefined ? rest : { ...rest, defaultId: id }
}

const withView = (views: SavedViews, view: SavedView): SavedViews => ({
  ...views,
  views: [...views.views.filter(({ id }) => id !== view.id), view],
})

const withoutView = (views: SavedViews, id: string): SavedViews => ({
  ...withDefault(views, views.defaultId === id ? undefined : views.defaultId),
  views: views.views.filter((view) => view.id !== id),
})

function useRefusalWords(): Record<ViewRefusal, string> {
  const { t } = useLingui()
  return {
    'no-name': t`Enter a name.`,
    'long-name': t`Enter up to ${viewNameMax} characters.`,
    'same-name': t`Another view has this name. Choose another name.`,
    'too-many': t`You have ${mostViews} views. Delete one to save another.`,
    'too-long': t`This search is too long to be saved.`,
  }
}

function ViewLine({
  view,
  isDefault,
  isShown,
  onChange,
}: {
  view: SavedView
  isDefault: boolean
  isShown: boolean
  /** Calls back when it is stored. */
  onChange: (change: Change, onStored?: () => void) => void
}) {
  const { t } = useLingui()
  const { id, name, search } = view
  return (
    <li className="flex items-center gap-1">
      <Link
        to={pathOf(search)}
        aria-current={isShown ? 'page' : undefined}
        className="min-w-0 grow truncate rounded-md px-2 py-1.5 text-sm text-text no-underline hover:bg-hover aria-[current]:bg-selected aria-[current]:font-medium"
      >
        <bdi>{name}</bdi>
      </Link>
      <IconButton
        size="sm"
        label={t`Open ${name} by default`}
        pressed={isDefault}
        onClick={() => onChange((views) => withDefault(views, isDefault ? undefined : id))}
      >
        <Star className={isDefault ? 'fill-current text-accent' : 'text-muted'} />
      </IconButton>
      <CopyButton
        label={t`Copy link to ${name}`}
        text={() => `${location.origin}${pathOf(search)}`}
      />
      <IconButton
        size="sm"
        label={t`Delete ${name}`}
        onClick={() => {
          const undo: Change = (views) =>
            isDefault ? withDefault(withView(views, view), id) : withView(views, view)
          onChange(
            (views) => withoutView(views, id),
            () => {
              // The line, which had the focus, is gone.
              focusHome()
              toast({
                kind: 'success',
                title: t`${name} deleted`,
                action: { label: t`Undo`, onSelect: () => onChange(undo) },
              })
            },
          )
        }}
      >
        <Trash2 className="text-muted" />
      </IconButton>
    </li>
  )
}

function SaveForm({
  views,
  search,
  isPending,
  onSave,
}: {
  views: SavedViews
  search: string
  isPending: boolean
  onSave: (name: string) => Promise<unknown>
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
      await onSave(name.trim())
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
        hint={t`Saves the search, filters, sorting and columns.`}
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
  const { data, error, refetch, isPending: isReading } = useQuery(viewsQuery)
  const location = useLocation()
  const now = viewSearch(new URLSearchParams(location.search))
  const change = useMutation({
    mutationFn: changeViews,
    // One after the other: each reads what is stored before it writes.
    scope: { id: 'views' },
    onSuccess: (views) => queries.setQueryData(viewsQuery.queryKey, views),
  })
  const tellFailure = (failure: unknown) =>
    toast({
      kind: 'error',
      title: t`Couldn’t save views`,
      body: <ProblemText problems={[problemOf(failure)]} />,
    })
  if (isReading) return <Spinner label={t`Loading views`} />
  if (!data)
    return (
      <ProblemNotice
        problem={problemOf(error)}
        action={<Button onClick={() => void refetch()}>{t`Retry`}</Button>}
      />
    )
  return (
    <div className="grid w-80 max-w-full gap-3">
      {data.views.length === 0 ? (
        <p className="text-sm text-muted">
          <Trans>No saved views yet. The default view opens when the list is loaded.</Trans>
        </p>
      ) : (
        <ul className="-mx-1 ui-scroll grid max-h-64 overflow-y-auto">
          <li>
            <Link
              to="/instances"
              className="block rounded-md px-2 py-1.5 text-sm text-text no-underline hover:bg-hover"
            >
              <Trans>All instances</Trans>
            </Link>
          </li>
          {data.views.map((view) => (
            <ViewLine
              key={view.id}
              view={view}
              isDefault={view.id === data.defaultId}
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
        onSave={(name) =>
          change.mutateAsync((views) =>
            withView(views, { id: newKey(), name, search: now }),
          )
        }
      />
      <FixturesChoice />
    </div>
  )
}
