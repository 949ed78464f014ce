/** The routes of the sandbox's scenarios and of its disks (contract/sandbox/scenario.ts); real zones have none. */
import type { FastifyInstance } from 'fastify'

import {
  readScenario,
  type BootState,
  type SandboxControls,
  type SandboxState,
} from '#contract/sandbox/scenario.ts'

import { parseBody } from './calls/bodies.ts'
import type { Deps } from './deps.ts'
import { forgetEvents } from './history/timeline.ts'
import { refuse } from './zone/refusals.ts'

const all = { config: { access: 'session', narrowed: 'own' } } as const
const ofInstance = { config: { access: 'session', narrowed: 'instance' } } as const
const admins = { config: { access: 'admin', audited: 'yes' } } as const

type Named = { Params: { zone: string; id: string } }

/** The world is that of all people, so only admins replace it. */
export function addSandboxRoutes(
  app: FastifyInstance,
  { reads, watcher }: Pick<Deps, 'reads' | 'watcher'>,
  sandbox: SandboxControls,
): void {
  const path = '/api/sandbox'
  app.get(path, all, (): Promise<SandboxState> => sandbox.state())
  app.put(`${path}/world`, admins, async (request): Promise<SandboxState> => {
    // What is no object has no members.
    const { scenario } = Object(parseBody(request.body)) as { scenario?: unknown }
    const id = readScenario(scenario)
    if (id === undefined) throw refuse('invalid', 400, { code: 'bad-request' })
    await request.audit.begin({ event: 'load-scenario', changed: { scenario: id } })
    await sandbox.load(id ?? undefined)
    forgetEvents({ reads })
    // Who then reads the inventory sees no instance of the world before.
    await watcher.lookAgain()
    return sandbox.state()
  })
  app.get<Named>(
    `${path}/boot/:zone/:id`,
    ofInstance,
    async ({ params }): Promise<{ boot: BootState }> => ({
      boot: await sandbox.bootOf(params.id),
    }),
  )
}
