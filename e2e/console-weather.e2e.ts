/**
 * Lines and servers that are slow, silent or broken in the middle of a picture: what looks connected
 * is connected, and keys reach only a picture that follows. One file, because all of it is one server's
 * bad behavior, told by the same few helpers.
 */
import type { Locator, Page } from '@playwright/test'
import type { WebSocket } from 'ws'

import { keysSaid, type Manner } from './console-front.ts'
import { eachWay, expect, knock, test } from './front-app.ts'
import { RfbServer } from './rfb-server.ts'
import { openTool } from './vocabulary.ts'

type Size = readonly [number, number]

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Lets the test act as the server, from the handshake on. */
const greeted = (
  serve: (server: RfbServer, socket: WebSocket) => void,
  [width, height]: Size = [640, 400],
): Manner => ({
  kind: 'own',
  serve: async (socket) => serve(await RfbServer.greet(socket, width, height), socket),
})

/** Keeps what a viewer says. */
function heardOn(socket: WebSocket): Buffer[] {
  const said: Buffer[] = []
  socket.on('message', (message: Buffer) => said.push(message))
  return said
}

const isProbe = (message: Buffer) => message[0] === 3 && message[1] === 0

/** Answers requests for a pixel, as every ordinary server does, but not inside of another message. */
function answerProbes(server: RfbServer, socket: WebSocket): { busy: boolean } {
  const speaking = { busy: false }
  socket.on('message', (message: Buffer) => {
    const isPixel = isProbe(message) && message.readUInt16BE(6) === 1
    if (isPixel && !speaking.busy) server.paint(0x80, 0, 0, 1, 1)
  })
  return speaking
}

/** The red of a pixel of the screen. */
const redAt = (screen: Locator, x: number, y: number) =>
  screen
    .locator('canvas')
    .evaluate(
      (canvas: HTMLCanvasElement, at) =>
        canvas.getContext('2d')?.getImageData(at[0] ?? 0, at[1] ?? 0, 1, 1).data[0],
      [x, y],
    )

/** A JPEG that this browser can draw. */
async function jpegOf(page: Page, side: number): Promise<Buffer> {
  const base64 = await page.evaluate((size) => {
    const canvas = document.createElement('canvas')
    canvas.width = size
    canvas.height = size
    return canvas.toDataURL('image/jpeg').split(',')[1] ?? ''
  }, side)
  return Buffer.from(base64, 'base64')
}

async function pastOf(page: Page): Promise<string> {
  const panel = await openTool(page, 'Connection details')
  return panel.getByRole('list').innerText()
}

function slowFirstImage(): void {
  test('a first image that takes a minute comes, because bytes come, and says how much came', async ({
    page,
    app,
    front,
    browserName,
  }) => {
    // Firefox takes ten seconds for each turn of Playwright’s clock, so there the time itself passes: half
    // of it, which is still longer than a silence may be.
    const isReal = browserName === 'firefox'
    if (!isReal) await page.clock.install()
    let take = () => {}
    const asked = new Promise<void>((resolve) => (take = resolve))
    let pieces: Buffer[] = []
    let line: WebSocket | undefined
    front.manner = greeted((server, socket) => {
      pieces = server.pieces(0x80, 12)
      line = socket
      take()
    })
    const screen = await knock(page, app)
    await asked
    for (const [index, piece] of pieces.entries()) {
      line?.send(piece)
      await wait(isReal ? 2_500 : 300)
      if (!isReal) await page.clock.fastForward(4_900)
      if (index === 8) await expect(page.getByText(/\d{3} kB so far/)).toBeVisible()
    }

    await expect(screen).toHaveAttribute('data-connection', 'open')
    await expect(screen).toHaveAttribute('data-attempt', '1')
    expect(front.asked).toHaveLength(1)
  })
}

function imageThatStops(): void {
  test('a first image that stops in its middle is given up after a silence, in words', async ({
    page,
    app,
    front,
  }) => {
    await page.clock.install()
    let take = () => {}
    const asked = new Promise<void>((resolve) => (take = resolve))
    front.manner = greeted((server, socket) => {
      socket.send(server.pieces(0x80, 4)[0] ?? Buffer.alloc(0))
      take()
    })
    const screen = await knock(page, app)
    await asked
    await expect(page.getByText(/\d{3} kB so far/)).toBeVisible()
    front.manner = { kind: 'carry' }
    for (let seconds = 0; seconds < 20; seconds += 4) await page.clock.fastForward(4_000)

    await expect(screen).toHaveAttribute('data-attempt', '2')
    await expect(screen).toHaveAttribute('data-connection', 'open')
    expect(await pastOf(page)).toContain('Only a part of the first image arrived')
  })
}

