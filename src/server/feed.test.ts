/** The feed as a browser's EventSource sees it, over real HTTP. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { expect, test } from 'vitest'

import { Feed } from './feed.ts'

/** Follows a feed from `since` and returns its events until it ends. */
async function heard(feed: Feed, since: number, act: () => void): Promise<string> {
  const server = createServer((_request, response) => {
    feed.follow(response, since)
    act()
    feed.close()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A TCP server's address is an AddressInfo.
  const { port } = server.address() as AddressInfo
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/`)
    expect(answer.headers.get('content-type')).toBe('text/event-stream')
    return await answer.text()
  } finally {
    server.close()
  }
}

const publish = (feed: Feed, zone: string) =>
  feed.publish({ type: 'zone', zone, status: 'ok' })
const zonesIn = (text: string) =>
  [...text.matchAll(/"zone":"(\w+)"/g)].map(([, name]) => name)

test('a browser that reconnects gets each missed event and then each new one once', async () => {
  const feed = new Feed()
  publish(feed, 'before')
  const since = feed.seq
  publish(feed, 'missed')

  const text = await heard(feed, since, () => publish(feed, 'fresh'))

  expect(zonesIn(text)).toEqual(['missed', 'fresh'])
  expect(text).toContain(`id: ${since + 2}\n`)
  expect(text).toMatch(/^retry: \d{4}\n\n/)
  expect(text).toMatch(/event: bye\ndata: \{"type":"bye"\}\n\n$/)
})

test('a browser with an earlier process’s event number gets a reset', async () => {
  const earlier = new Feed()
  publish(earlier, 'old')
  const since = earlier.seq
  earlier.close()
  const later = new Feed()
  later.startAt(later.seq + 1_000_000)
  publish(later, 'new')

  expect(await heard(later, since, () => {})).toContain('event: reset')
})

test.each([0, Number.NaN, Number.MAX_SAFE_INTEGER])(
  'the number %d, which was never given, is told to start over',
  async (since) => {
    expect(await heard(new Feed(), since, () => {})).toContain('event: reset')
  },
)

test('a browser whose next event has left the ring gets a reset', async () => {
  const feed = new Feed()
  const since = feed.seq
  for (let index = 0; index < 2_001; index += 1) publish(feed, 'many')

  expect(await heard(feed, since, () => {})).toContain('event: reset')
})
