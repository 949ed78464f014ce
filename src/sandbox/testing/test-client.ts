/**
 * Calls the sandbox in tests: signs with code that is independent of the sandbox's check, and polls
 * operations like a real client.
 */
import { createHmac } from 'node:crypto'

import { endpointPath, endpoints, type EndpointId } from '#contract/endpoints.ts'
import type { Instance, InstanceListItem, Operation } from '#contract/types.ts'

import type { Sandbox } from '../app.ts'
import { secretFor } from '../keys.ts'

export type Answer<T> = { status: number; body: T }

export type Sent = {
  parameters?: Record<string, string>
  query?: Record<string, string>
  body?: object
}

export type Client = ReturnType<typeof createClient>

/** A client of one zone, by default the first, with the sandbox's own key by default. */
export function createClient(sandbox: Sandbox, as: { zone?: string; key?: string } = {}) {
  const { key = sandbox.key } = as
  const endpoint = as.zone
    ? sandbox.zones.find(({ name }) => name === as.zone)?.endpoint
    : sandbox.endpoint

  async function ask<T>(id: EndpointId, sent: Sent = {}): Promise<Answer<T>> {
    const { method } = endpoints[id]
    const query = new URLSearchParams(sent.query)
    const url = new URL(`${endpoint}${endpointPath(id, sent.parameters)}?${query}`)
    const text = sent.body ? JSON.stringify(sent.body) : ''
    const expires = Math.floor(Date.now() / 1000) + 60
    const names = [...query.keys()].toSorted()
    const values = names.map((name) => query.get(name)).join('')
    const signature = createHmac('sha256', secretFor(key))
      .update(`${method} ${url.pathname}\n${text}\n${values}\n\n${expires}`)
      .digest('base64')
    const signed = names.length > 0 ? `signed-query-args=${names.join(';')},` : ''
    const response = await fetch(url, {
      method,
      ...(sent.body ? { body: text } : {}),
      headers: {
        authorization: `EXO2-HMAC-SHA256 credential=${key},${signed}expires=${expires},signature=${signature}`,
      },
    })
    // The test names the type of the response.
    return { status: response.status, body: (await response.json()) as T }
  }

  /** Requests a change and waits for its end; throws if it is rejected. */
  async function perform(id: EndpointId, sent: Sent = {}): Promise<Operation> {
    const begun = await ask<Operation>(id, sent)
    if (begun.status !== 200) throw new Error(`${id}: ${JSON.stringify(begun.body)}`)
    let operation = begun.body
    while (operation.state === 'pending') {
      const parameters = { id: operation.id }
      operation = (await ask<Operation>('get-operation', { parameters })).body
    }
    return operation
  }

  async function findByName(name: string): Promise<Instance & { id: string }> {
    const list = await ask<{ instances: InstanceListItem[] }>('list-instances')
    const item = list.body.instances.find((one) => one.name === name)
    if (!item) throw new Error(`the zone has no ${name}`)
    return (await ask<Instance>('get-instance', { parameters: { id: item.id } })).body
  }

  return { ask, perform, findByName }
}
