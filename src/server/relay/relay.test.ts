/** Consoles, direct and through the relay, against a real websocket server. */
import { createHash } from 'node:crypto'
import { once } from 'node:events'

import { expect, onTestFinished, test, vi } from 'vitest'
import { WebSocket } from 'ws'

import { RELAY_QUESTION, relayPart } from '#contract/console.ts'

import {
  instanceId,
  json,
  withConsole,
  type TestConsole,
  type TestZone,
} from '../testing/test-zone.ts'
import { sendableCode } from './relay.ts'

async function mint({ origin }: TestConsole): Promise<string> {
  const answer = await fetch(`${origin}/api/zones/ch-test-1/console/${instanceId}`, {
    method: 'POST',
    headers: { 'x-vedette': '1' },
  })
  const { url } = (await answer.json()) as { url: string } // the contract's ConsoleTicket
  return url
}

const dial = ({ origin }: TestConsole, path: string, from = origin) =>
  new WebSocket(`${origin.replace('http', 'ws')}${path}`, { origin: from })

async function refusalOf(websocket: WebSocket): Promise<number | undefined> {
  const [, response] = await once(websocket, 'unexpected-response')
  websocket.on('error', () => {})
  websocket.terminate()
  return response.statusCode
}

/** A browser and a zone's screen, connected by the relay. */
async function join(zone: TestZone, console: TestConsole) {
  const arriving = zone.nextScreen()
  const browser = dial(console, await mint(console))
  const [screen] = await Promise.all([arriving, once(browser, 'open')])
  return { browser, screen }
}

const relayed = (use: (zone: TestZone, console: TestConsole) => Promise<void>) => () =>
  withConsole(use, {}, 'relay')

test('without the relay, the browser gets the zone’s own address', () =>
  withConsole(async (zone, console) => {
    expect(await mint(console)).toBe(`ws://127.0.0.1:${zone.port}/screen?signed=canary-url`)
  }))

test('the address of a host that is not allowed is never returned', () =>
  withConsole(
    async (_zone, console) => {
      expect(await mint(console)).toBeUndefined()
    },
    { consoleHosts: ['*.exoscale.com'] },
    'relay',
  ))

test(
  'frames pass both ways as what they are',
  relayed(async (zone, console) => {
    const { browser, screen } = await join(zone, console)

    const down = once(browser, 'message')
    screen.send(Buffer.from('RFB 003.008\n'))
    const [greeting, isBinary] = await down
    const talk = once(browser, 'message')
    screen.send('not a screen')
    const up = once(screen, 'message')
    browser.send(Buffer.from([1, 2, 255]))

    expect([String(greeting), isBinary]).toEqual(['RFB 003.008\n', true])
    expect((await talk)[1]).toBe(false)
    expect((await up)[0]).toEqual(Buffer.from([1, 2, 255]))
  }),
)

/** The same numbers in every run, so that a failure can be repeated. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state % below
  }
}

/** Frames as screens and viewers send them, from empty ones to 200 kB; one of eight is text. */
function randomFrames(seed: number): (string | Buffer)[] {
  const next = numbers(seed)
  return Array.from({ length: 300 }, () => {
    if (next(8) === 0) return 'é✓'.repeat(next(500))
    const sizes = [0, 1, next(20), next(4_096), next(20_000), next(200_000)]
    return Buffer.alloc(sizes[next(6)] ?? 0, Buffer.from([next(256), next(256), next(256)]))
  })
}

/** The type, length and digest of each frame; resolves when all have arrived. */
function summaries(socket: WebSocket, count: number): Promise<string[]> {
  const seen: string[] = []
  return new Promise((resolve) => {
    if (count === 0) resolve(seen)
    socket.on('message', (data: Buffer, binary: boolean) => {
      seen.push(summary(binary ? data : String(data)))
      if (seen.length === count) resolve(seen)
    })
  })
}

const summary = (frame: string | Buffer) =>
  `${typeof frame} ${frame.length} ${createHash('sha1').update(frame).digest('hex')}`

