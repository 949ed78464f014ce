#!/usr/bin/env bash
# Software: QEMU 7.2, its VNC server (Debian package qemu-system-x86).
#
# The guess: a VNC server passes on the keys it is sent, and the list of encodings that a viewer
# supports decides how images look, never what is typed.
#
# What happens: if a letter's case doesn't match Shift, QEMU first presses and releases CapsLock,
# which the viewer didn't send. It does so for keys with a position too, and only for viewers that don't
# list the encoding for keyboard lights. With that encoding, the same messages type an `a`
# instead of an `A`. So either the guest's CapsLock stays on, or the case is wrong; only a
# real Shift is right for both.
#
# Why it matters: Vedette types by positions with real modifiers, and watches the lights
# (src/web/console/typist, docs/vnc.md#key-events). Without the encoding for lights, each
# such letter would also toggle a lock without Vedette's knowledge.
set -euo pipefail
source "$(dirname "$0")/kit/qemu.bash"

# In real mode, without interrupts: say R; then copy each byte of the keyboard to the debug port.
start_guest "$work/guest" 'fa b052 e6e9 e464 a801 74fa e460 e6e9 ebf4'
qemu-system-x86_64 --version | sed -n 1p

cat >"$work/look.mjs" <<'JS'
const { Viewer, encodings, said, until, wait } = await import(process.argv[2])
const folder = process.argv[3]
if (!(await until(() => said(folder).length > 0))) throw new Error('The guest did not start.')

/** What the keyboard did when both letters were typed, once by meaning and once by position. */
async function heard(speaks) {
  const viewer = await Viewer.connect(`${folder}/vnc`, { speaks })
  const from = said(folder).length
  for (const letter of [0x41, 0x61]) {
    viewer.key(letter, true)
    viewer.key(letter, false)
  }
  viewer.position(0x41, 0x1e, true)
  viewer.position(0x41, 0x1e, false)
  viewer.position(0x61, 0x1e, true)
  viewer.position(0x61, 0x1e, false)
  await wait(1500)
  viewer.close()
  const names = { '1e': 'a', '9e': '', '3a': 'CapsLock', ba: '' }
  const bytes = [...said(folder).subarray(from)].map((byte) => byte.toString(16))
  return bytes.map((byte) => names[byte] ?? byte).filter(Boolean).join(' ')
}

const withLights = await heard([encodings.raw, encodings.positions, encodings.lights])
const without = await heard([encodings.raw, encodings.positions])
console.log('sent to both:      A a, by keysym; A a, by position; never Shift or CapsLock')
console.log(`with lights:       ${withLights}`)
console.log(`without lights:    ${without}`)
const expected = Array(4).fill('CapsLock a').join(' ')
process.exit(withLights === 'a a a a' && without === expected ? 0 : 1)
JS
node "$work/look.mjs" "$kit/rfb.mjs" "$work/guest"
