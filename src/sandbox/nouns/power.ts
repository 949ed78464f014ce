/**
 * Starts, stops and reboots instances and their machines (docs/platform.md#stop-and-reboot).
 */
import { isRunning } from '#contract/lifecycle.ts'
import type { Operation, StartInstance } from '#contract/types.ts'

import { change, findInstance, requireAllowed, takes, type Here } from '../change.ts'
import { restart, switchOff, switchOn } from '../machines.ts'
import { Refused } from '../refusal.ts'
import { failureOf, sentinels } from '../sentinels.ts'

export function startInstance(here: Here, id: string, body: StartInstance): Operation {
  const instance = findInstance(here.zone, id)
  requireAllowed('start', instance)
  const breaks = instance.name === sentinels.break
  const failure = failureOf(breaks ? 'break' : 'start', instance.name)
  const rescue = body['rescue-profile']
  return change(here, instance, {
    takesMs: takes.start,
    neverFails: true,
    via: 'starting',
    asResource: true,
    ...(failure ? {} : { work: () => switchOn(here, instance, rescue ? { rescue } : {}) }),
    effect() {
      instance.state = breaks ? 'error' : failure ? 'stopped' : 'running'
      return failure
    },
  })
}

export function stopInstance(here: Here, id: string): Operation {
  const instance = findInstance(here.zone, id)
  requireAllowed('stop', instance)
  const failure = failureOf('stop', instance.name)
  return change(here, instance, {
    takesMs: failure?.state === 'timeout' ? takes.stopTimeout : takes.stop,
    neverFails: true,
    via: 'stopping',
    asResource: true,
    ...(failure ? {} : { work: () => switchOff(here, id) }),
    effect() {
      instance.state = failure ? 'running' : 'stopped'
      return failure
    },
  })
}

export function rebootInstance(here: Here, id: string): Operation {
  const instance = findInstance(here.zone, id)
  requireAllowed('reboot', instance)
  return change(here, instance, {
    takesMs: takes.reboot,
    work: () => restart(here, instance),
    effect() {},
  })
}

/** How often it is looked whether an instance is still busy. */
const busyMs = 1_000

/**
 * Stops an instance whose operating system has shut down, which only its screen has asked for; as soon as the operation
 * that is in progress has ended. Does nothing for one that doesn't run.
 */
export function wentOff(here: Here, id: string): void {
  const { world, zone, clock } = here
  const instance = zone.instances.get(id)
  if (world.isReplaced || !instance) return
  if (zone.busy.has(id)) return clock.later(busyMs, () => wentOff(here, id))
  if (!isRunning(instance.state)) return
  instance.state = 'stopped'
  void switchOff(here, id)
}

/**
 * The address of a console, valid for 60 seconds, complete and in parts
 * (docs/platform.md#console-addresses); `origin` is where browsers reach it.
 */
export function consoleProxyUrl(here: Here, id: string, origin: string) {
  const instance = findInstance(here.zone, id)
  if (!isRunning(instance.state) && instance.state !== 'starting') {
    throw new Refused(400, 'The instance needs to be running.')
  }
  const path = here.consoles.mint(instance.id)
  return { url: `${origin}${path}`, host: new URL(origin).host, path }
}