test.each([1, 2, 3])(
  'random frames pass both ways at once, whole, in order and of their kind (seed %i)',
  (seed) =>
    relayed(async (zone, console) => {
      const { browser, screen } = await join(zone, console)
      const down = randomFrames(seed)
      const up = randomFrames(seed + 100)

      const arrived = Promise.all([
        summaries(browser, down.length),
        summaries(screen, up.length),
      ])
      for (const [index, frame] of down.entries()) {
        screen.send(frame)
        browser.send(up[index] ?? '')
      }

      expect(await arrived).toEqual([down.map(summary), up.map(summary)])
    })(),
)

test.each([1000, 1001, 1003, 1008, 1011, 1012, 3000, 4001, 4403, 4999])(
  'the code %i and its words reach the other end, whoever closes',
  (code) =>
    relayed(async (zone, console) => {
      const words = `closed with ${code}`
      for (const from of ['browser', 'screen'] as const) {
        const ends = await join(zone, console)
        const other = once(ends[from === 'browser' ? 'screen' : 'browser'], 'close')
        ends[from].close(code, words)
        const [got, reason] = await other

        expect([got, String(reason)]).toEqual([code, words])
      }
    })(),
)

test(
  'what the browser says before the zone has opened arrives afterwards',
  relayed(async (zone, console) => {
    const arriving = zone.nextScreen().then((screen) => once(screen, 'message'))
    const browser = dial(console, await mint(console))
    browser.on('open', () => browser.send('early'))

    expect(String((await arriving)[0])).toBe('early')
  }),
)

test(
  'a flood for a slow browser arrives whole and in order',
  relayed(async (zone, console) => {
    const { browser, screen } = await join(zone, console)
    const pieces = 200
    const seen: number[] = []
    const all = new Promise<void>((resolve) => {
      browser.on('message', (data: Buffer) => {
        seen.push(data.readUInt32BE(0))
        if (seen.length === pieces) resolve()
      })
    })

    browser.pause()
    for (let index = 0; index < pieces; index += 1) {
      const piece = Buffer.alloc(64 * 1024)
      piece.writeUInt32BE(index)
      screen.send(piece)
    }
    browser.resume()
    await all

    expect(seen).toEqual([...Array(pieces).keys()])
  }),
)

test(
  'a ticket opens one screen only',
  relayed(async (zone, console) => {
    const path = await mint(console)
    expect(path).toMatch(/^\/api\/console\/[\w-]{43}$/)
    const first = dial(console, path)
    await Promise.all([zone.nextScreen(), once(first, 'open')])

    // A refused handshake would leave the address in the browser's own console.
    expect((await once(dial(console, path), 'close'))[0]).toBe(4403)
  }),
)

test(
  'a ticket is good for a minute',
  relayed(async (_zone, console) => {
    const path = await mint(console)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 })
    onTestFinished(() => void vi.useRealTimers())

    expect((await once(dial(console, path), 'close'))[0]).toBe(4403)
  }),
)

test(
  'a page of another site is refused and does not spend the ticket',
  relayed(async (zone, console) => {
    const path = await mint(console)

    expect(await refusalOf(dial(console, path, 'https://evil.example'))).toBe(403)
    const own = dial(console, path)
    await Promise.all([zone.nextScreen(), once(own, 'open')])
  }),
)

test(
  'the zone’s closing code and words reach the browser',
  relayed(async (zone, console) => {
    const { browser, screen } = await join(zone, console)

    const closed = once(browser, 'close')
    screen.close(1011, 'screen no longer available')
    const [code, reason] = await closed

    expect([code, String(reason)]).toEqual([1011, 'screen no longer available'])
  }),
)

test(
  'a zone that drops the connection is a 1011, a browser that leaves closes the zone’s end',
  relayed(async (zone, console) => {
    const dropped = await join(zone, console)
    const lost = once(dropped.browser, 'close')
    dropped.screen.terminate()
    expect((await lost)[0]).toBe(1011)

    const left = await join(zone, console)
    const gone = once(left.screen, 'close')
    left.browser.close(1000)
    expect((await gone)[0]).toBe(1000)
  }),
)

