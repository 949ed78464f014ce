import { Trans, useLingui } from '@lingui/react/macro'

import type { PointerMode } from './pointer-mode.ts'

/** Lists the gestures of the present touch mode. */
export function GestureHelp({ mode }: { mode: PointerMode }) {
  const { t } = useLingui()
  const both: [string, string][] = [
    [t`Drag two fingers up or down`, t`Scroll`],
    [t`Pinch`, t`Zoom, or move to pan`],
  ]
  const tap: [string, string][] = [
    [t`Tap`, t`Click`],
    [t`Drag`, t`Drag with the left button`],
    [t`Touch and hold`, t`Drag with the right button`],
    [t`Tap with two fingers`, t`Right-click`],
    [t`Tap with three fingers`, t`Middle-click`],
  ]
  const touchpad: [string, string][] = [
    [t`Move one finger`, t`Move the pointer`],
    [t`Tap`, t`Click at the pointer`],
    [t`Tap, then drag`, t`Drag with the left button`],
    [t`Touch and hold`, t`Right-click`],
    [t`Tap with two fingers`, t`Right-click`],
    [t`Tap with three fingers`, t`Middle-click`],
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
          Tap Ctrl, Alt, Shift, AltGr or Win to hold it for the next key. Double-tap to hold
          it until you tap it again.
        </Trans>
      </p>
    </div>
  )
}
