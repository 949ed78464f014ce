/** Renames a saved view and moves it in the list of views, in the place of its line. */
import { Trans, useLingui } from '@lingui/react/macro'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'

import { nameRefusal, type SavedView, type SavedViews } from '#contract/query/views.ts'

import { announce } from '../../../ui/announce.ts'
import { Button } from '../../../ui/Button.tsx'
import { Field } from '../../../ui/Field.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { TextInput } from '../../../ui/TextInput.tsx'
import { moved, type ViewsChange } from './change-views.ts'
import { useRefusalWords } from './view-words.ts'

type ViewEditProps = {
  view: SavedView
  views: SavedViews
  /** Calls back when it is stored. */
  onChange: (change: ViewsChange, onStored?: () => void) => void
  onRename: (name: string) => void
  onClose: () => void
}

/** The buttons that move the view. The line moves with them, and the focus stays. */
function Moves({
  view,
  views: { views },
  onChange,
}: Pick<ViewEditProps, 'view' | 'views' | 'onChange'>) {
  const { t } = useLingui()
  const pressed = useRef<HTMLButtonElement>(null)
  const { id, name } = view
  const at = views.findIndex((one) => one.id === id)
  const place = at + 1
  const count = views.length
  useLayoutEffect(() => {
    // Browsers take the focus from what is put in another place.
    if (document.activeElement !== document.body) return
    pressed.current?.focus()
    pressed.current = null
  })
  const move = (by: -1 | 1) => {
    const target = place + by
    onChange(
      (now) => moved(now, id, by),
      () => announce(t`${name} is view ${target} of ${count}`),
    )
  }
  return (
    <span className="flex grow gap-1">
      <IconButton
        label={t`Move ${name} up`}
        size="sm"
        disabledReason={at === 0 ? t`This view is the first one.` : null}
        onClick={({ currentTarget }) => {
          pressed.current = currentTarget
          move(-1)
        }}
      >
        <ArrowUp />
      </IconButton>
      <IconButton
        label={t`Move ${name} down`}
        size="sm"
        disabledReason={place === count ? t`This view is the last one.` : null}
        onClick={({ currentTarget }) => {
          pressed.current = currentTarget
          move(1)
        }}
      >
        <ArrowDown />
      </IconButton>
    </span>
  )
}

export function ViewEdit({ view, views, onChange, onRename, onClose }: ViewEditProps) {
  const { t } = useLingui()
  const words = useRefusalWords()
  const { name } = view
  const [wanted, setWanted] = useState(name)
  const refusal = nameRefusal(views, wanted, view.id)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => input.current?.select(), [])
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape cancels in all its fields
    <form
      aria-label={t`Edit ${name}`}
      className="grid grow gap-2 rounded-md bg-sunken p-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (refusal) input.current?.focus()
        else onRename(wanted)
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        // The panel stays open.
        event.stopPropagation()
        onClose()
      }}
    >
      <Field label={t`Name of the view`} error={refusal ? words[refusal] : null}>
        <TextInput
          ref={input}
          value={wanted}
          onChange={({ target }) => setWanted(target.value)}
        />
      </Field>
      <div className="flex flex-wrap items-center gap-2">
        <Moves {...{ view, views, onChange }} />
        <Button size="sm" onClick={onClose}>
          <Trans>Cancel</Trans>
        </Button>
        <Button size="sm" variant="primary" type="submit">
          <Trans>Save</Trans>
        </Button>
      </div>
    </form>
  )
}
