#!/usr/bin/env bash
# Software: QEMU 7.2, its VNC server and PS/2 keyboard (Debian package qemu-system-x86).
#
# The guess: keys that a viewer sends to a paused machine either wait for it or are lost.
#
# What happens depends on something no viewer can see. If the key queue is empty when the machine
# is paused, every key is dropped. If a single key is still in it, all keys are kept. But they
# are kept without the usual pause of 10 ms after each, so `cont` passes all of them on in one
# moment, and the keyboard behind the queue has room for 16 bytes: the rest is dropped there.
#
# Why it matters: instances are paused for snapshots and moves. A program that types can't tell from
# the time alone whether its keys arrived, arrived in part, or will arrive late. So the
# typist waits for the keyboard's lights (src/web/console/typist), and its runs fit into 16 bytes.
set -euo pipefail
source "$(dirname "$0")/kit/qemu.bash"

# In real mode, without interrupts: say R; then copy each byte of the keyboard to the debug port.
start_guest "$work/guest" 'fa b052 e6e9 e464 a801 74fa e460 e6e9 ebf4'
qemu-system-x86_64 --version | sed -n 1p

cat >"$work/look.mjs" <<'JS'
const { Viewer, Qmp, said, until, wait } = await import(process.argv[2])
const folder = process.argv[3]
const a = 0x61
const pressed = 0x1e
const qmp = await Qmp.connect(`${folder}/qmp`)
if (!(await until(() => said(folder).length > 0))) throw new Error('The guest did not start.')
const viewer = await Viewer.connect(`${folder}/vnc`)
const type = (count) => {
  for (let index = 0; index < count; index += 1) {
    viewer.key(a, true)
    viewer.key(a, false)
  }
}
const heard = (from) => said(folder).subarray(from).filter((byte) => byte === pressed).length

let from = said(folder).length
type(2)
await until(() => heard(from) === 2)
await wait(500)
from = said(folder).length
await qmp.run('stop')
type(20)
await wait(500)
await qmp.run('cont')
await wait(1500)
const empty = heard(from)
console.log(`the queue was empty: ${empty} of 20 keys arrived after the pause`)

from = said(folder).length
type(15)
await until(() => heard(from) >= 2)
await qmp.run('stop')
const before = heard(from)
type(20)
await wait(500)
await qmp.run('cont')
await wait(2000)
const after = heard(from)
console.log(`the queue was not empty: ${before} of 15 keys before the pause, ${after} of 35 in all`)
viewer.close()
qmp.close()
// The 15 arrive. Of the 40 bytes that came during the pause, 16 are 8 keys pressed and released.
const kept = after - 15
console.log(`so ${kept} of the 20 keys sent during the pause arrived`)
process.exit(empty === 0 && before < 15 && kept > 0 && kept < 12 ? 0 : 1)
JS
node "$work/look.mjs" "$kit/rfb.mjs" "$work/guest"
