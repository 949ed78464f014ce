/** Loads the worlds of scenarios, and says whether their goals are reached. */
import type {
  SandboxControls,
  SandboxState,
  ScenarioId,
} from '#contract/sandbox/scenario.ts'

import type { Consoles } from '../console/consoles.ts'
import { scrap } from '../machines.ts'
import type { World } from '../world.ts'
import type { Worlds } from '../worlds.ts'
import { scenes } from './scenes.ts'

type ControlsDeps = {
  /** Whose world it is. */
  key: string
  worlds: Worlds
  consoles: Consoles
  /** Epoch ms. */
  now(): number
  /** Turns on the machines of a new world. */
  switchOn(world: World): void
}

/** Whether a request has changed the world since it was loaded. */
const isChanged = ({ events }: World): boolean =>
  events.some((one) => one['iam-api-key']?.name === 'vedette' && (one.status ?? 0) < 400)

/** Makes the controls of one key's world. A goal that was reached stays so until the next load. */
export function createControls(deps: ControlsDeps): SandboxControls {
  const { key, worlds, consoles, now } = deps
  const state = async (): Promise<SandboxState> => {
    const world = worlds.of(key)
    const { scenario } = world
    const bootOf = (id: string) => consoles.bootOf(id)
    if (scenario && !scenario.reached)
      scenario.reached = await scenes[scenario.id].reached(world, bootOf)
    return { changed: isChanged(world), ...(scenario ? { scenario: { ...scenario } } : {}) }
  }
  /** One load at a time: the next one replaces what this one has made. */
  let last: Promise<void> = Promise.resolve()
  const load = async (scenario: ScenarioId | undefined) => {
    const { before, after } = worlds.renew(key)
    if (scenario) {
      scenes[scenario].prepare(after, now())
      after.scenario = { id: scenario, reached: false }
    }
    const old = [...before.zones.values()].flatMap((zone) => [...zone.instances.keys()])
    const scrapping = old.map((id) => scrap({ consoles }, id))
    // Few QEMU machines run at once: the places of the old ones come free first.
    if (consoles.kind === 'qemu') await Promise.all(scrapping)
    deps.switchOn(after)
  }
  return {
    state,
    bootOf: (id) => consoles.bootOf(id),
    load(scenario) {
      last = last.catch(() => undefined).then(() => load(scenario))
      return last
    },
  }
}
