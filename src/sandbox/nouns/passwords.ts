/**
 * Serves passwords of instances: set by templates that use one, returned for at most 24 hours
 * (docs/platform.md#passwords).
 */
import { randomBytes } from 'node:crypto'

import type { Operation } from '#contract/types.ts'

import { change, findInstance, requireAllowed, takes, type Here } from '../change.ts'
import type { Clock } from '../clock.ts'
import { givePassword } from '../machines.ts'
import { Refused } from '../refusal.ts'
import type { KeptPassword } from '../world.ts'

const toldForMs = 24 * 3_600_000

export function newPassword(clock: Clock): KeptPassword {
  return { text: randomBytes(9).toString('base64url'), since: clock.now() }
}

/** The member is absent if the password is no longer stored. */
export function revealPassword({ zone, clock }: Here, id: string): { password?: string } {
  const instance = findInstance(zone, id)
  requireAllowed('reveal-password', instance)
  const { password } = instance
  const told = password && clock.now() - password.since < toldForMs
  return told ? { password: password.text } : {}
}

/** A running guest gets the new one at once, any other when it boots. */
export function resetPassword(here: Here, id: string): Operation {
  const instance = findInstance(here.zone, id)
  requireAllowed('reset-password', instance)
  if (!here.zone.templates.get(instance.template?.id ?? '')?.['password-enabled'])
    throw new Refused(400, 'The template has no password to reset')
  const password = newPassword(here.clock)
  return change(here, instance, {
    takesMs: takes.password,
    work: () => givePassword(here, instance, password.text),
    effect() {
      instance.password = password
    },
  })
}
