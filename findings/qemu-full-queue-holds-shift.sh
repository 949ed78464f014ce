#!/usr/bin/env bash
# Software: QEMU 7.2, its VNC server and key queue (Debian package qemu-system-x86).
#
# The guess: VNC runs over TCP, so a server that is slower than its viewer slows the viewer down.
# At worst the end of a long text is missing.
#
# What happens: QEMU reads everything at once, keeps about 340 key events, and drops the others
# without reporting it. It drops events, not keys: a release can be dropped although its press
# arrived. Shift then stays down in the guest, also for the next viewer, until someone presses
# Shift again.
#
# Why it matters: Vedette never has more events on the way than fit, and waits for an acknowledgment
# before it sends more (src/web/console/typist/pace.ts, docs/vnc.md#the-key-queue).
set -euo pipefail
source "$(dirname "$0")/kit/qemu.bash"

# In real mode, without interrupts: say R; then copy each byte of the keyboard to the debug port.
start_guest "$work/guest" 'fa b052 e6e9 e464 a801 74fa e460 e6e9 ebf4'
qemu-system-x86_64 --version | sed -n 1p

cat >"$work/look.mjs" <<'JS'
const { Viewer, encodings, said, until, wait } = await import(process.argv[2])
const folder = process.argv[3]
const speaks = [encodings.raw, encodings.lights]
if (!(await until(() => said(folder).length > 0))) throw new Error('The guest did not start.')
const count = (bytes, byte) => bytes.filter((one) => one === byte).length

const from = said(folder).length
const viewer = await Viewer.connect(`${folder}/vnc`, { speaks })
const send = (keysym, down) => viewer.key(keysym, down)
const keys = 300
send(0xffe1, true)
for (let index = 0; index < keys; index += 1) {
  send(0x41, true)
  send(0x41, false)
}
send(0xffe1, false)
// 10 ms for each event that was kept, and then nothing for two seconds.
for (let before = -1; before !== said(folder).length; await wait(2000))
  before = said(folder).length
viewer.close()
await wait(500)
const heard = said(folder).subarray(from)
const [presses, releases] = [count(heard, 0x2a), count(heard, 0xaa)]
console.log(`sent: ${keys} capital letters, ${2 * keys + 2} events; arrived: ${heard.length} events`)
console.log(`Shift was pressed ${presses} time(s) and released ${releases} times`)

const next = said(folder).length
const other = await Viewer.connect(`${folder}/vnc`, { speaks })
other.key(0x62, true)
other.key(0x62, false)
await wait(1000)
other.close()
const then = said(folder).subarray(next)
console.log(`the next viewer types b: ${count(then, 0x30)} key, Shift released ${count(then, 0xaa)} times`)
const right =
  heard.length > 250 && heard.length < 450 && presses === 1 && releases === 0 &&
  count(then, 0x30) === 1 && count(then, 0xaa) === 0
process.exit(right ? 0 : 1)
JS
node "$work/look.mjs" "$kit/rfb.mjs" "$work/guest"
