#!/usr/bin/env bash
# Software: Chromium (Debian package chromium), ws 8.23.0 as the server.
#
# The guess: the more websockets a page opens at once, the sooner all of them are open. One that can't be opened
# concerns only its own server.
#
# What happens: Chromium counts the websockets of a page that are being opened, and those that failed lately. From about the
# fourteenth on, it waits before it begins to open the next one, for up to 5 seconds, and the page isn't told. 32
# websockets to a server on the same machine take almost 5 seconds if they are opened at once, and less than one if four
# are opened at a time. After 20 that failed, the next one waits for 1 to 5 seconds, although it goes to another server, which
# works. Once it is open, those after it don't wait.
#
# Why it matters: the wall opens four websockets at a time (src/web/screen/glance/frame-queue.ts), and tries a screen that
# it can't reach less and less often (src/web/screen/glance/screen-watch.ts). Otherwise a zone whose screens can't be
# reached would delay those of the others.
set -euo pipefail
source "$(dirname "$0")/kit/work.bash"
need chromium chromium
packages playwright-core@1.65.1 ws@8.23.0

cat >"$work/look.mjs" <<'JS'
import { once } from 'node:events'
import { createServer } from 'node:http'

import { chromium } from 'playwright-core'
import { WebSocketServer } from 'ws'

async function listening(server) {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return server.address().port
}
const server = createServer((_, response) => {
  response.setHeader('content-type', 'text/html')
  response.end('<!doctype html>')
})
new WebSocketServer({ server })
const works = await listening(server)
// A port at which nothing listens.
const none = createServer()
const fails = await listening(none)
await new Promise((resolve) => none.close(resolve))

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ['--no-sandbox'],
})
console.log(`Chromium ${browser.version()}`)

/** Runs `look` in a new page whose process has opened no websocket yet. */
async function inPage(look, ...given) {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(`http://127.0.0.1:${works}/`)
  await page.evaluate(() => {
    globalThis.ended = (port) =>
      new Promise((resolve) => {
        const socket = new WebSocket(`ws://127.0.0.1:${port}/`)
        socket.onopen = () => socket.close()
        socket.onclose = resolve
      })
    globalThis.took = async (work) => {
      const from = performance.now()
      await work()
      return Math.round(performance.now() - from)
    }
  })
  const result = await page.evaluate(look, given)
  await context.close()
  return result
}

/** How many ms 32 websockets take, so many at a time. */
const opened = (atOnce) =>
  inPage(([port, atOnce]) => {
    let left = 32
    const some = async () => {
      while (left-- > 0) await ended(port)
    }
    return took(() => Promise.all(Array.from({ length: atOnce }, some)))
  }, works, atOnce)

await opened(4) // warms up
const four = Math.min(await opened(4), await opened(4))
const all = await opened(32)
console.log(`32 websockets, four at a time: ${four} ms; all at once: ${all} ms`)

const [before, after, then] = await inPage(async ([works, fails, failures]) => {
  const empty = await took(() => ended(fails))
  await Promise.all(Array.from({ length: failures - 1 }, () => ended(fails)))
  return [empty, await took(() => ended(works)), await took(() => ended(works))]
}, works, fails, 20)
console.log(`the first that fails took ${before} ms; after 20 of them, one to another server ${after} ms,`)
console.log(`the one after that ${then} ms`)
await browser.close()
server.closeAllConnections()
server.close()
process.exit(all > 2500 && all > four + 1000 && after > 900 && after > then + 500 ? 0 : 1)
JS
CHROMIUM=$(command -v chromium) node "$work/look.mjs"
