#!/usr/bin/env bash
# Software: QEMU 7.2 and its VNC server (Debian package qemu-system-x86).
#
# The guess: when a viewer leaves, the server releases the keys and mouse buttons that this viewer held down, and
# nothing that others hold.
#
# What happens: QEMU releases the keys of all viewers, and no buttons. A viewer that never pressed a key leaves, and
# the Shift that another one holds is up in the guest, without a message to that one. A button that was down when
# its viewer left stays down. The next viewer moves the pointer without a button, and the guest sees dragging, because QEMU
# compares the buttons of each viewer only with those that it sent before. So a viewer can only release this
# button if it presses it first.
#
# Why it matters: Vedette presses modifiers that are held again before the next key (src/web/screen/key-watch.ts), and
# after a lost connection presses and releases the buttons that were down (src/web/screen/input.ts,
# docs/vnc.md#what-viewers-share).
set -euo pipefail
source "$(dirname "$0")/kit/qemu.bash"

# In real mode, without interrupts: say R; turn the mouse and its reports on; then copy each byte to the debug
# port, after a K if it is the keyboard's and an M if it is the mouse's.
code='fa b052 e6e9 b0a8 e664 e82300 b0d4 e664 e81c00 b0f4 e660 e464 a801 74fa b44b a820 7402 b44d'
start_guest "$work/guest" "$code 88e0 e6e9 e460 e6e9 ebe8 e464 a802 75fa c3"
qemu-system-x86_64 --version | sed -n 1p

cat >"$work/look.mjs" <<'JS'
const { Viewer, encodings, said, until, wait } = await import(process.argv[2])
const folder = process.argv[3]
const speaks = [encodings.raw, encodings.lights]
const [shift, x] = [0xffe1, 0x78]
// The R, and the mouse's answer to the command.
if (!(await until(() => said(folder).length >= 3))) throw new Error('The guest did not start.')
await wait(500)

/** What the guest heard since: the keyboard's bytes as hex, the mouse's packets as buttons and movement. */
function heardSince(from) {
  const bytes = said(folder).subarray(from)
  const of = (name) =>
    [...bytes.filter((_, index) => index % 2 === 1 && bytes[index - 1] === name.charCodeAt(0))]
  const mouse = of('M')
  const packets = Array.from({ length: Math.floor(mouse.length / 3) }, (_, index) => ({
    button: (mouse[3 * index] & 1) === 1,
    moved: mouse[3 * index + 1] !== 0,
  }))
  return { keys: of('K').map((byte) => byte.toString(16)).join(' '), packets }
}
async function step(name, act) {
  const from = said(folder).length
  act()
  await wait(1000)
  const heard = heardSince(from)
  const mouse = heard.packets.map(({ button, moved }) => `${moved ? 'moved, ' : ''}button ${button ? 'down' : 'up'}`)
  console.log(`${name.padEnd(34)} ${[heard.keys, ...mouse].filter(Boolean).join('; ') || '-'}`)
  return heard
}
const connect = () => Viewer.connect(`${folder}/vnc`, { speaks })

const [first, second] = [await connect(), await connect()]
const pressed = await step('the first presses Shift', () => first.key(shift, true))
const button = await step('… and the button', () => first.point(10, 10, 1))
const left = await step('the second leaves', () => second.close())
const typed = await step('the first types X', () => {
  first.key(x, true)
  first.key(x, false)
})
const lost = await step('the first leaves', () => first.close())
const third = await connect()
await step('a third viewer says where it is', () => third.point(20, 20, 0))
const moved = await step('… and moves', () => third.point(25, 20, 0))
const freed = await step('… presses and releases', () => {
  third.point(25, 20, 1)
  third.point(25, 20, 0)
})
third.close()
const right =
  pressed.keys === '2a' && button.packets.at(-1)?.button && left.keys === 'aa' && typed.keys === '2d ad' &&
  lost.packets.length === 0 && moved.packets.at(-1)?.moved && moved.packets.at(-1)?.button &&
  freed.packets.at(-1)?.button === false
process.exit(right ? 0 : 1)
JS
node "$work/look.mjs" "$kit/rfb.mjs" "$work/guest"
