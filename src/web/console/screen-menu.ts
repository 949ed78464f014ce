/** Builds the Screen menu: zoom, view-only, screenshots, recording and windows. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'

import type { ScreenRights } from '#contract/people/policy.ts'

import type { Row } from '../api/inventory.ts'
import { rightWords } from '../components/people/right-words.ts'
import { i18n } from '../i18n.ts'
import type { ConnectionState } from '../screen/connection-state.ts'
import type { ConsoleConnection } from '../screen/connection.ts'
import type { Zoom } from '../screen/stage.ts'
import type { MenuEntry } from '../ui/menu-entry.ts'
import { saveFile } from '../ui/save-file.ts'
import { toast } from '../ui/toast.ts'
import { fileName } from './file-name.ts'
import { canFloat, float } from './float.ts'
import type { Filming } from './use-film.ts'
import type { View } from './view.ts'

export type ScreenMenuProps = {
  connection: ConsoleConnection
  state: ConnectionState
  row: Row | undefined
  name: string
  view: View
  /** What the person may do with the screen; undefined until that is known. */
  rights: ScreenRights | undefined
  onView: (view: View) => void
  film: Filming
  /** False in the console's own window, which has no page to go back to. */
  popOut: boolean
}

const words = (message: MessageDescriptor) => i18n._(message)

const whyNoTyping = (rights: ScreenRights | undefined) =>
  rights?.type === false ? words(rightWords.type) : null

function zoomEntries({
  connection,
  state,
  view,
  rights,
  onView,
}: ScreenMenuProps): MenuEntry[] {
  const typeBlock = whyNoTyping(rights)
  const zooms: [Zoom, string][] = [
    ['fit', words(msg`Fit to window`)],
    [1, words(msg`Actual size (1:1)`)],
    [2, words(msg`Double size (200%)`)],
  ]
  const fixedSize = () => {
    if (typeBlock) return typeBlock
    if (state.status !== 'open') return words(msg`The console isn’t connected.`)
    return connection.abilities?.resize
      ? null
      : words(msg`This instance doesn’t support resizing.`)
  }
  return [
    { heading: words(msg`Zoom`) },
    ...zooms.map(([zoom, label]) => ({
      label,
      checked: view.zoom === zoom,
      onSelect: () => {
        // Also if it is already selected, because a pinch may have changed the zoom.
        connection.stage.setZoom(zoom)
        onView({ ...view, zoom })
      },
    })),
    {
      label: words(msg`Resize remote screen`),
      detail: words(msg`Match the instance’s resolution to this window`),
      checked: view.remoteSize,
      disabledReason: view.remoteSize ? null : fixedSize(),
      onSelect: () => {
        connection.stage.setZoom('fit')
        onView({ ...view, zoom: 'fit', remoteSize: !view.remoteSize })
      },
    },
  ]
}

function inputEntries({ view, rights, onView }: ScreenMenuProps): MenuEntry[] {
  const typeBlock = whyNoTyping(rights)
  return [
    {
      label: words(msg`View-only`),
      detail: words(msg`Keys and clicks aren’t sent to the instance`),
      checked: view.viewOnly || typeBlock !== null,
      disabledReason: typeBlock,
      onSelect: () => onView({ ...view, viewOnly: !view.viewOnly }),
    },
    {
      label: words(msg`On-screen keys`),
      detail: words(msg`Keyboard, special keys and touchpad for touchscreens`),
      checked: view.touch && typeBlock === null,
      disabledReason: typeBlock,
      onSelect: () => onView({ ...view, touch: !view.touch }),
    },
  ]
}

function whyNothing({ state }: ScreenMenuProps): string | null {
  return state.size ? null : words(msg`Nothing is on the screen yet.`)
}

function imageEntries(props: ScreenMenuProps): MenuEntry[] {
  const { connection, row, film } = props
  const nothingShown = whyNothing(props)
  const screenshot = async (use: (blob: Blob) => Promise<void> | void) => {
    const blob = await connection.picture()
    try {
      if (blob) await use(blob)
    } catch {
      toast({
        kind: 'error',
        title: words(msg`Your browser blocked copying the screenshot.`),
      })
    }
  }
  const copy = async (blob: Blob) => {
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })])
    toast({ kind: 'success', title: words(msg`Screenshot copied`) })
  }
  return [
    {
      label: words(msg`Download screenshot`),
      disabledReason: nothingShown,
      onSelect: () =>
        void screenshot((blob) => row && saveFile(fileName(row, new Date(), 'png'), blob)),
    },
    {
      label: words(msg`Copy screenshot`),
      disabledReason: nothingShown,
      onSelect: () => void screenshot(copy),
    },
    film.seconds === undefined
      ? {
          label: words(msg`Record video`),
          detail: words(msg`Saves the screen as a WebM video`),
          disabledReason: nothingShown ?? film.disabledReason,
          onSelect: film.start,
        }
      : { label: words(msg`Stop recording`), onSelect: film.stop },
  ]
}

function windowEntries(props: ScreenMenuProps): MenuEntry[] {
  const { connection, state, row, name, popOut } = props
  const nothingShown = whyNothing(props)
  const floatAbove = async () => {
    try {
      await float(connection, name)
    } catch {
      toast({ kind: 'error', title: words(msg`Your browser blocked the floating window.`) })
    }
  }
  const openWindow = ({ zone, id }: Row) => {
    const features = 'popup,width=1060,height=840'
    const opened = window.open(`/console/${zone}/${id}`, `console-${id}`, features)
    if (opened) return connection.leave()
    toast({
      kind: 'error',
      title: words(
        msg`Your browser blocked the new window. Allow pop-ups for this site and try again.`,
      ),
    })
  }
  return [
    {
      label: words(msg`Open in floating window`),
      disabledReason:
        nothingShown ??
        (canFloat() ? null : words(msg`This browser doesn’t support floating windows.`)),
      onSelect: () => void floatAbove(),
    },
    ...(popOut && row
      ? [{ label: words(msg`Open in new window`), onSelect: () => openWindow(row) }]
      : []),
    {
      label: words(msg`Disconnect`),
      disabledReason:
        state.status === 'closed' ? words(msg`The console isn’t connected.`) : null,
      onSelect: () => connection.leave(),
    },
  ]
}

/** The entries as they are now; called at each rendering of the open menu. */
export function screenMenu(props: ScreenMenuProps): MenuEntry[] {
  const separator = { separator: true as const }
  return [
    ...zoomEntries(props),
    separator,
    ...inputEntries(props),
    separator,
    ...imageEntries(props),
    separator,
    ...windowEntries(props),
  ]
}
