/** Presses a person's own key combinations, and adds and removes them. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Plus, X } from 'lucide-react'
import { useId, useState } from 'react'

import {
  functionKeys,
  keyNamed,
  namedKeys,
  nameOfKeys,
  type Modifier,
} from '../screen/keys.ts'
import { Button } from '../ui/Button.tsx'
import { Checkbox } from '../ui/Checkbox.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import {
  changeCombinations,
  readCombinations,
  withCombination,
  withoutCombination,
} from './combinations.ts'

const modifiers: Modifier[] = ['Control', 'Alt', 'Shift', 'AltGr', 'Meta']

/** A key by its name: `Delete`, `f7`, `é`; undefined if there is none. */
function keyOfText(text: string): string | undefined {
  const wanted = text.trim().toLowerCase()
  const named = [...namedKeys, ...functionKeys].find(
    (name) => name.toLowerCase() === wanted,
  )
  return named ?? (keyNamed(wanted) ? wanted : undefined)
}

function Editor({ onAdd }: { onAdd: (keys: string[]) => void }) {
  const { t } = useLingui()
  const [chosen, setChosen] = useState<readonly Modifier[]>(['Control'])
  const [text, setText] = useState('')
  const listId = useId()
  const key = keyOfText(text)
  const reason = () => {
    if (text.trim() && !key) return t`No key has this name.`
    return key || chosen.length > 1 ? null : t`Enter a key.`
  }
  const keys = [...chosen, ...(key ? [key] : [])]
  return (
    <form
      className="mt-2 grid gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (reason()) return
        onAdd(keys)
        setText('')
      }}
    >
      <div className="flex flex-wrap gap-x-3 gap-y-1">
        {modifiers.map((modifier) => (
          <span key={modifier} translate="no">
            <Checkbox
              label={nameOfKeys([modifier])}
              checked={chosen.includes(modifier)}
              onChange={({ currentTarget: { checked } }) =>
                setChosen(
                  modifiers.filter((one) =>
                    one === modifier ? checked : chosen.includes(one),
                  ),
                )
              }
            />
          </span>
        ))}
      </div>
      <div className="flex gap-1">
        <input
          aria-label={t({ message: 'Key', context: 'keyboard' })}
          placeholder={t`Key, for example F7, Delete or x`}
          list={listId}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
          className="h-7 min-w-0 grow rounded-md border border-control bg-surface px-2 text-xs pointer-coarse:h-11"
        />
        <datalist id={listId}>
          {[...namedKeys, ...functionKeys].map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <Button size="sm" type="submit" icon={<Plus />} disabledReason={reason()}>
          <Trans>Add</Trans>
        </Button>
      </div>
    </form>
  )
}

export function OwnCombinations({ press }: { press: (keys: readonly string[]) => void }) {
  const { t } = useLingui()
  const [kept, setKept] = useState(() => readCombinations())
  const change = (make: (now: string[][]) => string[][]) =>
    setKept(changeCombinations(make, kept))
  const named = kept.map((keys) => [nameOfKeys(keys), keys] as const)
  return (
    <details className="text-sm" open={kept.length > 0}>
      <summary className="rounded-sm">
        <Trans>Custom key combinations</Trans>
      </summary>
      {kept.length > 0 && (
        <ul className="mt-2 flex flex-wrap gap-2">
          {named.map(([keyNames, keys]) => (
            <li key={keyNames} className="flex items-center">
              <Button size="sm" translate="no" onClick={() => press(keys)}>
                {keyNames}
              </Button>
              <IconButton
                label={t`Remove ${keyNames}`}
                size="sm"
                onClick={() => change((now) => withoutCombination(now, keyNames))}
              >
                <X />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <Editor onAdd={(keys) => change((now) => withCombination(now, keys))} />
    </details>
  )
}
