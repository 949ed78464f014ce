/** Builds the Screen menu: zoom, view-only, screenshots, recording and windows. */
import { useLingui } from '@lingui/react/macro'

import type { Row } from '../api/inventory.ts'
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
  onView: (view: View) => void
  film: Filming
  /** False in the console's own window, which has no page to go back to. */
  popOut: boolean
}

type Entries = () => MenuEntry[]

function useZoomEntries({ connection, state, view, onView }: ScreenMenuProps): Entries {
  const { t } = useLingui()
  const zooms: [Zoom, string][] = [
    ['fit', t`Fit to window`],
    [1, t`Actual size (1:1)`],
    [2, t`Double size (200%)`],
  ]
  const fixedSize = () => {
    if (state.status !== 'open') return t`The console isn’t connected.`
    return connection.abilities?.resize ? null : t`This instance doesn’t support resizing.`
  }
  return () => [
    { heading: t`Zoom` },
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
      label: t`Resize remote screen`,
      detail: t`Match the instance’s resolution to this window`,
      checked: view.remoteSize,
      disabledReason: view.remoteSize ? null : fixedSize(),
      onSelect: () => {
        connection.stage.setZoom('fit')
        onView({ ...view, zoom: 'fit', remoteSize: !view.remoteSize })
      },
    },
  ]
}

function useInputEntries({ view, onView }: ScreenMenuProps): Entries {
  const { t } = useLingui()
  return () => [
    {
      label: t`View-only`,
      detail: t`Keys and clicks aren’t sent to the instance`,
      checked: view.viewOnly,
      onSelect: () => onView({ ...view, viewOnly: !view.viewOnly }),
    },
    {
      label: t`On-screen keys`,
      detail: t`Keyboard, special keys and touchpad for touchscreens`,
      checked: view.touch,
      onSelect: () => onView({ ...view, touch: !view.touch }),
    },
  ]
}

function useNothingShown({ state }: ScreenMenuProps): string | null {
  const { t } = useLingui()
  return state.size ? null : t`Nothing is on the screen yet.`
}

function useImageEntries(props: ScreenMenuProps): Entries {
  const { connection, row, film } = props
  const { t } = useLingui()
  const nothingShown = useNothingShown(props)
  const screenshot = async (use: (blob: Blob) => Promise<void> | void) => {
    const blob = await connection.picture()
    try {
      if (blob) await use(blob)
    } catch {
      toast({ kind: 'error', title: t`Your browser blocked copying the screenshot.` })
    }
  }
  const copy = async (blob: Blob) => {
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })])
    toast({ kind: 'success', title: t`Screenshot copied` })
  }
  return () => [
    {
      label: t`Download screenshot`,
      disabledReason: nothingShown,
      onSelect: () =>
        void screenshot((blob) => row && saveFile(fileName(row, new Date(), 'png'), blob)),
    },
    {
      label: t`Copy screenshot`,
      disabledReason: nothingShown,
      onSelect: () => void screenshot(copy),
    },
    film.seconds === undefined
      ? {
          label: t`Record video`,
          detail: t`Saves the screen as a WebM video`,
          disabledReason: nothingShown ?? film.disabledReason,
          onSelect: film.start,
        }
      : { label: t`Stop recording`, onSelect: film.stop },
  ]
}

function useWindowEntries(props: ScreenMenuProps): Entries {
  const { connection, state, row, name, popOut } = props
  const { t } = useLingui()
  const nothingShown = useNothingShown(props)
  const floatAbove = async () => {
    try {
      await float(connection, name)
    } catch {
      toast({ kind: 'error', title: t`Your browser blocked the floating window.` })
    }
  }
  const openWindow = ({ zone, id }: Row) => {
    const features = 'popup,width=1060,height=840'
    const opened = window.open(`/console/${zone}/${id}`, `console-${id}`, features)
    if (opened) return connection.leave()
    toast({
      kind: 'error',
      title: t`Your browser blocked the new window. Allow pop-ups for this site and try again.`,
    })
  }
  return () => [
    {
      label: t`Open in floating window`,
      disabledReason:
        nothingShown ??
        (canFloat() ? null : t`This browser doesn’t support floating windows.`),
      onSelect: () => void floatAbove(),
    },
    ...(popOut && row
      ? [{ label: t`Open in new window`, onSelect: () => openWindow(row) }]
      : []),
    {
      label: t`Disconnect`,
      disabledReason: state.status === 'closed' ? t`The console isn’t connected.` : null,
      onSelect: () => connection.leave(),
    },
  ]
}

export function useScreenMenu(props: ScreenMenuProps): Entries {
  const zoom = useZoomEntries(props)
  const input = useInputEntries(props)
  const image = useImageEntries(props)
  const windows = useWindowEntries(props)
  return () => {
    const separator = { separator: true as const }
    return [
      ...zoom(),
      separator,
      ...input(),
      separator,
      ...image(),
      separator,
      ...windows(),
    ]
  }
}
