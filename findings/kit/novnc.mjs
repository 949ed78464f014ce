// A page with noVNC in headless Chromium, and a VNC server that does what the path of its address
// says. To be copied next to the installed packages.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'

import { chromium } from 'playwright-core'
import { WebSocketServer } from 'ws'

const novnc = new URL('node_modules/@novnc/novnc', import.meta.url)

/** A screen of 8 × 8 pixels whose name is one letter. */
function start() {
  const message = Buffer.alloc(25)
  message.writeUInt16BE(8, 0)
  message.writeUInt16BE(8, 2)
  message.set([32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 16, 8, 0], 4)
  message.writeUInt32BE(1, 20)
  message[24] = 0x78
  return message
}

/** Runs `look` in the page, with the port; `after` is called when a viewer is connected. */
export async function inPage(look, after = () => {}) {
  const server = createServer((request, response) => {
    if (request.url === '/') {
      response.setHeader('content-type', 'text/html')
      return response.end('<!doctype html><div id="screen"></div>')
    }
    response.setHeader('content-type', 'text/javascript')
    try {
      response.end(readFileSync(novnc.pathname + request.url))
    } catch {
      response.writeHead(404).end()
    }
  })
  new WebSocketServer({ server }).on('connection', (socket, request) => {
    const steps = [Buffer.of(1, 1), Buffer.alloc(4), start()]
    socket.send(Buffer.from('RFB 003.008\n'))
    socket.on('message', () => {
      const step = steps.shift()
      if (!step) return
      socket.send(step)
      if (steps.length === 0) setTimeout(() => after(socket, request.url.slice(1)), 300)
    })
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address()
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ['--no-sandbox'],
  })
  process.stdout.write(`Chromium ${browser.version()}\n`)
  try {
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${port}/`)
    return await page.evaluate(look, port)
  } finally {
    await browser.close()
    server.closeAllConnections()
    server.close()
  }
}
