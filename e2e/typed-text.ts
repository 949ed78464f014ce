/** Texts for tests that read back what was typed, and the time at which a machine can be paused. */
import { setTimeout as wait } from 'node:timers/promises'

import type { ConsoleFront } from './console-front.ts'

export const printable = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at))

/** So many printable characters, each as often as any other, in an order of no meaning. */
export const mixed = (count: number) =>
  Array.from({ length: count }, (_, at) => printable[(at * 41 + Math.floor(at / 95)) % 95])
    .join('')
    .replace(/ $/, '.')

/**
 * Waits until the machine has a run of keys in its queue, which takes 200 ms: a pause right after the
 * last key is the one that can lose keys (decision 0009).
 */
export async function runOnItsWay(front: ConsoleFront): Promise<void> {
  for (let before = front.bytesUp; front.bytesUp - before < 120; await wait(5))
    before = front.bytesUp
  await wait(front.roundTripMs / 2 + 20)
}
