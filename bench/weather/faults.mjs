// The kinds of weather between a person and a screen. Each begins its fault, lets it be for the time it is
// given, and ends it; what it needs is on the stage.
import { WebSocket } from 'ws'

import { RfbServer } from '../../e2e/rfb-server.ts'
import { TestViewer } from '../../src/sandbox/testing/test-viewer.ts'
import { seconds } from '../figures.mjs'
import { withHands } from './hand.mjs'

/** For so long, viewers are treated in this manner; those that are connected are cut off first. */
const inManner =
  (choose) =>
  async ({ front, chance }, lasts) => {
    front.manner = choose(chance)
    front.terminate()
    await seconds(lasts)
    front.manner = { kind: 'carry' }
    // A screen of the fault must not be taken for the machine's.
    front.terminate()
  }

/** A server that the fault speaks for. */
const own = (speak) =>
  inManner((chance) => ({
    kind: 'own',
    serve: async (socket) => speak(await RfbServer.greet(socket), socket, chance),
  }))

const oneOf = (list) => (chance) => list[Math.floor(chance() * list.length)]
const statuses = oneOf([400, 401, 403, 404, 409, 429, 500, 502, 503, 504])
const codes = oneOf([1000, 1001, 1002, 1003, 1006, 1007, 1008, 1011, 1012, 1013])

const tell = (page, type, persisted) =>
  page.evaluate(
    ([name, kept]) =>
      window.dispatchEvent(
        kept === undefined
          ? new Event(name)
          : new PageTransitionEvent(name, { persisted: kept }),
      ),
    [type, persisted],
  )

const setHidden = (page, hidden) =>
  page.evaluate((state) => {
    Object.defineProperty(document, 'hidden', { configurable: true, value: state })
    document.dispatchEvent(new Event('visibilitychange'))
  }, hidden)

/** A process that stands still and goes on. */
const stopped = (program) => async (stage, lasts) => {
  stage[program].signal('SIGSTOP')
  await seconds(lasts)
  stage[program].signal('SIGCONT')
}

export const faults = {
  'cut line': async ({ front }) => front.terminate(),
  'black hole': async ({ front }, lasts) => {
    front.dig()
    await seconds(lasts)
    front.mend()
    // What was sent meanwhile is lost, and a stream with a hole in it is no line that came back.
    front.terminate()
  },
  'long way': async ({ front, chance }, lasts) => {
    front.roundTripMs = 100 + chance() * 1_400
    await seconds(lasts)
    front.roundTripMs = 0
  },
  'late proxy': async ({ front, chance }, lasts) => {
    front.lateMs = 500 + chance() * 3_000
    front.terminate()
    await seconds(lasts)
    front.lateMs = 0
  },
  'refused handshake': inManner((chance) => ({ kind: 'refuse', status: statuses(chance) })),
  'hung handshake': inManner(() => ({ kind: 'hang' })),
  'closed at once': inManner((chance) => {
    const code = codes(chance)
    // 1006 is never sent: it is what a viewer makes of no closing at all.
    return code === 1006
      ? { kind: 'refuse', status: 502 }
      : { kind: 'close', code, reason: 'weather' }
  }),
  'silent server': inManner(() => ({ kind: 'silent' })),
  garbage: own((server, socket, chance) => {
    server.paint(0x80)
    socket.send(Buffer.from(Array.from({ length: 400 }, () => Math.floor(chance() * 256))))
  }),
  'broken JPEG': own((server) => {
    server.paint(0x80)
    server.paintJpeg(Buffer.from('ffd8ffe000104a464946', 'hex'), 4_000)
  }),
  'nothing to show': own((server) => server.updateNothing()),
  'insisting proxy': async ({ front }, lasts) => {
    front.subprotocol = 'required'
    front.terminate()
    await seconds(lasts)
    front.subprotocol = 'any'
  },
  'another viewer': async ({ guest }, lasts) => {
    const viewer = await TestViewer.open(guest.url)
    await seconds(lasts)
    viewer.close()
  },
  'a crowd': async ({ guest }, lasts) => {
    const crowd = Array.from({ length: 8 }, () => new WebSocket(guest.url))
    for (const one of crowd) one.on('error', () => {})
    await seconds(lasts)
    for (const one of crowd) one.terminate()
  },
  'hidden tab': async ({ page }, lasts) => {
    await setHidden(page, true)
    await seconds(lasts)
    await setHidden(page, false)
  },
  'page put aside': async ({ page }, lasts) => {
    await tell(page, 'pagehide', true)
    await seconds(lasts)
    await tell(page, 'pageshow', true)
  },
  offline: async ({ page, front }, lasts) => {
    await page.context().setOffline(true)
    front.terminate()
    await seconds(lasts)
    await page.context().setOffline(false)
  },
  'other window size': async ({ page, chance }) =>
    page.setViewportSize({
      width: 700 + Math.floor(chance() * 900),
      height: 500 + Math.floor(chance() * 500),
    }),
  'focus lost with a key held': async ({ page, chance }) => {
    const key = oneOf(['Shift', 'Control', 'Alt', 'AltGraph', 'Meta'])(chance)
    await withHands(async () => {
      await page.keyboard.down(key)
      await seconds(0.3)
      await page.evaluate(() => {
        document.activeElement?.blur()
        window.dispatchEvent(new Event('blur'))
      })
      await page.keyboard.up(key)
    })
  },
  'our server stands still': stopped('app'),
  'the zone stands still': stopped('sandbox'),
}
