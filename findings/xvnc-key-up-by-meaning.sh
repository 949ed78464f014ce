#!/usr/bin/env bash
# Software: TigerVNC's Xvnc 1.12 and QEMU 7.2 (Debian packages tigervnc-standalone-server, x11-utils
# and qemu-system-x86).
#
# The guess: a server releases a key when a viewer says that it is up. The meanings of one key, such
# as `a` and `A`, are the same key to a server.
#
# What happens: someone presses Shift and then A, releases Shift first, and then A, which now means
# `a`. QEMU looks for the position and releases the key. Xvnc remembers the meaning of the press: it
# ignores the `a`, and the key stays down until a viewer releases `A`. Both servers get the same
# messages, and on one of them a key is stuck.
#
# Why it matters: a viewer must release a key with the keysym that it sent for the press, not with
# the one that the key has now. Vedette keeps it with the key's code (src/web/screen/wire-keys.ts).
set -euo pipefail
source "$(dirname "$0")/kit/qemu.bash"
need Xvnc tigervnc-standalone-server
need xev x11-utils

# In real mode, without interrupts: say R; then copy each byte of the keyboard to the debug port.
start_guest "$work/guest" 'fa b052 e6e9 e464 a801 74fa e460 e6e9 ebf4'
Xvnc -displayfd 5 -nolisten tcp -geometry 200x200 -depth 24 -SecurityTypes None -rfbport -1 \
  -rfbunixpath "$work/vnc" 5>"$work/display" >"$work/errors" 2>&1 &
started+=($!)
for _ in $(seq 100); do
  [ -s "$work/display" ] && break
  sleep 0.1
done
DISPLAY=":$(cat "$work/display")" stdbuf -oL \
  xev -geometry 200x200+0+0 -event keyboard >"$work/events" 2>&1 &
# It has to end before its display.
started=($! "${started[@]}")
qemu-system-x86_64 --version | sed -n 1p
Xvnc -version 2>&1 | grep -o 'Xvnc TigerVNC [0-9.]*'

cat >"$work/look.mjs" <<'JS'
import { readFileSync } from 'node:fs'
const { Viewer, encodings, said, until, wait } = await import(process.argv[2])
const folder = process.argv[3]
const [shift, upper, lower] = [0xffe1, 0x41, 0x61]
// With the encoding for lights, neither server presses CapsLock (qemu-presses-capslock.sh).
const speaks = [encodings.raw, encodings.lights]
await until(() => said(`${folder}/guest`).length > 0)
const events = () => readFileSync(`${folder}/events`, 'utf8')
await until(() => events().length > 0, 5000)
await wait(1000)

/** Whether the key A is down in QEMU's guest. */
const inGuest = () => {
  const bytes = said(`${folder}/guest`)
  return bytes.lastIndexOf(0x1e) > bytes.lastIndexOf(0x9e)
}
/** Whether it is down for the program on Xvnc: its last event, by the key's code 38. */
const inX = () => /KeyPress/.test(events().split('\n\n').findLast((text) => /keycode 38 /.test(text)) ?? '')

async function held(path, isDown) {
  const viewer = await Viewer.connect(path, { speaks })
  await wait(500)
  const seen = []
  const send = async (keysym, down) => {
    viewer.key(keysym, down)
    await wait(300)
    seen.push(isDown())
  }
  await send(shift, true)
  await send(upper, true)
  await send(shift, false)
  await send(lower, false)
  await send(upper, false)
  viewer.close()
  return seen.slice(1)
}

const qemu = await held(`${folder}/guest/vnc`, inGuest)
const xvnc = await held(`${folder}/vnc`, inX)
console.log('             A down  Shift up  a up  A up')
const row = (name, seen) => console.log(name, ...seen.map((down) => (down ? 'down' : 'up').padStart(7)))
row('QEMU ', qemu)
row('Xvnc ', xvnc)
const right = String(qemu) === 'true,true,false,false' && String(xvnc) === 'true,true,true,false'
process.exit(right ? 0 : 1)
JS
node "$work/look.mjs" "$kit/rfb.mjs" "$work"
