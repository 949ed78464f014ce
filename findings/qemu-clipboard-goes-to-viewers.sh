#!/usr/bin/env bash
# Software: QEMU 7.2, its VNC server (Debian package qemu-system-x86).
#
# The guess: a server that announces the extended clipboard passes texts on to its guest. If the
# guest can't take them, the announcement is missing, or the text is rejected.
#
# What happens: QEMU announces it for a machine that has no agent, and even no operating system. What
# one viewer copies is offered to the other viewers of that screen instead. One of them can
# fetch the text. The guest can't, and QEMU reports no error.
#
# Why it matters: what a server announces says nothing about its guest, so Vedette never
# offers the clipboard as the only way to send text (src/web/screen/abilities.ts,
# docs/vnc.md#the-clipboard-of-qemu).
set -euo pipefail
source "$(dirname "$0")/kit/qemu.bash"

# Say R and halt: a guest that can't have an agent.
start_guest "$work/guest" 'fa b052 e6e9 f4 ebfd'
qemu-system-x86_64 --version | sed -n 1p

cat >"$work/look.mjs" <<'JS'
import { deflateSync, inflateSync } from 'node:zlib'
const { Viewer, encodings, said, until } = await import(process.argv[2])
const folder = process.argv[3]
if (!(await until(() => said(folder).length > 0))) throw new Error('The guest did not start.')
const text = 1
const [caps, request, notify, provide] = [1 << 24, 1 << 25, 1 << 27, 1 << 28]
const speaks = [encodings.raw, encodings.clipboard]
const one = await Viewer.connect(`${folder}/vnc`, { speaks })
const other = await Viewer.connect(`${folder}/vnc`, { speaks })
/** Whether a viewer gets a message of this kind. Abilities have the other bits set as well. */
const gets = async (viewer, bit) =>
  until(() => viewer.clipboard.find(({ flags }) => flags & bit && (bit === caps || !(flags & caps))), 5000)

const announced = await gets(other, caps)
console.log(`announced to a viewer of a halted machine: ${announced ? 'yes' : 'no'}`)
one.tell(notify | text)
const offered = await gets(other, notify)
console.log(`offered to the other viewer: ${offered ? 'yes' : 'no'}`)
other.tell(request | text)
const asked = await gets(one, request)
const words = Buffer.from('hello from the first viewer\0')
const body = Buffer.alloc(4 + words.length)
body.writeUInt32BE(words.length)
words.copy(body, 4)
if (asked) one.tell(provide | text, deflateSync(body))
const provided = await gets(other, provide)
const got = provided ? inflateSync(provided.data).subarray(4, -1).toString() : ''
console.log(`the other viewer got: ${JSON.stringify(got)}`)
one.close()
other.close()
process.exit(announced && got === 'hello from the first viewer' ? 0 : 1)
JS
node "$work/look.mjs" "$kit/rfb.mjs" "$work/guest"
