/**
 * The field that an on-screen keyboard types into. It is nearly nothing to look at, but it is
 * real: only then do phones show their keyboard, with its corrections and other scripts.
 */
import { useLingui } from '@lingui/react/macro'
import { useRef, type KeyboardEvent, type RefObject } from 'react'

import { keyNamed } from '../../screen/keys.ts'
import { typedDiff } from './typed-diff.ts'
import type { Typing } from './use-typing.ts'

/** Text to erase, because keyboards send no event for a Backspace in an empty field. */
const pad = ' '.repeat(16)
const longest = 400

/** Named keys that bypass the field and go to the instance unchanged. */
const forMachine = (key: string) =>
  key.length > 1 &&
  !['Backspace', 'Tab', 'Control', 'Alt', 'Shift', 'AltGr', 'Meta'].includes(key) &&
  keyNamed(key) !== undefined

export function TouchField({
  name,
  typing,
  field,
  onFocus,
}: {
  name: string
  typing: Typing
  field: RefObject<HTMLTextAreaElement | null>
  onFocus: (focused: boolean) => void
}) {
  const { t } = useLingui()
  const before = useRef(pad)

  const refill = (element: HTMLTextAreaElement) => {
    element.value = pad
    before.current = pad
    element.setSelectionRange(pad.length, pad.length)
  }
  const read = (element: HTMLTextAreaElement, composing: boolean) => {
    const { value } = element
    typing.type(typedDiff(before.current, value))
    before.current = value
    const spent = !value.startsWith(pad) || value.endsWith('\n') || value.length > longest
    // Changed under an IME, a field would lose what is being composed.
    if (spent && !composing) refill(element)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return
    const { key, ctrlKey, altKey, metaKey } = event
    const command = (ctrlKey || altKey || metaKey) && /^[a-z\d]$/i.test(key)
    if (!command && !forMachine(key)) return
    event.preventDefault()
    const held = [
      ...(ctrlKey ? ['Control'] : []),
      ...(altKey ? ['Alt'] : []),
      ...(metaKey ? ['Meta'] : []),
    ]
    typing.press([...held, command ? key.toLowerCase() : key])
  }

  return (
    <textarea
      ref={field}
      rows={1}
      defaultValue={pad}
      aria-label={t`Keyboard for ${name}`}
      autoCapitalize="off"
      autoComplete="off"
      spellCheck={false}
      enterKeyHint="enter"
      translate="no"
      data-secret
      onInput={(event) =>
        // React does not type the native event of onInput.
        read(event.currentTarget, (event.nativeEvent as InputEvent).isComposing)
      }
      onCompositionEnd={({ currentTarget }) => read(currentTarget, false)}
      onKeyDown={onKeyDown}
      onFocus={({ currentTarget }) => {
        currentTarget.setSelectionRange(pad.length, pad.length)
        onFocus(true)
      }}
      onBlur={({ currentTarget }) => {
        refill(currentTarget)
        onFocus(false)
      }}
      // Phones zoom into text under 16 px, and scroll to where a field is.
      className="pointer-events-none absolute bottom-0 left-0 h-px w-px resize-none overflow-hidden border-0 p-0 text-[16px] opacity-0 outline-none"
    />
  )
}
