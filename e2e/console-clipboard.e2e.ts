/**
 * What comes from an instance's clipboard is shown by what it is, whichever server sends it, and
 * nothing that comes ends the screen (docs/decisions/0017).
 */
import { constants, deflateSync } from 'node:zlib'

import type { Page } from '@playwright/test'

import type { ConsoleFront } from './console-front.ts'
import { eachWay, expect, look, test } from './front-app.ts'
import { RfbServer } from './rfb-server.ts'
import { openTool } from './vocabulary.ts'

const caps = 1 << 24
const provide = 1 << 28
const text = 1

const u32 = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value >>> 0)
  return bytes
}

/** What QEMU sends for a copy: the size and the text, packed without an end. */
function provided(data: Buffer, size = data.length): Buffer {
  const packed = deflateSync(Buffer.concat([u32(size), data]), {
    finishFlush: constants.Z_SYNC_FLUSH,
  })
  return Buffer.concat([u32(provide | text), packed])
}

/** A server of this name that stays; what it says is up to the test. */
function serve(front: ConsoleFront, name: string): () => RfbServer {
  let server: RfbServer | undefined
  front.manner = {
    kind: 'own',
    serve: async (socket) => {
      server = await RfbServer.greet(socket, 640, 400, name)
      server.paint(0x30)
      socket.on('message', (message: Buffer) => {
        if (message[0] === 3 && message[1] === 0) server?.paint(0x30, 0, 0, 1, 1)
      })
    },
  }
  return () => {
    if (!server) throw new Error('nobody looks')
    return server
  }
}

const clipboard = (page: Page) => page.getByRole('region', { name: 'Instance clipboard' })

type Case = { name: string; send: (server: RfbServer) => void; shown: string | RegExp }

const cases: Case[] = [
  {
    name: 'plain Latin-1',
    send: (server) => server.copy(Buffer.from('Grüße', 'latin1')),
    shown: 'Grüße',
  },
  {
    name: 'plain UTF-8',
    send: (server) => server.copy(Buffer.from('żółć')),
    shown: 'żółć',
  },
  {
    name: 'an extended text',
    send: (server) => server.copy(provided(Buffer.from('日本')), true),
    shown: '日本',
  },
  {
    name: 'a colleague’s Latin-1 that QEMU passes on as UTF-8',
    send: (server) => server.copy(provided(Buffer.from('café', 'latin1')), true),
    shown: 'café',
  },
  {
    name: 'a size of four gigabytes',
    send: (server) => server.copy(provided(Buffer.from('a'), 0xffffffff), true),
    shown: /longer than 1 MB/,
  },
  {
    name: 'a text of two megabytes',
    send: (server) => server.copy(Buffer.alloc(2_000_000, 'x')),
    shown: /longer than 1 MB/,
  },
  {
    name: 'a text that unpacks to sixty megabytes',
    send: (server) => server.copy(provided(Buffer.alloc(60_000_000)), true),
    shown: /longer than 1 MB/,
  },
  {
    name: 'what is not packed',
    send: (server) =>
      server.copy(Buffer.concat([u32(provide | text), Buffer.from('not zlib')]), true),
    shown: /can’t read/,
  },
]

/** Not texts: they change nothing, whatever they look like. */
const oddities: [string, Buffer][] = [
  ['an action that no one knows', u32((1 << 30) | text)],
  ['sizes that are missing', u32(caps | 0xff)],
  ['flags that are cut', Buffer.from([1, 2])],
  ['nothing', Buffer.alloc(0)],
  ['a notice with a tail', Buffer.concat([u32((1 << 27) | text), Buffer.alloc(9, 7)])],
]

eachWay(() => {
  test('texts are shown by what they are, from any server', async ({
    page,
    app,
    front,
  }) => {
    for (const name of ['QEMU (web-01)', 'a test']) {
      const server = serve(front, name)
      const screen = await look(page, app)
      const attempt = await screen.getAttribute('data-attempt')
      await openTool(page, 'Send text')
      server().copy(Buffer.concat([u32(caps | provide | text), u32(0)]), true)
      for (const { name: what, send, shown } of cases) {
        send(server())
        await expect(clipboard(page), what).toContainText(shown)
        // Told apart from the next one.
        server().copy(Buffer.from(`after ${what}`))
        await expect(clipboard(page)).toContainText(`after ${what}`)
      }
      await expect(screen).toHaveAttribute('data-attempt', attempt ?? '')
      await expect(screen).toHaveAttribute('data-connection', 'open')
    }
  })
})

for (const [what, bytes] of oddities)
  test(`${what} in a clipboard message doesn’t end the screen`, async ({
    page,
    app,
    front,
  }) => {
    const server = serve(front, 'QEMU (web-01)')
    const screen = await look(page, app)
    await openTool(page, 'Send text')
    server().copy(bytes, true)
    server().copy(Buffer.from('still here'))
    await expect(clipboard(page)).toContainText('still here')
    await expect(screen).toHaveAttribute('data-attempt', '1')
  })

test('a copy while the screen is only watched doesn’t end it', async ({
  page,
  app,
  front,
}) => {
  const server = serve(front, 'QEMU (web-01)')
  const screen = await look(page, app)
  await page.getByRole('button', { name: 'Screen', exact: true }).click()
  await page.locator('[role=menuitemcheckbox]', { hasText: 'View-only' }).click()
  server().copy(provided(Buffer.from('secret')), true)
  server().resize(320, 200)
  await expect(screen.locator('canvas')).toHaveAttribute('width', '320')
  await expect(screen).toHaveAttribute('data-attempt', '1')
})
