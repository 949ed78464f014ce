/** Presses keys that the browser or the person's own operating system would keep for itself. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Lock } from 'lucide-react'

import type { ConnectionState } from '../screen/connection-state.ts'
import type { ConsoleConnection } from '../screen/connection.ts'
import { functionKeys, nameOfKeys, type Modifier } from '../screen/keys.ts'
import { Button } from '../ui/Button.tsx'
import { OwnCombinations } from './OwnCombinations.tsx'

const combinations = [
  ['Alt', 'Tab'],
  ['Alt', 'F4'],
  ['Control', 'Escape'],
  ['Control', 'w'],
  ['Control', 't'],
  ['Control', 'n'],
  ['Control', 'c'],
  ['Meta'],
  ['Escape'],
  ['Tab'],
  ['Print'],
]
const modifiers: Modifier[] = ['Control', 'Alt', 'Shift', 'AltGr', 'Meta']

/** Linux's own keys for a system that doesn't respond; the system has to allow them. */
function useSysRq(): readonly [letter: string, does: string][] {
  const { t } = useLingui()
  return [
    ['r', t`Take keyboard control back from a program (unRaw)`],
    ['e', t`Ask all programs to quit (SIGTERM)`],
    ['i', t`Force all programs to quit (SIGKILL)`],
    ['s', t`Write unsaved data to disk (sync)`],
    ['u', t`Remount disks as read-only`],
    ['b', t`Restart immediately without saving`],
  ]
}

function SysRq({ press }: { press: (keys: readonly string[]) => void }) {
  const { t } = useLingui()
  const keys = useSysRq()
  return (
    <details className="text-sm">
      <summary className="rounded-sm">
        <Trans>When Linux doesn’t respond (SysRq)</Trans>
      </summary>
      <p className="mt-2 text-xs text-muted">
        <Trans>
          Press these from top to bottom, a few seconds apart, to restart a frozen system as
          safely as possible. Many systems allow only some of them.
        </Trans>
      </p>
      <ul className="mt-2 grid gap-1">
        {keys.map(([letter, does]) => {
          const keyName = letter.toUpperCase()
          return (
            <li key={letter} className="flex items-center gap-2">
              <Button
                size="sm"
                translate="no"
                aria-label={t`SysRq ${keyName}: ${does}`}
                onClick={() => press(['Alt', 'Print', letter])}
              >
                <Trans>SysRq {keyName}</Trans>
              </Button>
              <span className="min-w-0 text-xs">{does}</span>
            </li>
          )
        })}
      </ul>
    </details>
  )
}

function StickyKeys({
  connection,
  state: { held },
}: {
  connection: ConsoleConnection
  state: ConnectionState
}) {
  const { t } = useLingui()
  return (
    <fieldset>
      <legend className="mb-1 text-xs text-muted">
        <Trans>
          Select once to hold for the next key. Select twice to hold until you select it
          again.
        </Trans>
      </legend>
      <div className="flex flex-wrap gap-1">
        {modifiers.map((modifier) => {
          const locked = held[modifier] === 'locked'
          const keyName = nameOfKeys([modifier])
          return (
            <Button
              key={modifier}
              size="sm"
              variant="ghost"
              translate="no"
              aria-pressed={modifier in held}
              aria-label={locked ? t`${keyName}, held down` : keyName}
              icon={locked ? <Lock /> : undefined}
              onClick={() => connection.input.toggle(modifier)}
            >
              {keyName}
            </Button>
          )
        })}
      </div>
    </fieldset>
  )
}

const takeFocus = (button: HTMLButtonElement | null) =>
  button?.focus({ preventScroll: true })

export function KeysPanel({
  connection,
  state,
  onCtrlAltDel,
  close,
}: {
  connection: ConsoleConnection
  state: ConnectionState
  onCtrlAltDel: () => void
  close: () => void
}) {
  const press = (keys: readonly string[]) => {
    connection.input.press(keys)
    close()
    // After the closing panel has given the focus back to its button.
    setTimeout(() => connection.input.focus(), 50)
  }
  const button = (keys: readonly string[]) => (
    <Button key={nameOfKeys(keys)} size="sm" translate="no" onClick={() => press(keys)}>
      {nameOfKeys(keys)}
    </Button>
  )
  return (
    <div className="grid w-80 max-w-full gap-3">
      <Button
        // The panel is there before its contents are loaded, so it can't begin with them itself.
        ref={takeFocus}
        size="sm"
        translate="no"
        onClick={() => {
          close()
          onCtrlAltDel()
        }}
      >
        Ctrl+Alt+Del
      </Button>
      <div className="flex flex-wrap gap-1">{combinations.map(button)}</div>
      <fieldset className="grid grid-cols-6 gap-1">
        <legend className="sr-only">
          <Trans>Function keys</Trans>
        </legend>
        {functionKeys.map((key) => button([key]))}
      </fieldset>
      <StickyKeys connection={connection} state={state} />
      <details className="text-sm">
        <summary className="rounded-sm">
          <Trans>Text consoles (Ctrl+Alt+F1 to F12)</Trans>
        </summary>
        <div className="mt-2 grid grid-cols-2 gap-1">
          {functionKeys.map((key) => button(['Control', 'Alt', key]))}
        </div>
      </details>
      <SysRq press={press} />
      <OwnCombinations press={press} />
    </div>
  )
}
