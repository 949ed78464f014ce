#!/usr/bin/env bash
# Software: noVNC 1.7.0 in Chromium.
#
# The guess: where noVNC accepts a WebSocket it accepts an object of a subclass, which is one.
# A plain object with a few members is more of a risk.
#
# What happens: the opposite. noVNC looks for `send`, `close` and the others among the object's own
# members and those of its direct prototype. A subclass has them one level higher, so it is
# rejected as incomplete, although `instanceof WebSocket` is true and every member works. A plain
# object that passes everything on is accepted and connects.
#
# Why it matters: Vedette needs the close code and counts bytes, so it wraps the socket. Its
# class has all members itself and extends nothing (src/web/screen/channel.ts,
# docs/vnc.md#our-own-channel).
set -euo pipefail
source "$(dirname "$0")/kit/work.bash"
need chromium chromium
packages @novnc/novnc@1.7.0 playwright-core@1.65.1 ws@8.23.0
cp "$kit/novnc.mjs" "$work"

cat >"$work/look.mjs" <<'JS'
import { inPage } from './novnc.mjs'

const seen = await inPage(async (port) => {
  const { default: RFB } = await import('/core/rfb.js')
  const screen = document.querySelector('#screen')
  const address = `ws://127.0.0.1:${port}/`
  const connects = (channel) =>
    new Promise((resolve) => {
      try {
        const viewer = new RFB(screen, channel)
        viewer.addEventListener('connect', () => resolve('connected'))
        viewer.addEventListener('disconnect', () => resolve('disconnected'))
      } catch (error) {
        resolve(error.message)
      }
    })

  class Counting extends WebSocket {}
  const subclass = new Counting(address)
  const complete =
    subclass instanceof WebSocket &&
    ['send', 'close', 'readyState', 'protocol', 'binaryType', 'onmessage'].every(
      (name) => name in subclass,
    )

  const socket = new WebSocket(address)
  const plain = { binaryType: 'arraybuffer', protocol: '', readyState: 0 }
  Object.assign(plain, { onopen: null, onmessage: null, onclose: null, onerror: null })
  plain.send = (data) => socket.send(data)
  plain.close = () => socket.close()
  socket.binaryType = 'arraybuffer'
  for (const name of ['open', 'message', 'close', 'error'])
    socket.addEventListener(name, (event) => {
      plain.readyState = socket.readyState
      plain[`on${name}`]?.(event)
    })
  return { complete, plain: await connects(plain), subclass: await connects(subclass) }
})
console.log(`a subclass with all members (${seen.complete}): ${seen.subclass}`)
console.log(`a plain object: ${seen.plain}`)
const right =
  seen.complete && /missing property/.test(seen.subclass) && seen.plain === 'connected'
process.exit(right ? 0 : 1)
JS
CHROMIUM=$(command -v chromium) node "$work/look.mjs"
