import { Trans, useLingui } from '@lingui/react/macro'

import type { PointerMode } from './pointer-mode.ts'

/** What fingers do on the picture, in the mode that is on. */
export function GestureHelp({ mode }: { mode: PointerMode }) {
  const { t } = useLingui()
  const both: [string, string][] = [
    [t`Two fingers up or down`, t`turns the wheel`],
    [t`Two fingers apart or together`, t`zooms the picture; moved, it pans`],
  ]
  const tap: [string, string][] = [
    [t`Tap`, t`clicks there`],
    [t`Drag`, t`drags with the left button`],
    [t`Press long`, t`right button, held while you move`],
    [t`Tap with two fingers`, t`right click`],
    [t`Tap with three fingers`, t`middle click`],
  ]
  const touchpad: [string, string][] = [
    [t`Move a finger`, t`moves the pointer from where it is`],
    [t`Tap`, t`clicks at the pointer`],
    [t`Tap, then drag`, t`drags with the left button`],
    [t`Press long`, t`right click`],
    [t`Tap with two fingers`, t`right click`],
    [t`Tap with three fingers`, t`middle click`],
  ]
  return (
    <div className="grid w-72 max-w-full gap-3 text-sm">
      <dl className="grid gap-1.5">
        {[...(mode === 'tap' ? tap : touchpad), ...both].map(([gesture, does]) => (
          <div key={gesture} className="grid grid-cols-2 gap-2">
            <dt className="font-medium">{gesture}</dt>
            <dd className="text-muted">{does}</dd>
          </div>
        ))}
      </dl>
      <p className="text-xs text-muted">
        <Trans>
          Ctrl, Alt, Shift, AltGr and Win hold for the next key; tapped twice quickly they
          hold until tapped again.
        </Trans>
      </p>
    </div>
  )
}
