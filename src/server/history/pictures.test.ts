/** Screenshots of snapshots: which are accepted, which are rejected, and when they are deleted. */
import { expect, test } from 'vitest'

import { PICTURE_MAX_BYTES } from '#contract/timeline.ts'

import {
  instanceId,
  json,
  withConsole,
  type TestConsole,
  type TestZone,
} from '../testing/test-zone.ts'

const snapshotId = '5f0a9c1e-2b7d-4e55-8a3c-77d0c1b2a3f4'
const path = `/api/zones/ch-test-1/pictures/${snapshotId}`
const webp = Buffer.concat([
  Buffer.from('RIFF\x10\0\0\0WEBPVP8 ', 'latin1'),
  Buffer.alloc(64, 7),
])

function showSnapshots(zone: TestZone, ids: string[]): void {
  const snapshots = ids.map((id) => ({ id, state: 'ready', instance: { id: instanceId } }))
  zone.answers['GET /snapshot'] = json({ snapshots })
}

const put = ({ origin }: TestConsole, bytes: Buffer, type = 'image/webp', at = path) =>
  fetch(`${origin}${at}`, {
    method: 'PUT',
    headers: { 'content-type': type, 'x-vedette': '1' },
    body: new Uint8Array(bytes),
  })

test('a screenshot is returned unchanged, and the timeline lists it', () =>
  withConsole(async (zone, server) => {
    showSnapshots(zone, [snapshotId])

    expect((await put(server, webp)).status).toBe(200)

    const image = await fetch(`${server.origin}${path}`)
    expect(image.headers.get('content-type')).toBe('image/webp')
    expect(Buffer.from(await image.arrayBuffer())).toEqual(webp)
    const timeline = await fetch(
      `${server.origin}/api/zones/ch-test-1/timeline/${instanceId}`,
    )
    expect(await timeline.json()).toMatchObject({
      pictures: { [snapshotId]: { by: 'Test' } },
    })
  }))

test('only small images are stored, by their content, and only for snapshots that exist', () =>
  withConsole(async (zone, server) => {
    showSnapshots(zone, [snapshotId])
    const huge = Buffer.concat([webp, Buffer.alloc(PICTURE_MAX_BYTES)])
    const other = path.replace('5f0a', '6f0a')

    expect((await put(server, Buffer.from('<svg onload=…>'))).status).toBe(400)
    expect((await put(server, webp, 'text/html')).status).toBe(415)
    expect((await put(server, huge)).status).toBe(413)
    expect((await put(server, webp, 'image/webp', other)).status).toBe(404)
    expect((await fetch(`${server.origin}${path}`)).status).toBe(404)
  }))

test.each([
  ['no list', {}, 502],
  ['a text', { snapshots: 'none' }, 502],
  ['other things', { snapshots: [5, 'x', {}] }, 404],
])('%s instead of snapshots is no error of our own', (_what, answer, status) =>
  withConsole(async (zone, server) => {
    zone.answers['GET /snapshot'] = json(answer)
    expect((await put(server, webp)).status).toBe(status)
  }),
)

test('a viewer can’t store a screenshot', () =>
  withConsole(
    async (zone, server) => {
      showSnapshots(zone, [snapshotId])
      expect((await put(server, webp)).status).toBe(403)
    },
    {
      session: {
        person: { id: 'vera', name: 'Vera', role: 'viewer' },
        signIn: 'off',
        sandbox: false,
        version: '0',
        consoleVia: 'direct',
      },
    },
  ))

test('a screenshot is deleted with its snapshot', () =>
  withConsole(async (zone, server) => {
    showSnapshots(zone, [snapshotId])
    await put(server, webp)
    const operation = { id: 'a1b2c3d4-0000-4000-8000-000000000001', state: 'pending' }
    zone.answers[`DELETE /snapshot/${snapshotId}`] = json(operation)
    zone.answers[`GET /operation/${operation.id}`] = json({
      ...operation,
      state: 'success',
    })

    await fetch(`${server.origin}/api/zones/ch-test-1/snapshot/${snapshotId}`, {
      method: 'DELETE',
      headers: { 'x-vedette': '1' },
    })
    showSnapshots(zone, [])

    await expect
      .poll(async () => (await fetch(`${server.origin}${path}`)).status, { timeout: 8_000 })
      .toBe(404)
  }))
