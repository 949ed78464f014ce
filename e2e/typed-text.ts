/** Texts for tests that read back what was typed, and the moment in which a machine may be paused. */
import { setTimeout as wait } from 'node:timers/promises'

import type { ConsoleFront } from './console-front.ts'

export const printable = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at))

/** So many printable characters, each as often as any other, in an order of no meaning. */
export const mixed = (count: number) =>
  Array.from({ length: count }, (_, at) => printable[(at * 41 + Math.floor(at / 95)) % 95])
    .join('')
    .replace(/ $/, '.')

/**
 * Until the machine has a run of keys before it, which takes it 200 ms: the moment after the last of
 * them is the one in which a pause may cost something (decision 0009).
 */
export async function runOnItsWay(front: ConsoleFront): Promise<void> {
  for (let before = front.bytesUp; front.bytesUp - before < 120; await wait(5))
    before = front.bytesUp
  await wait(front.roundTripMs / 2 + 20)
}
