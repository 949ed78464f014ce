/**
 * Tests whether an instance still reads its keyboard, which a live connection doesn't
 * prove: NumLock is pressed, and only the operating system can turn its light on
 * (docs/vnc.md#keyboard-lights). It is pressed again afterwards, so that everything is as
 * before.
 */
import type { ConsoleConnection } from './connection.ts'

export type Pulse =
  | { kind: 'answers'; ms: number }
  /** The connection is good, but the instance doesn't read its keys. */
  | { kind: 'silent' }
  /** The server doesn't send the lights. */
  | { kind: 'unknown' }
  /** There is no connection. */
  | { kind: 'down' }

const patienceMs = 3_000
const numLock = { keysym: 0xff7f, code: 'NumLock' }

/** Presses NumLock; answers after how many ms the light changed, or undefined. */
function toggle(connection: ConsoleConnection): Promise<number | undefined> {
  const before = connection.lights?.numLock
  const began = performance.now()
  return new Promise((resolve) => {
    const finish = (ms: number | undefined) => {
      clearTimeout(timer)
      stop()
      resolve(ms)
    }
    const timer = setTimeout(() => finish(undefined), patienceMs)
    const stop = connection.taps.handled.on(() => {
      if (connection.lights?.numLock === before) return
      finish(Math.round(performance.now() - began))
    })
    connection.input.sendKey(numLock, true)
    connection.input.sendKey(numLock, false)
  })
}

export async function feelPulse(connection: ConsoleConnection): Promise<Pulse> {
  const { status, unstable } = connection.getSnapshot()
  if (status !== 'open' || unstable) return { kind: 'down' }
  if (!connection.lights) return { kind: 'unknown' }
  const ms = await toggle(connection)
  if (ms === undefined) {
    const now = connection.getSnapshot()
    return { kind: now.status !== 'open' || now.unstable ? 'down' : 'silent' }
  }
  await toggle(connection)
  return { kind: 'answers', ms }
}