function fragments(): void {
  test('one message in fragments, spread over half a minute, is waited for', async ({
    page,
    app,
    front,
  }) => {
    await page.clock.install()
    let take = () => {}
    const asked = new Promise<void>((resolve) => (take = resolve))
    let server: RfbServer | undefined
    let line: WebSocket | undefined
    let speaking = { busy: false }
    front.manner = greeted(
      (greetedServer, socket) => {
        server = greetedServer
        line = socket
        speaking = answerProbes(greetedServer, socket)
        take()
      },
      [1_024, 768],
    )
    const screen = await knock(page, app)
    await asked
    const spread = async (shade: number) => {
      speaking.busy = true
      const pieces = server?.pieces(shade, 10) ?? []
      for (const [index, piece] of pieces.entries()) {
        line?.send(piece, { fin: index === pieces.length - 1 })
        for (let second = 0; second < 3; second += 1) {
          await wait(60)
          await page.clock.fastForward(940)
        }
      }
      speaking.busy = false
    }
    await spread(0x80)
    await expect(screen).toHaveAttribute('data-connection', 'open')
    await expect.poll(() => redAt(screen, 500, 500)).toBe(0x80)
    // What the first image took, another may take.
    await spread(0x40)

    await expect.poll(() => redAt(screen, 500, 500)).toBe(0x40)
    await expect(screen).toHaveAttribute('data-attempt', '1')
    expect(front.asked).toHaveLength(1)
  })
}

function fragmentsThroughTheRelay(via: 'direct' | 'relay'): void {
  if (via === 'relay')
    test('the relay tells of a message in fragments on a line that was fast', async ({
      page,
      app,
      front,
    }) => {
      await page.clock.install()
      let server: RfbServer | undefined
      let line: WebSocket | undefined
      let speaking = { busy: false }
      front.manner = greeted((greetedServer, socket) => {
        server = greetedServer
        line = socket
        speaking = answerProbes(greetedServer, socket)
        greetedServer.paint(0x80)
      })
      const screen = await knock(page, app)
      await expect(screen).toHaveAttribute('data-connection', 'open')
      await wait(1_500)
      speaking.busy = true
      const pieces = server?.pieces(0x40, 12) ?? []
      for (const [index, piece] of pieces.entries()) {
        line?.send(piece, { fin: index === pieces.length - 1 })
        for (let half = 0; half < 2; half += 1) {
          await wait(60)
          await page.clock.fastForward(500)
        }
      }

      await expect.poll(() => redAt(screen, 500, 300)).toBe(0x40)
      await expect(screen).toHaveAttribute('data-attempt', '1')
    })
}

/** noVNC itself shows other bytes there (findings/novnc-raw-after-an-image.sh). */
function rawAfterImage(): void {
  test('raw pixels after an image of the same update show what was sent', async ({
    page,
    app,
    front,
  }) => {
    await page.goto('about:blank')
    const jpeg = await jpegOf(page, 64)
    front.manner = greeted((server, socket) => {
      answerProbes(server, socket)
      server.paint(0x80)
      server.paintJpegAndRaw(jpeg, 0x30)
    })
    const screen = await knock(page, app)
    await expect(screen).toHaveAttribute('data-connection', 'open')
    await expect.poll(() => redAt(screen, 96, 32)).toBe(0x30)
  })
}

function brokenImages(): void {
  for (const [what, broken] of [
    [
      'garbage',
      (jpeg: Buffer) =>
        Buffer.concat([Buffer.alloc(jpeg.length, 0x55), Buffer.from([0xff, 0xd9])]),
    ],
    ['cut off', (jpeg: Buffer) => jpeg.subarray(0, jpeg.length / 2)],
    ['of another size', (_jpeg: Buffer, small: Buffer) => small],
  ] as const)
    test(`an image that is ${what} is left out and asked for again, and the picture goes on`, async ({
      page,
      app,
      front,
    }) => {
      await page.goto('about:blank')
      const bad = broken(await jpegOf(page, 64), await jpegOf(page, 32))
      let server: RfbServer | undefined
      const again: Buffer[] = []
      front.manner = greeted((greetedServer, socket) => {
        server = greetedServer
        answerProbes(greetedServer, socket)
        socket.on('message', (message: Buffer) => {
          if (!isProbe(message) || message.readUInt16BE(6) !== 64) return
          again.push(message)
          greetedServer.paint(0x20, 0, 0, 64, 64)
        })
        greetedServer.paint(0x80)
      })
      const screen = await knock(page, app)
      await expect(screen).toHaveAttribute('data-connection', 'open')
      server?.paintJpeg(bad)

      await expect.poll(() => redAt(screen, 32, 32)).toBe(0x20)
      server?.paint(0x60, 100, 100, 64, 64)
      await expect.poll(() => redAt(screen, 132, 132)).toBe(0x60)
      expect(again).toHaveLength(1)
      await expect(screen).toHaveAttribute('data-attempt', '1')
    })
}

function imagesThatStayBroken(): void {
  test('an image that is broken each time ends the attempt, and then the attempts', async ({
    page,
    app,
    front,
  }) => {
    front.manner = greeted((server, socket) => {
      answerProbes(server, socket)
      socket.on('message', (message: Buffer) => {
        if (isProbe(message) && message.readUInt16BE(6) === 64)
          server.paintJpeg(Buffer.alloc(100, 1))
      })
      server.paint(0x80)
      setTimeout(() => server.paintJpeg(Buffer.alloc(100, 1)), 200)
    })
    const screen = await knock(page, app)

    await expect(screen).toHaveAttribute('data-connection', 'closed')
    await expect(page.getByText(/sent an image that this browser can’t draw/)).toBeVisible()
    expect(front.asked).toHaveLength(4)
    await expect.poll(() => front.open).toBe(0)
  })
}

