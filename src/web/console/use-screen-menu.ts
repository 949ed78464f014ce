import { useLingui } from '@lingui/react/macro'

import type { Zoom } from '../screen/stage.ts'
import type { MenuEntry } from '../ui/menu-entry.ts'
import { toast } from '../ui/toast.ts'
import type { BarProps } from './ConsoleBar.tsx'
import { canFloat, float } from './float.ts'
import { download, pictureName } from './picture-file.ts'

export type View = {
  zoom: Zoom
  viewOnly: boolean
  remoteSize: boolean
  /** Keys and gestures for fingers, below the picture. */
  touch: boolean
}

/** What can be done with the picture. */
export function useScreenMenu(props: BarProps): () => MenuEntry[] {
  const { t } = useLingui()
  const { connection, state, row, name, view, onView, popOut, recorder } = props
  const zooms: [Zoom, string][] = [
    ['fit', t`Fit to window`],
    [1, t`Actual size (1:1)`],
    [2, t`Double size (200%)`],
  ]
  const picture = async (use: (blob: Blob) => Promise<void> | void) => {
    const blob = await connection.picture()
    try {
      if (blob) await use(blob)
    } catch {
      toast({ kind: 'error', title: t`Your browser blocked copying the screenshot.` })
    }
  }
  const noPicture = state.size ? null : t`Nothing is on the screen yet.`
  const copy = async (blob: Blob) => {
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })])
    toast({ kind: 'success', title: t`Screenshot copied` })
  }
  const floatAbove = async () => {
    try {
      await float(connection, name)
    } catch {
      toast({ kind: 'error', title: t`Your browser blocked the floating window.` })
    }
  }
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
        // Also when it is chosen already: fingers may have zoomed since.
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
    { separator: true },
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
    { separator: true },
    {
      label: t`Download screenshot`,
      disabledReason: noPicture,
      onSelect: () =>
        void picture((blob) => row && download(blob, pictureName(row, new Date()))),
    },
    {
      label: t`Copy screenshot`,
      disabledReason: noPicture,
      onSelect: () => void picture(copy),
    },
    recorder.seconds === undefined
      ? {
          label: t`Record video`,
          detail: t`Saves the screen as a WebM video`,
          disabledReason: noPicture ?? recorder.disabledReason,
          onSelect: recorder.start,
        }
      : { label: t`Stop recording`, onSelect: recorder.stop },
    { separator: true },
    {
      label: t`Open in floating window`,
      disabledReason:
        noPicture ??
        (canFloat() ? null : t`This browser doesn’t support floating windows.`),
      onSelect: () => void floatAbove(),
    },
    ...(popOut && row
      ? [
          {
            label: t`Open in new window`,
            onSelect: () => {
              connection.leave()
              const features = 'popup,width=1060,height=840'
              window.open(`/console/${row.zone}/${row.id}`, `console-${row.id}`, features)
            },
          },
        ]
      : []),
    {
      label: t`Disconnect`,
      disabledReason: state.status === 'closed' ? t`The console isn’t connected.` : null,
      onSelect: () => connection.leave(),
    },
  ]
}
