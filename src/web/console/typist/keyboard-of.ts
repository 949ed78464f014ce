/** Shows a connection to typists as a keyboard: keys go in, the lights of its locks come out. */
import type { ConsoleConnection } from '../../screen/connection.ts'
import type { Keyboard } from './hands.ts'

const keyboards = new WeakMap<ConsoleConnection, Keyboard>()

/** A connection as typists see it: the same keyboard for all of them. */
export function keyboardOf(connection: ConsoleConnection): Keyboard {
  const known = keyboards.get(connection)
  if (known) return known
  const keyboard: Keyboard = {
    sendKey: (key, down) => connection.input.sendKey(key, down),
    get lights() {
      return connection.lights
    },
    onLights: (listener) => connection.taps.handled.on(listener),
  }
  keyboards.set(connection, keyboard)
  return keyboard
}
