#!/usr/bin/env bash
# Software: QEMU 7.2, its VNC server (Debian package qemu-system-x86).
#
# The guess: a viewer that connects exclusively disconnects the others, once. QEMU accepts later
# viewers that share the screen.
#
# What happens: as long as the exclusive viewer is connected, QEMU closes each viewer that wants to
# share, right after the handshake and without a reason. It accepts a second *exclusive* viewer and
# disconnects the first one. So a viewer that shares is rejected, and one that doesn't is accepted.
#
# Why it matters: one viewer that connects exclusively, from any program, would make Vedette's
# screens fail in a way that looks like a lost connection. Vedette always connects shared
# (src/web/screen/attempt.ts, docs/vnc.md#shared-connections).
set -euo pipefail
source "$(dirname "$0")/kit/qemu.bash"

# Say R and halt.
start_guest "$work/guest" 'fa b052 e6e9 f4 ebfd'
qemu-system-x86_64 --version | sed -n 1p

cat >"$work/look.mjs" <<'JS'
const { Viewer, said, until, wait } = await import(process.argv[2])
const folder = process.argv[3]
if (!(await until(() => said(folder).length > 0))) throw new Error('The guest did not start.')
const join = async (shared) => {
  const viewer = await Viewer.connect(`${folder}/vnc`, { shared })
  await wait(500)
  return viewer
}
const word = (viewer) => (viewer.open ? 'connected' : 'disconnected')
const first = await join(false)
const shared = await join(true)
console.log(`exclusive viewer: ${word(first)}; then a shared one: ${word(shared)}`)
const rejected = first.open && !shared.open
const second = await join(false)
console.log(`then a second exclusive one: ${word(second)}; the first: ${word(first)}`)
const replaced = second.open && !first.open
second.close()
await wait(500)
const last = await join(true)
console.log(`after all exclusive ones have left, a shared one: ${word(last)}`)
last.close()
process.exit(rejected && replaced && last.open ? 0 : 1)
JS
node "$work/look.mjs" "$kit/rfb.mjs" "$work/guest"
