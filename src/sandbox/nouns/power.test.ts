import { expect, onTestFinished, test } from 'vitest'

import type { Instance, Operation } from '#contract/types.ts'

import { createSandbox } from '../app.ts'
import { createClient } from '../testing/test-client.ts'
import { TestViewer } from '../testing/test-viewer.ts'

/** A sandbox, and someone at the screen of its web-01 who is logged in as root. */
async function atScreen(speed: number) {
  const sandbox = await createSandbox({ machines: 'painted', speed })
  onTestFinished(() => sandbox.close())
  const client = createClient(sandbox)
  const { id } = await client.findByName('web-01')
  const parameters = { id }
  const urlOf = () => client.ask<{ url: string }>('get-console-proxy-url', { parameters })
  const viewer = await TestViewer.open((await urlOf()).body.url)
  await viewer.untilText('web-01 login:')
  viewer.type('root\n')
  await viewer.untilText('Password:')
  viewer.type('anything\n')
  await viewer.untilText('root@web-01')
  const state = async () =>
    (await client.ask<Instance>('get-instance', { parameters })).body.state
  return { sandbox, client, parameters, viewer, state, urlOf }
}

test('poweroff at the screen stops the instance, which can be started again', async () => {
  const { client, parameters, viewer, state, urlOf } = await atScreen(200)
  const closing = viewer.closing()

  viewer.type('poweroff\n')

  expect(await closing).toEqual({ code: 1000, reason: 'machine stopped' })
  expect(await state()).toBe('stopped')
  expect((await urlOf()).status).toBe(400)
  await client.perform('start-instance', { parameters, body: {} })
  expect(await state()).toBe('running')
  expect((await urlOf()).status).toBe(200)
})

test('what another key does to the instance of the same name leaves the screen open', async () => {
  const { sandbox, viewer, state, urlOf } = await atScreen(200)
  const other = createClient(sandbox, { key: 'EXO0123456789abcdef01234567' })
  const { id } = await other.findByName('web-01')

  await other.perform('stop-instance', { parameters: { id } })
  await other.perform('delete-instance', { parameters: { id } })

  viewer.type('hostname\n')
  await viewer.untilText(/\nweb-01\n/)
  expect(await state()).toBe('running')
  const again = await TestViewer.open((await urlOf()).body.url)
  await again.untilText('root@web-01')
})

test('poweroff during an operation stops the instance when that has ended', async () => {
  const { client, parameters, viewer, state } = await atScreen(2)
  const closing = viewer.closing()
  const { body: snapshot } = await client.ask<Operation>('create-snapshot', { parameters })

  viewer.type('poweroff\n')

  expect(await closing).toEqual({ code: 1000, reason: 'machine stopped' })
  const sent = { parameters: { id: snapshot.id } }
  const { body: ended } = await client.ask<Operation>('get-operation', sent)
  expect(ended.state).toBe('success')
  expect(await state()).toBe('stopped')
})
