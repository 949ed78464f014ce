/** Requests about jobs that are refused, and who may make them. */
import { randomUUID } from 'node:crypto'

import { expect, test } from 'vitest'

import type { Job } from '#contract/job.ts'
import type { Problem } from '#contract/problem.ts'

import { changesOf, endOf, inventoryOf, orderOf, post } from '../testing/test-jobs.ts'
import { addMachines, machineId } from '../testing/test-machines.ts'
import { withConsole } from '../testing/test-zone.ts'

const target = orderOf('stop', [{ id: machineId(0), name: 'web-0', state: 'running' }])

test.each<[string, unknown]>([
  ['no order', []],
  ['a key that is no UUID', { ...target, key: '1' }],
  ['an action that is part of no order', { ...target, action: 'unprotect' }],
  ['a label of another action', { ...target, label: { key: 'a', value: 'b' } }],
  ['no label', { ...target, action: 'label' }],
  ['a label without a key', { ...target, action: 'label', label: { key: ' ', value: '' } }],
  ['no instances', { ...target, targets: [] }],
  ['an instance twice', { ...target, targets: [...target.targets, ...target.targets] }],
  [
    'an id that is none',
    { ...target, targets: [{ ...target.targets[0], instanceId: '..' }] },
  ],
  ['a name that is none', { ...target, targets: [{ ...target.targets[0], name: 1 }] }],
])('%s is refused before anything is stored', async (_name, order) => {
  await withConsole(async (zone, console) => {
    addMachines(zone, 1)

    expect((await post<Problem>(console, '', order)).status).toBe(400)
    expect((await inventoryOf(console)).jobs).toEqual([])
    expect(changesOf(zone)).toEqual([])
  })
})

test('a zone that is not there is refused, and a job that is not there is not found', async () => {
  await withConsole(async (zone, console) => {
    addMachines(zone, 1)
    const [one] = target.targets
    const targets = [{ ...one, zone: 'ch-none-1' }]

    expect((await post<Problem>(console, '', { ...target, targets })).body).toMatchObject({
      status: 404,
      cause: { code: 'no-such-zone' },
    })
    for (const path of ['stop', 'retry', 'undo'])
      expect((await post<Problem>(console, `/${randomUUID()}/${path}`)).body).toMatchObject(
        {
          status: 404,
          cause: { code: 'no-such-job' },
        },
      )
  })
})

test.each([
  ['viewer', 'stop', 403],
  ['operator', 'stop', 200],
  ['operator', 'delete', 403],
  ['admin', 'delete', 200],
] as const)('a person with the role %s may %s: %i', async (role, action, status) => {
  const session = {
    person: { id: 'Test', name: 'Test', role },
    signIn: 'off',
    sandbox: false,
    version: '0',
    consoleVia: 'direct',
  } as const
  await withConsole(
    async (zone, console) => {
      const machines = addMachines(zone, 1)

      const answer = await post<Job>(console, '', orderOf(action, machines))

      expect(answer.status).toBe(status)
      if (status === 200) await endOf(console, answer.body.id)
      expect(changesOf(zone)).toHaveLength(status === 200 ? 1 : 0)
    },
    { session },
  )
})

test('who may not unlock may not undo a lock', async () => {
  const session = {
    person: { id: 'Test', name: 'Test', role: 'admin' },
    signIn: 'demo',
    sandbox: false,
    version: '0',
    consoleVia: 'direct',
  } as const
  await withConsole(
    async (zone, console) => {
      const { body } = await post(console, '', orderOf('protect', addMachines(zone, 1)))
      await endOf(console, body.id)

      const undone = await fetch(`${console.origin}/api/jobs/${body.id}/undo`, {
        method: 'POST',
        headers: { 'x-vedette': '1', cookie: 'vedette-demo-role=operator' },
      })
      expect(undone.status).toBe(403)
      expect(changesOf(zone)).toHaveLength(1)
    },
    { session },
  )
})
