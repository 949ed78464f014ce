import { useLingui } from '@lingui/react/macro'

import type { MenuEntry } from '../ui/menu-entry.ts'
import { toast } from '../ui/toast.ts'
import type { BarProps } from './ConsoleBar.tsx'
import { canFloat, float } from './float.ts'
import { download, pictureName } from './picture-file.ts'
import type { Zoom } from './stage.ts'

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
    ['fit', t`Fit to the window`],
    [1, t`Actual size (1:1)`],
    [2, t`Twice the size (200 %)`],
  ]
  const picture = async (use: (blob: Blob) => Promise<void> | void) => {
    const blob = await connection.picture()
    try {
      if (blob) await use(blob)
    } catch {
      toast({ kind: 'error', title: t`The browser did not allow copying the picture.` })
    }
  }
  const noPicture = state.size ? null : t`There is no picture yet.`
  const copy = async (blob: Blob) => {
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })])
    toast({ kind: 'success', title: t`Picture copied` })
  }
  const floatAbove = async () => {
    try {
      await float(connection, name)
    } catch {
      toast({ kind: 'error', title: t`The browser did not allow the small window.` })
    }
  }
  const fixedSize = () => {
    if (state.status !== 'open') return t`There is no connection.`
    return connection.abilities?.resize ? null : t`This machine’s screen keeps its size.`
  }
  return () => [
    { heading: t`Size of the picture` },
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
      label: t`Resize the machine’s screen`,
      detail: t`Asks the system inside for the size of this window`,
      checked: view.remoteSize,
      disabledReason: view.remoteSize ? null : fixedSize(),
      onSelect: () => {
        connection.stage.setZoom('fit')
        onView({ ...view, zoom: 'fit', remoteSize: !view.remoteSize })
      },
    },
    { separator: true },
    {
      label: t`View only`,
      detail: t`No key or click reaches the machine`,
      checked: view.viewOnly,
      onSelect: () => onView({ ...view, viewOnly: !view.viewOnly }),
    },
    {
      label: t`Touch keys`,
      detail: t`Keyboard, keys and touchpad for fingers`,
      checked: view.touch,
      onSelect: () => onView({ ...view, touch: !view.touch }),
    },
    { separator: true },
    {
      label: t`Download picture`,
      disabledReason: noPicture,
      onSelect: () =>
        void picture((blob) => row && download(blob, pictureName(row, new Date()))),
    },
    {
      label: t`Copy picture`,
      disabledReason: noPicture,
      onSelect: () => void picture(copy),
    },
    recorder.seconds === undefined
      ? {
          label: t`Record to a file`,
          detail: t`A WebM film of what is seen`,
          disabledReason: noPicture ?? recorder.disabledReason,
          onSelect: recorder.start,
        }
      : { label: t`Stop recording`, onSelect: recorder.stop },
    { separator: true },
    {
      label: t`Keep it on top of all windows`,
      disabledReason:
        noPicture ?? (canFloat() ? null : t`This browser has no such window.`),
      onSelect: () => void floatAbove(),
    },
    ...(popOut && row
      ? [
          {
            label: t`Open in its own window`,
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
      disabledReason: state.status === 'closed' ? t`It is not connected.` : null,
      onSelect: () => connection.leave(),
    },
  ]
}
