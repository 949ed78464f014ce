/** Decides which pressed keys an audience may see, and how they are written. */

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey'>

const modifiers = new Set(['Control', 'Alt', 'Meta', 'Shift', 'AltGraph'])
const names: Record<string, string> = {
  ' ': 'Space',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
}

/**
 * The keys of one press; undefined if they aren't shown. `secret`: what is typed may be a password, as in a password field or on
 * a screen, where a login looks like anything else. There, only keys that type nothing are shown.
 */
export function shownKeys(press: Press, secret: boolean): string[] | undefined {
  const { key, ctrlKey, altKey, metaKey, shiftKey } = press
  if (modifiers.has(key) || key === 'Unidentified' || key === 'Dead') return undefined
  const types = [...key].length === 1
  const isChord = (ctrlKey || metaKey) && !altKey
  if (types && secret && !isChord) return undefined
  return [
    ...(ctrlKey ? ['Ctrl'] : []),
    ...(altKey ? ['Alt'] : []),
    ...(metaKey ? ['Meta'] : []),
    // Of a typed character, the character itself says it.
    ...(shiftKey && (!types || isChord) ? ['Shift'] : []),
    names[key] ?? (isChord ? key.toUpperCase() : key),
  ]
}

/** Where what is typed may be a password. `data-secret`: it is typed for an instance, or isn't shown to an audience. */
const secretPlaces =
  'input[type=password], input[autocomplete*=password], [role=application], [data-secret]'

/** Whether what is typed here may be a password. Beside an open screen, so may what is typed without the focus anywhere. */
export const isSecret = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  (target.closest(secretPlaces) !== null ||
    (target === document.body && document.querySelector('[data-connection=open]') !== null))
