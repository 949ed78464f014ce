import type { ConsoleConnection } from '../connection.ts'
import type { Keyboard } from './typist.ts'

/** A connection as the typist sees it. */
export function keyboardOf(connection: ConsoleConnection): Keyboard {
  return {
    sendKey: (key, down) => connection.sendKey(key, down),
    get lights() {
      return connection.lights
    },
    onLights: (listener) => connection.taps.handled.on(listener),
  }
}
