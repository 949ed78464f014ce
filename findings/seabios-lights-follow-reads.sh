#!/usr/bin/env bash
# Software: SeaBIOS 1.16 in QEMU 7.2 (Debian packages seabios and qemu-system-x86).
#
# The guess: the BIOS handles NumLock and its light together, in the interrupt of the keyboard.
#
# What happens: the interrupt only changes the flags in memory. The light changes when a program
# next asks the BIOS for a key (int 16h), even if it only asks whether there is one. A program
# that halts, or computes, leaves the lights as they are, although the BIOS has counted each
# press.
#
# Why it matters: a changed light is therefore an acknowledgment from the program, not from the
# firmware below it. Vedette's typist depends on that: it sends the next keys when the light has
# changed (src/web/console/typist/locks.ts, docs/vnc.md#keyboard-lights).
set -euo pipefail
source "$(dirname "$0")/kit/qemu.bash"

# Both say R, then, at each interrupt, the BIOS's flags of the keyboard (byte 0x417 of memory).
# The second asks for a key before it: mov $1,%ah; int $0x16.
start_guest "$work/halted" 'fb b84000 8ed8 b052 e6e9 f4 a01700 e6e9 ebf8'
start_guest "$work/asking" 'fb b84000 8ed8 b052 e6e9 b401 cd16 a01700 e6e9 f4 ebf4'
qemu-system-x86_64 --version | sed -n 1p

cat >"$work/look.mjs" <<'JS'
const { Viewer, encodings, said, until, wait } = await import(process.argv[2])
const speaks = [encodings.raw, encodings.positions, encodings.lights]

/** The flag and the light of NumLock after it was pressed once. */
async function pressed(folder) {
  if (!(await until(() => said(folder).length > 2))) throw new Error('A guest did not start.')
  const viewer = await Viewer.connect(`${folder}/vnc`, { speaks })
  await wait(500)
  viewer.position(0xff7f, 0x45, true)
  viewer.position(0xff7f, 0x45, false)
  await wait(2000)
  viewer.close()
  return [(said(folder).at(-1) & 0x20) > 0, (viewer.lights.at(-1) & 2) > 0]
}

const word = (on) => (on ? 'on' : 'off')
const halted = await pressed(`${process.argv[3]}/halted`)
const asking = await pressed(`${process.argv[3]}/asking`)
console.log(`a program that halts:           flag ${word(halted[0])}, light ${word(halted[1])}`)
console.log(`a program that asks for keys:   flag ${word(asking[0])}, light ${word(asking[1])}`)
process.exit(String([halted, asking]) === 'true,false,true,true' ? 0 : 1)
JS
node "$work/look.mjs" "$kit/rfb.mjs" "$work"
