#!/usr/bin/env bash
# Software: noVNC 1.7.0 in Chromium.
#
# The guess: rectangles of one update are painted with their own pixels, whatever encodings they have.
#
# What happens: raw pixels that follow a PNG or JPEG in the same update have to wait until it is decoded.
# noVNC copies them for that from the beginning of its receive buffer instead of from their place in it, so the
# rectangle shows other bytes of the update. The same rectangle alone is right.
#
# Why it matters: a server may mix encodings, and then parts of the screen are wrong until they change
# again. Vedette gives noVNC a decoder of its own (src/web/screen/painting/raw-decoder.ts).
set -euo pipefail
source "$(dirname "$0")/kit/work.bash"
need chromium chromium
packages @novnc/novnc@1.7.0 playwright-core@1.65.1 ws@8.23.0
cp "$kit/novnc.mjs" "$work"

cat >"$work/look.mjs" <<'JS'
import { crc32, deflateSync } from 'node:zlib'

import { inPage } from './novnc.mjs'

const color = [10, 200, 30]

function head(x, y, encoding) {
  const bytes = Buffer.alloc(12)
  for (const [index, value] of [x, y, 4, 4].entries()) bytes.writeUInt16BE(value, 2 * index)
  bytes.writeInt32BE(encoding, 8)
  return bytes
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

/** A PNG of 4 × 4 white pixels. */
function png() {
  const size = Buffer.from([0, 0, 0, 4, 0, 0, 0, 4, 8, 2, 0, 0, 0])
  const line = Buffer.concat([Buffer.of(0), Buffer.alloc(12, 255)])
  const lines = deflateSync(Buffer.concat([line, line, line, line]))
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]),
    chunk('IHDR', size),
    chunk('IDAT', lines),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const pixels = Buffer.concat(Array.from({ length: 16 }, () => Buffer.from([...color, 0])))
const raw = Buffer.concat([head(4, 4, 0), pixels])
const image = png()
// TightPNG: its kind, the length in one or two bytes, the file.
const length =
  image.length < 128 ? [image.length] : [(image.length & 127) | 128, image.length >> 7]
const tight = Buffer.concat([head(0, 0, -260), Buffer.from([0xa0, ...length]), image])
const update = (...rectangles) =>
  Buffer.concat([Buffer.from([0, 0, 0, rectangles.length]), ...rectangles])
const updates = { alone: update(raw), after: update(tight, raw) }

const seen = await inPage(
  async (port) => {
    const { default: RFB } = await import('/core/rfb.js')
    const result = {}
    for (const name of ['alone', 'after']) {
      const place = document.createElement('div')
      document.body.append(place)
      const viewer = new RFB(place, `ws://127.0.0.1:${port}/${name}`)
      await new Promise((resolve) => viewer.addEventListener('connect', resolve))
      await new Promise((resolve) => setTimeout(resolve, 1_500))
      const context = place.querySelector('canvas').getContext('2d')
      result[name] = {
        image: [...context.getImageData(1, 1, 1, 1).data.subarray(0, 3)],
        raw: [...context.getImageData(5, 5, 1, 1).data.subarray(0, 3)],
      }
      viewer.disconnect()
    }
    return result
  },
  (socket, name) => socket.send(updates[name]),
)
console.log(`sent: raw pixels ${color}`)
console.log(`alone: raw ${seen.alone.raw}`)
console.log(`after a PNG: PNG ${seen.after.image}, raw ${seen.after.raw}`)
const isRight = String(seen.alone.raw) === String(color)
const isWhite = String(seen.after.image) === '255,255,255'
process.exit(isRight && isWhite && String(seen.after.raw) !== String(color) ? 0 : 1)
JS
CHROMIUM=$(command -v chromium) node "$work/look.mjs"
