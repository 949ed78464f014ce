/** A saved view in the panel of views: opens, shares, renames, moves and deletes it. */
import { useLingui } from '@lingui/react/macro'
import { House, Pencil, Trash2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Link } from 'react-router'

import {
  isFull,
  nameRefusal,
  type SavedView,
  type SavedViews,
  type ViewRefusal,
} from '#contract/query/views.ts'

import { CopyButton } from '../../../ui/CopyButton.tsx'
import { firstPress } from '../../../ui/first-press.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { focusHome } from '../../../ui/return-focus.ts'
import { toast } from '../../../ui/toast.ts'
import {
  renamed,
  withDefault,
  withoutView,
  withView,
  type ViewsChange,
} from './change-views.ts'
import { useRefusalWords } from './view-words.ts'
import { ViewEdit } from './ViewEdit.tsx'

const pathOf = (search: string) => `/instances${search === '' ? '' : `?${search}`}`

type ViewLineProps = {
  view: SavedView
  views: SavedViews
  isShown: boolean
  /** Calls back when it is stored. */
  onChange: (change: ViewsChange, onStored?: () => void) => void
}

/** Renames views. Another tab may have taken the name by then: the view then keeps its own. */
function useRename(onChange: ViewLineProps['onChange']) {
  const { t } = useLingui()
  const words = useRefusalWords()
  return (view: SavedView, name: string, onRenamed?: () => void) => {
    let refusal: ViewRefusal | undefined
    onChange(
      (views) => {
        // Another tab may have deleted it: it is then saved again.
        refusal =
          nameRefusal(views, name, view.id) ??
          (isFull(views, view.id) ? 'too-many' : undefined)
        return refusal ? views : renamed(views, view, name)
      },
      () => {
        if (!refusal) onRenamed?.()
        else toast({ kind: 'error', title: t`Couldn’t rename view`, body: words[refusal] })
      },
    )
  }
}

/** Deletes views. Undo puts one back where it was. */
function useRemove(onChange: ViewLineProps['onChange']) {
  const { t } = useLingui()
  const words = useRefusalWords()
  return (view: SavedView, views: SavedViews) => {
    const { id, name } = view
    const at = views.views.indexOf(view)
    const undo = () => {
      let refused = false
      onChange(
        (now) => {
          refused = isFull(now, id)
          if (refused) return now
          const back = withView(now, view, at)
          return views.defaultId === id ? withDefault(back, id) : back
        },
        () => {
          const title = t`Couldn’t restore view`
          if (refused) toast({ kind: 'error', title, body: words['too-many'] })
        },
      )
    }
    onChange(
      (now) => withoutView(now, id),
      () => {
        // The line, which had the focus, is gone.
        focusHome()
        toast({
          kind: 'success',
          title: t`${name} deleted`,
          action: { label: t`Undo`, onSelect: undo },
        })
      },
    )
  }
}

export function ViewLine({ view, views, isShown, onChange }: ViewLineProps) {
  const { t } = useLingui()
  const { id, name, search } = view
  const isDefault = views.defaultId === id
  const [isEdited, setEdited] = useState(false)
  const wasEdited = useRef(false)
  const pencil = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (!isEdited && wasEdited.current) pencil.current?.focus()
    wasEdited.current = isEdited
  }, [isEdited])
  const rename = useRename(onChange)
  const remove = useRemove(onChange)
  const onRename = (wanted: string) => {
    const newName = wanted.trim()
    if (newName === name) {
      setEdited(false)
      return
    }
    rename(view, newName, () => {
      setEdited(false)
      toast({
        kind: 'success',
        title: t`${name} renamed to ${newName}`,
        action: { label: t`Undo`, onSelect: () => rename(view, name) },
      })
    })
  }
  if (isEdited)
    return (
      <li className="flex">
        <ViewEdit
          {...{ view, views, onChange, onRename }}
          onClose={() => setEdited(false)}
        />
      </li>
    )
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
        onClick={() => onChange((now) => withDefault(now, isDefault ? undefined : id))}
      >
        <House className={isDefault ? 'text-accent' : 'text-muted'} />
      </IconButton>
      <CopyButton
        label={t`Copy link to ${name}`}
        text={() => `${location.origin}${pathOf(search)}`}
      />
      <IconButton
        ref={pencil}
        size="sm"
        label={t`Rename or move ${name}`}
        onClick={() => setEdited(true)}
      >
        <Pencil className="text-muted" />
      </IconButton>
      <IconButton
        size="sm"
        label={t`Delete ${name}`}
        // The next view moves to where this one was.
        {...firstPress(() => remove(view, views))}
      >
        <Trash2 className="text-muted" />
      </IconButton>
    </li>
  )
}
