import { createHmac } from 'node:crypto'

import { afterEach, beforeEach, expect, test } from 'vitest'

import type { Instance, Operation, Snapshot } from '#contract/types.ts'

import { createSandbox, type Sandbox } from './app.ts'

let sandbox: Sandbox

beforeEach(async () => {
  sandbox = await createSandbox({ machines: 'painted', speed: 1 })
})
afterEach(() => sandbox.close())

/** Calls the first zone, signed by code that is independent of the sandbox's check. */
async function ask<T>(method: string, path: string, body?: object) {
  const url = new URL(sandbox.endpoint + path)
  const text = body ? JSON.stringify(body) : ''
  const expires = Math.floor(Date.now() / 1000) + 60
  const signature = createHmac('sha256', sandbox.secret)
    .update(`${method} ${url.pathname}\n${text}\n\n\n${expires}`)
    .digest('base64')
  const response = await fetch(url, {
    method,
    ...(body ? { body: text } : {}),
    headers: {
      authorization: `EXO2-HMAC-SHA256 credential=${sandbox.key},expires=${expires},signature=${signature}`,
    },
  })
  // The test names the type of the response.
  return { status: response.status, body: (await response.json()) as T }
}

async function findByName(name: string) {
  const { body } = await ask<{ instances: Instance[] }>('GET', '/instance')
  const instance = body.instances.find((one) => one.name === name)
  if (!instance?.id) throw new Error(`the seed has no ${name}`)
  return { ...instance, id: instance.id }
}

/** Whether the console's websocket is accepted. */
async function screenOpens(id: string): Promise<boolean> {
  const { body } = await ask<{ url: string }>('GET', `/console/${id}`)
  const { WebSocket } = await import('undici')
  const socket = new WebSocket(body.url)
  const opened = await new Promise<boolean>((resolve) => {
    socket.addEventListener('open', () => resolve(true))
    socket.addEventListener('error', () => resolve(false))
  })
  socket.close()
  return opened
}

test('a delete that is rejected because the instance is busy leaves its screen on', async () => {
  const { id } = await findByName('web-01')
  await ask<Snapshot>('POST', `/instance/${id}:create-snapshot`)

  expect((await ask('DELETE', `/instance/${id}`)).status).toBe(409)
  expect(await screenOpens(id)).toBe(true)
})

test('an instance created without security groups gets the default group', async () => {
  const like = await findByName('old-wiki')
  const { body } = await ask<Operation>('POST', '/instance', {
    'disk-size': 50,
    'instance-type': like['instance-type'],
    template: like.template,
  })
  const created = await ask<Instance>('GET', `/instance/${body.reference?.id}`)

  expect(created.body['security-groups']).toEqual(like['security-groups'])
  expect(created.body['security-groups']).toHaveLength(1)
})
