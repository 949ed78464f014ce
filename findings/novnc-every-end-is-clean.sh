#!/usr/bin/env bash
# Software: noVNC 1.7.0 in Chromium.
#
# The guess: the event `disconnect` says `clean: false` when the connection was lost, as the
# browser's own `close` event says `wasClean: false`.
#
# What happens: once the screen is connected, `clean` is true for everything that ends the
# websocket: a close with an error code, a cut connection, even one that is cut in the middle of a
# rectangle. It is false only if noVNC itself couldn't read a message.
#
# Why it matters: code that reconnects only after an unclean end never reconnects. Vedette looks at the
# socket's close code instead (src/web/screen/channel.ts, docs/vnc.md#the-disconnect-event).
set -euo pipefail
source "$(dirname "$0")/kit/work.bash"
need chromium chromium
packages @novnc/novnc@1.7.0 playwright-core@1.65.1 ws@8.23.0
cp "$kit/novnc.mjs" "$work"

cat >"$work/look.mjs" <<'JS'
import { inPage } from './novnc.mjs'

const ends = {
  error: (socket) => socket.close(1011, 'broken'),
  cut: (socket) => socket.terminate(),
  half: (socket) => {
    // The head of an update with one rectangle, and no rectangle.
    socket.send(Buffer.of(0, 0, 0, 1, 0, 0))
    setTimeout(() => socket.terminate(), 200)
  },
  unknown: (socket) => socket.send(Buffer.of(77)),
}
const seen = await inPage(
  async (port) => {
    const { default: RFB } = await import('/core/rfb.js')
    const result = {}
    for (const name of ['error', 'cut', 'half', 'unknown']) {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/${name}`)
      const closed = new Promise((resolve) => socket.addEventListener('close', resolve))
      const viewer = new RFB(document.querySelector('#screen'), socket)
      let connected = false
      viewer.addEventListener('connect', () => (connected = true))
      const { detail } = await new Promise((resolve) =>
        viewer.addEventListener('disconnect', resolve),
      )
      const { code, wasClean } = await closed
      result[name] = { connected, code, wasClean, clean: detail.clean }
    }
    return result
  },
  (socket, name) => ends[name](socket),
)
for (const [name, end] of Object.entries(seen))
  console.log(`${name}: socket ${end.code}, wasClean ${end.wasClean}; noVNC clean ${end.clean}`)
const all = Object.values(seen)
const right =
  all.every(({ connected }) => connected) &&
  seen.error.clean && seen.cut.clean && seen.half.clean && !seen.unknown.clean &&
  !seen.cut.wasClean && !seen.half.wasClean
process.exit(right ? 0 : 1)
JS
CHROMIUM=$(command -v chromium) node "$work/look.mjs"