function colorMaps(): void {
  test('a server that sends a color map to viewers that want none ends the attempts with words', async ({
    page,
    app,
    front,
  }) => {
    const colorMap = Buffer.alloc(12)
    colorMap.writeUInt8(1, 0)
    colorMap.writeUInt16BE(1, 4)
    front.manner = greeted((server, socket) => {
      server.paint(0x80)
      socket.send(colorMap)
    })
    const screen = await knock(page, app)

    await expect(screen).toHaveAttribute('data-connection', 'closed')
    await expect(
      page.getByText('The server sent data that isn’t a VNC stream.'),
    ).toBeVisible()
    expect(front.asked).toHaveLength(3)
    await expect.poll(() => front.open).toBe(0)
  })
}

function pictureThatWaits(): void {
  test('a picture that waits for what never comes is shown as stopped, and no key goes to it', async ({
    page,
    app,
    front,
  }) => {
    let server: RfbServer | undefined
    let said: Buffer[] = []
    front.manner = greeted((greetedServer, socket) => {
      server = greetedServer
      said = heardOn(socket)
      answerProbes(greetedServer, socket)
      greetedServer.paint(0x80)
    })
    const screen = await knock(page, app)
    await expect(screen).toHaveAttribute('data-connection', 'open')
    await screen.locator('canvas').click()
    await page.keyboard.press('a')
    await expect.poll(() => keysSaid(said).length).toBe(2)
    await wait(1_000)
    // It says that much more comes, and only the answers to questions do.
    server?.paintJpeg(Buffer.alloc(1_000, 1), 900_000)
    const began = Date.now()

    await expect(page.getByText('Image stopped', { exact: true })).toBeVisible({
      timeout: 5_000,
    })
    await page.keyboard.press('b')
    await expect(page.getByText('Keys and clicks aren’t sent')).toBeVisible()
    await wait(200)
    expect(keysSaid(said)).toHaveLength(2)
    front.manner = { kind: 'carry' }
    await expect(screen).toHaveAttribute('data-attempt', '2', { timeout: 7_000 })
    expect(Date.now() - began).toBeLessThan(10_000)
    await expect(screen).toHaveAttribute('data-connection', 'open')
    expect(await pastOf(page)).toContain('The image stopped following the instance')
  })
}

function nothingToShow(): void {
  test('a screen with nothing to show is connected, takes keys, and is not left', async ({
    page,
    app,
    front,
  }) => {
    let said: Buffer[] = []
    front.manner = greeted((server, socket) => {
      said = heardOn(socket)
      let on = false
      socket.on('message', (message: Buffer) => {
        if (!on && keysSaid([message]).length > 0) server.paint(0x80)
        on ||= keysSaid([message]).length > 0
        if (message[0] === 3) setTimeout(() => server.updateNothing(), 300)
      })
      server.updateNothing()
    })
    const screen = await knock(page, app)
    await expect.poll(() => front.open).toBe(1)

    await expect(page.getByText('Connected, nothing to show yet')).toBeVisible({
      timeout: 5_000,
    })
    await expect(screen).toHaveAttribute('data-connection', 'open')
    await wait(14_000)
    await expect(screen).toHaveAttribute('data-attempt', '1')
    await page.keyboard.press('Shift')
    await expect.poll(() => keysSaid(said).length).toBeGreaterThan(1)
    await expect(page.getByText('Connected, nothing to show yet')).toBeHidden()
    await expect.poll(() => redAt(screen, 300, 300)).toBe(0x80)
    await expect(screen).toHaveAttribute('data-attempt', '1')
  })
}

function onlyChanges(): void {
  test('a server that tells only of changes is not left on a good line', async ({
    page,
    app,
    front,
  }) => {
    front.manner = greeted((server, socket) => {
      server.paint(0x80)
      socket.on('message', (message: Buffer) => {
        if (keysSaid([message])[0]?.down) server.paint(0x60)
      })
    })
    const screen = await knock(page, app)
    await expect(screen).toHaveAttribute('data-connection', 'open')
    await wait(11_000)
    await expect(page.getByText('Connected', { exact: true })).toBeVisible()
    await screen.locator('canvas').click()
    await page.keyboard.press('a')
    await expect.poll(() => redAt(screen, 300, 300)).toBe(0x60)
    await wait(9_000)

    await expect(screen).toHaveAttribute('data-attempt', '1')
    expect(front.asked).toHaveLength(1)
  })
}

test.describe('the weather @firefox', () => {
  eachWay((via) => {
    slowFirstImage()
    imageThatStops()
    fragments()
    fragmentsThroughTheRelay(via)
    rawAfterImage()
    brokenImages()
    imagesThatStayBroken()
    colorMaps()
    pictureThatWaits()
    nothingToShow()
    onlyChanges()
  })
})
