/** Answers of a zone that aren't the JSON they should be, to changes and to reads of one thing. */
import type { IncomingMessage, ServerResponse } from 'node:http'

import { expect, test } from 'vitest'

import { instanceId, json, withConsole } from '../testing/test-zone.ts'

const below = (path: string) => `/api/zones/ch-test-1${path}`
type Answer = (request: IncomingMessage, response: ServerResponse) => void

const write =
  (type: string, text: string): Answer =>
  (_request, response) =>
    void response.writeHead(200, { 'content-type': type }).end(text)

const bad: [string, Answer][] = [
  ['HTML', write('text/html', '<html><h1>Welcome</h1></html>')],
  ['HTML that says it is JSON', write('application/json', '<html></html>')],
  ['nothing', write('application/json', '')],
  ['white space', write('application/json', ' \n ')],
  ['half an object', write('application/json', `{"id":"${instanceId}","state":`)],
  ['half a text', write('application/json', `{"id":"${instanceId}`)],
  ['null', write('application/json', 'null')],
  ['a number', write('application/json', '5')],
  ['a text', write('application/json', '"done"')],
  ['a list', write('application/json', '[]')],
  ['204', (_request, response) => void response.writeHead(204).end()],
  [
    'very deep JSON',
    write('application/json', `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`),
  ],
  [
    'a body that breaks off',
    (_request, response) => {
      response.writeHead(200, { 'content-length': 100 })
      response.write('{"id":', () => response.destroy())
    },
  ],
]

test.each(bad)('%s as the answer to a change leaves its outcome unknown', (_what, answer) =>
  withConsole(async (zone, { origin }) => {
    const paths = { stop: `/instance/${instanceId}:stop`, key: '/ssh-key/x' }
    zone.answers[`PUT ${paths.stop}`] = answer
    zone.answers[`DELETE ${paths.key}`] = answer
    for (const [method, path] of [
      ['PUT', paths.stop],
      ['DELETE', paths.key],
    ] as const) {
      const told = await fetch(`${origin}${below(path)}`, {
        method,
        headers: { 'x-vedette': '1' },
      })
      expect(told.status).toBe(502)
      expect(await told.json()).toMatchObject({ unknownOutcome: true })
    }
  }),
)

test.each(bad)(
  '%s as the answer to a read is an error, never an empty item',
  (_what, answer) =>
    withConsole(async (zone, { origin }) => {
      zone.answers[`GET /instance/${instanceId}`] = answer
      zone.answers[`GET /instance/${instanceId}:password`] = answer
      zone.answers[`GET /console/${instanceId}`] = answer
      zone.answers['GET /quota'] = answer
      const read = await fetch(`${origin}${below(`/instance/${instanceId}`)}`)
      expect([502, 504]).toContain(read.status)
      expect(await read.json()).toMatchObject({ code: expect.stringMatching(/^zone-/) })
      expect((await fetch(`${origin}${below('/quota')}`)).status).toBe(502)
      for (const path of [`/instance/${instanceId}:password`, `/console/${instanceId}`]) {
        const told = await fetch(`${origin}${below(path)}`, {
          method: 'POST',
          headers: { 'x-vedette': '1' },
        })
        expect(told.status).toBe(502)
      }
    }),
)

test.each(bad)(
  '%s as the list of instances is told as a zone that is down',
  (_what, answer) =>
    withConsole(async (zone, { origin }) => {
      zone.answers['GET /instance'] = answer
      zone.answers['DELETE /ssh-key/x'] = json({ id: instanceId, state: 'success' })
      await fetch(`${origin}${below('/ssh-key/x')}`, {
        method: 'DELETE',
        headers: { 'x-vedette': '1' },
      })
      const status = async () => {
        const told = await fetch(`${origin}/api/inventory`)
        return ((await told.json()) as { zones: { status: string }[] }).zones[0]?.status // our wire
      }
      await expect.poll(status).toBe('down')
    }),
)

test('what is no instance is left out of the list, and the zone is fine', () =>
  withConsole(async (zone, { origin }) => {
    const web = { id: instanceId, name: 'web-01', state: 'running' }
    zone.answers['GET /instance'] = json({ instances: [null, 5, 'x', {}, { id: 7 }, web] })
    zone.answers['DELETE /ssh-key/x'] = json({ id: instanceId, state: 'success' })
    // A change makes the server look again.
    await fetch(`${origin}${below('/ssh-key/x')}`, {
      method: 'DELETE',
      headers: { 'x-vedette': '1' },
    })
    const zones = async () => {
      const told = await fetch(`${origin}/api/inventory`)
      return ((await told.json()) as { zones: unknown[] }).zones // our wire
    }
    await expect.poll(zones, { timeout: 15_000 }).toEqual([
      expect.objectContaining({
        status: 'ok',
        instances: [expect.objectContaining(web)],
      }),
    ])
  }))

test('a gateway’s page for what it doesn’t find says of no instance that it is gone', () =>
  withConsole(async (zone, { origin }) => {
    const path = `/instance/${instanceId}`
    for (const name of [`GET ${path}`, `DELETE ${path}`])
      zone.answers[name] = (_request, response) =>
        void response
          .writeHead(404, { 'content-type': 'text/html' })
          .end('\n<html><h1>404 Not Found</h1></html>')
    const send = (method: 'GET' | 'DELETE') =>
      fetch(`${origin}${below(path)}`, { method, headers: { 'x-vedette': '1' } })
    const read = await send('GET')
    expect(read.status).toBe(502)
    expect(await read.json()).toMatchObject({ code: 'zone-garbage' })
    const deleted = await send('DELETE')
    expect(deleted.status).toBe(502)
    expect(await deleted.json()).toMatchObject({ unknownOutcome: true })

    const gone = json({ message: 'not found' }, 404)
    for (const name of [`GET ${path}`, `DELETE ${path}`]) zone.answers[name] = gone
    expect((await send('GET')).status).toBe(404)
  }))
