import { Trans } from '@lingui/react/macro'
import { useState } from 'react'

import { Button } from '../ui/Button.tsx'
import type { ConsoleConnection } from './connection.ts'
import { functionKeys, type Modifier } from './keys.ts'

const combinations = [
  ['Alt', 'Tab'],
  ['Alt', 'F4'],
  ['Control', 'w'],
  ['Control', 'Escape'],
  ['Meta'],
  ['Escape'],
  ['Tab'],
  ['Print'],
]
const modifiers: Modifier[] = ['Control', 'Alt', 'Shift', 'Meta']
/** As keyboards print them; never translated, because keyboards are not. */
const printed: Record<string, string> = {
  Control: 'Ctrl',
  Meta: 'Win',
  Escape: 'Esc',
  Delete: 'Del',
  w: 'W',
}

const nameOf = (keys: readonly string[]) => keys.map((key) => printed[key] ?? key).join('+')

/** Keys that a browser or a person's own system would keep for itself. */
export function KeysPanel({
  connection,
  onAskCtrlAltDel,
}: {
  connection: ConsoleConnection
  onAskCtrlAltDel: () => void
}) {
  const [held, setHeld] = useState(() => connection.held)
  const press = (keys: readonly string[]) => {
    connection.press(keys)
    // The panel closes when the focus leaves it.
    connection.focus()
  }
  const button = (keys: readonly string[]) => (
    <Button key={nameOf(keys)} size="sm" translate="no" onClick={() => press(keys)}>
      {nameOf(keys)}
    </Button>
  )
  return (
    <div className="grid max-w-80 gap-3">
      <Button size="sm" translate="no" onClick={onAskCtrlAltDel}>
        Ctrl+Alt+Del…
      </Button>
      <div className="flex flex-wrap gap-1">{combinations.map(button)}</div>
      <fieldset className="grid grid-cols-6 gap-1">
        <legend className="sr-only">
          <Trans>Function keys</Trans>
        </legend>
        {functionKeys.map((key) => button([key]))}
      </fieldset>
      <details className="text-sm">
        <summary className="rounded-sm">
          <Trans>Text consoles (Ctrl+Alt+F1 to F12)</Trans>
        </summary>
        <div className="mt-2 grid grid-cols-2 gap-1">
          {functionKeys.map((key) => button(['Control', 'Alt', key]))}
        </div>
      </details>
      <fieldset>
        <legend className="mb-1 text-xs text-muted">
          <Trans>Hold down until pressed again</Trans>
        </legend>
        <div className="flex gap-1">
          {modifiers.map((modifier) => (
            <Button
              key={modifier}
              size="sm"
              variant="ghost"
              translate="no"
              aria-pressed={held.includes(modifier)}
              onClick={() => setHeld(connection.toggle(modifier))}
            >
              {printed[modifier] ?? modifier}
            </Button>
          ))}
        </div>
      </fieldset>
    </div>
  )
}