test(
  'a zone that refuses the screen is told of by its status',
  relayed(async (zone, console) => {
    zone.answers[`GET /console/${instanceId}`] = json({
      url: `ws://127.0.0.1:${zone.port}/elsewhere`,
    })
    const browser = dial(console, await mint(console))

    const [code, reason] = await once(browser, 'close')
    expect([code, String(reason)]).toEqual([4400, 'zone-status'])
  }),
)

test(
  'a zone that can’t be reached is told as a code, without its address',
  relayed(async (zone, console) => {
    zone.answers[`GET /console/${instanceId}`] = json({ url: 'ws://127.0.0.1:1/screen' })
    const browser = dial(console, await mint(console))

    const [code, reason] = await once(browser, 'close')
    expect([code, String(reason)]).toEqual([1011, 'no-response'])
  }),
)

test(
  'closing the server says goodbye to both ends',
  relayed(async (zone, console) => {
    const { browser, screen } = await join(zone, console)

    // A message from the zone shows that the relay's end is open, too.
    const heard = once(browser, 'message')
    screen.send('RFB')
    await heard

    const both = Promise.all([once(browser, 'close'), once(screen, 'close')])
    await console.close()

    expect((await both).map(([code]) => code)).toEqual([1001, 1001])
  }),
)

test(
  'an upgrade that nobody takes is answered with 404, and its socket closed',
  relayed(async (_zone, console) => {
    const stray = dial(console, '/elsewhere')

    expect(String((await once(stray, 'error'))[0])).toContain('404')
    expect(stray.readyState).not.toBe(WebSocket.OPEN)
  }),
)

test.each([
  [1000, 1000],
  [1004, 1011],
  [1005, 1000],
  [1006, 1011],
  [1015, 1011],
  [4001, 4001],
])('the code %i is sent on as %i', (code, sent) => {
  expect(sendableCode(code)).toBe(sent)
})

test(
  'the relay tells how much it has of a message, and doesn’t pass on the question',
  relayed(async (zone, console) => {
    const { browser, screen } = await join(zone, console)
    const said: string[] = []
    screen.on('message', (data) => said.push(String(data)))
    const part = async () => {
      const answer = once(browser, 'message')
      browser.send(RELAY_QUESTION)
      return relayPart(String((await answer)[0])) ?? -1
    }

    expect(await part()).toBe(0)
    screen.send(Buffer.alloc(20_000), { fin: false })
    await expect.poll(part).toBeGreaterThan(20_000)
    const whole = once(browser, 'message')
    screen.send(Buffer.alloc(10_000), { fin: true })

    expect((await whole)[0]).toHaveLength(30_000)
    expect(await part()).toBe(0)
    expect(said).toEqual([])
  }),
)

test(
  'a large message reaches the browser in pieces, with all of its bytes in order',
  relayed(async (zone, console) => {
    const { browser, screen } = await join(zone, console)
    const large = Buffer.alloc(1_000_003, 'every byte counts ')
    const pieces: Buffer[] = []
    browser.on('message', (data: Buffer) => pieces.push(data))
    screen.send(large)

    await expect.poll(() => Buffer.concat(pieces).length).toBe(large.length)
    expect(Buffer.concat(pieces).equals(large)).toBe(true)
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(65_536)
  }),
)

test(
  'who asks and never reads fills no memory, and the screen goes on',
  relayed(async (zone, console) => {
    const { browser } = await join(zone, console)
    let pongs = 0
    browser.on('pong', () => (pongs += 1))
    browser.pause()
    const count = 150_000
    const data = Buffer.alloc(125)
    for (let sent = 0; sent < count; sent += 1) {
      browser.ping(data)
      if (sent % 1_000 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    await expect.poll(() => browser.bufferedAmount, { timeout: 30_000 }).toBe(0)
    browser.resume()

    const answer = once(browser, 'message')
    browser.send(RELAY_QUESTION)
    expect(relayPart(String((await answer)[0]))).toBe(0)
    expect(pongs).toBeGreaterThan(0)
    // What the two ends of the line hold of 19 MB is passed on.
    expect(pongs).toBeLessThan(count)
  }),
  60_000,
)
