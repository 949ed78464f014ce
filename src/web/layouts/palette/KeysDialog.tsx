/** Lists all keys; those of the pages can be changed. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react'

import { useOwnKeys } from '../../stores/keys.ts'
import {
  kindOf,
  pageUses,
  standardKeys,
  useKeys,
  type Keys,
  type KeyUse,
} from '../../stores/page-keys.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Kbd } from '../../ui/Kbd.tsx'

/** The letters after *go to* are apart from the others. */
const afterGo = Object.keys(pageUses) as KeyUse[] // the table's own keys

/** What another key already does: a key does one thing only. */
export function otherUse(keys: Keys, use: KeyUse, key: string): KeyUse | undefined {
  const uses = Object.keys(keys) as KeyUse[] // the record's own keys
  return uses.find((one) => one !== use && kindOf(one) === kindOf(use) && keys[one] === key)
}

/** What text fields and browsers do with Ctrl: a page has to leave it to them, or never gets the key. */
const browserKeys = 'acvxyzflnpqrtw0123456789+-='

const isModifier = ({ key }: KeyboardEvent) =>
  ['Shift', 'Control', 'Meta', 'Alt', 'AltGraph'].includes(key)

/** Whether it writes something. What is later pressed with Ctrl may be with it already, but takes no Shift. */
function fits(event: KeyboardEvent, isChord: boolean): boolean {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event
  if (key.length !== 1 || key === ' ' || altKey) return false
  return isChord ? !shiftKey : !ctrlKey && !metaKey
}

/** Called so in every language. */
const ctrl = 'Ctrl'

function Line({ keys, children }: { keys: ReactNode; children: ReactNode }) {
  return (
    <div className="flex min-h-8 items-center justify-between gap-4 py-1 text-sm pointer-coarse:min-h-11">
      <dt className="min-w-0">{children}</dt>
      <dd className="flex shrink-0 items-center gap-1">{keys}</dd>
    </div>
  )
}

function useUseNames(): Record<KeyUse, string> {
  const { t } = useLingui()
  return {
    palette: t`Search everything or run a command`,
    search: t`Search`,
    create: t`New instance`,
    keys: t`Show all shortcuts`,
    go: t`Go to a page, with one of these letters after it`,
    overview: t`Overview`,
    instances: t`Instances`,
    wall: t`Wall`,
    activity: t`Activity`,
    limits: t`Limits`,
    settings: t`Settings`,
  }
}

/** The button with a key: press it, then the new key. */
function OwnKey({ use, onTold }: { use: KeyUse; onTold: (why: string) => void }) {
  const { t } = useLingui()
  const keys = useKeys()
  const changeOwn = useOwnKeys((state) => state.changeOwn)
  const names = useUseNames()
  const [isAsking, setAsking] = useState(false)
  const name = names[use]
  const current = keys[use]
  const isChord = kindOf(use) === 'chord'
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isAsking || event.key === 'Tab' || isModifier(event)) return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Escape') return setAsking(false)
    // A key that writes nothing is the browser's or the system's.
    if (!fits(event, isChord)) return onTold(t`Press a letter, a digit or a sign.`)
    const pressed = isChord ? event.key.toLowerCase() : event.key
    const key = isChord ? `${ctrl}+${pressed.toUpperCase()}` : pressed
    if (isChord && browserKeys.includes(pressed))
      return onTold(t`“${key}” is already used by browsers.`)
    const other = otherUse(keys, use, pressed)
    if (other) {
      const taken = names[other]
      return onTold(t`“${key}” is already used for “${taken}”.`)
    }
    changeOwn((now) => ({ ...now, [use]: pressed }))
    setAsking(false)
    onTold(t`“${name}” has the key “${key}” now.`)
  }
  return (
    <Button
      size="sm"
      variant="ghost"
      // Its key is in line with those that can't be changed: the button is wider than its place.
      className="max-w-none! -mx-[calc(0.5rem+1px)] pointer-coarse:-mx-[calc(0.75rem+1px)]"
      aria-label={isAsking ? t`${name}: press the new key` : t`Change the key for ${name}`}
      onClick={() => setAsking(!isAsking)}
      onKeyDown={onKeyDown}
      onBlur={() => setAsking(false)}
    >
      {isAsking ? (
        <Trans>Press a key</Trans>
      ) : (
        <Kbd>{isChord ? current.toUpperCase() : current}</Kbd>
      )}
    </Button>
  )
}

function useFixedKeys(): [keys: string[], words: string][] {
  const { t } = useLingui()
  const space = t({ message: 'Space', context: 'keys' })
  return [
    [['↑', '↓', '←', '→'], t`Move through the list`],
    [[t`Page ↑`, t`Page ↓`], t`Move ten rows up or down`],
    [[ctrl, 'Home'], t`Go to the first row (use End for the last row)`],
    [['Enter'], t`Open the instance or select the focused control`],
    [['Shift', 'F10'], t`Show what can be done with the row`],
    [[space], t`Select the row (focus on its checkbox)`],
    [[space], t`Show the instance’s screen (focus on its name)`],
    [['Shift', t({ message: 'click', context: 'keys' })], t`Select a range of rows`],
    [[ctrl, 'A'], t`Select all visible rows`],
    [['Esc'], t`Close the open menu, dialog or panel`],
  ]
}

const isStandard = (keys: Keys) =>
  Object.entries(standardKeys).every(([use, key]) => key === keys[use as KeyUse]) // the table's own key

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="pb-1 text-xs font-medium text-muted">{title}</h3>
      <dl>{children}</dl>
    </section>
  )
}

export function KeysDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const keys = useKeys()
  const changeOwn = useOwnKeys((state) => state.changeOwn)
  const names = useUseNames()
  const fixed = useFixedKeys()
  const [told, setTold] = useState('')
  const done = useRef<HTMLButtonElement>(null)
  const ownLine = (use: KeyUse) => {
    const own = <OwnKey use={use} onTold={setTold} />
    const withCtrl = (
      <>
        <Kbd>{ctrl}</Kbd>
        {own}
      </>
    )
    return (
      <Line key={use} keys={kindOf(use) === 'chord' ? withCtrl : own}>
        {names[use]}
      </Line>
    )
  }
  return (
    <Dialog
      open
      size="lg"
      onClose={onClose}
      title={t`Keys`}
      initialFocus={done}
      description={t`To change a key, select its button. The keys of the first two groups don’t work while you type or use a screen.`}
      footer={
        <>
          <Button
            disabledReason={isStandard(keys) ? t`These are the standard keys.` : null}
            onClick={() => {
              changeOwn(() => ({}))
              setTold(t`The standard keys are in use again.`)
            }}
          >
            <Trans>Use standard keys</Trans>
          </Button>
          <Button ref={done} variant="primary" onClick={onClose}>
            <Trans>Close</Trans>
          </Button>
        </>
      }
    >
      <div className="grid gap-x-10 gap-y-4 sm:grid-cols-2">
        <div className="grid content-start gap-4">
          <Group title={t`On every page`}>
            {(['search', 'create', 'keys', 'go'] as const).map(ownLine)}
          </Group>
          <Group title={t`Pages`}>{afterGo.map(ownLine)}</Group>
        </div>
        <Group title={t`Always`}>
          {ownLine('palette')}
          {fixed.map(([pressed, words]) => (
            <Line
              key={words}
              keys={pressed.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            >
              {words}
            </Line>
          ))}
        </Group>
      </div>
      <p aria-live="polite" className="min-h-5 pt-2 text-sm text-muted">
        {told}
      </p>
    </Dialog>
  )
}
