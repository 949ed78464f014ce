import { expect, test } from 'vitest'

import StoredDeflator from '../stored-deflator.ts'
import { decodeText, mostBytes } from './clipboard.ts'
import { unpackText } from './unpack.ts'

const bytes = (...values: number[]) => Uint8Array.from(values)
const utf8 = (text: string) => new TextEncoder().encode(text)

/** A format's size and data, packed and without an end, as in a *provide* message. */
function pack(data: Uint8Array, size = data.length): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(4 + data.length)
  new DataView(all.buffer).setUint32(0, size)
  all.set(data, 4)
  const ended = new StoredDeflator().deflate(all)
  const out = ended.slice(0, -4)
  // The mark of the last block, which a flushed stream doesn't have.
  for (let at = 2; at < out.length; at += 5 + 0xffff) out[at] = 0
  return out
}

async function packEnded(data: Uint8Array<ArrayBuffer>, size: number) {
  const head = new Uint8Array(4)
  new DataView(head.buffer).setUint32(0, size)
  const packed = new Blob([head, data])
    .stream()
    .pipeThrough(new CompressionStream('deflate'))
  return new Uint8Array(await new Response(packed).arrayBuffer())
}

test.each([
  ['UTF-8', utf8('Grüße 漢'), 'Grüße 漢'],
  ['Latin-1', bytes(0x47, 0x72, 0xfc, 0xdf, 0x65), 'Grüße'],
  ['Latin-1 that begins like UTF-8', bytes(0xc3, 0x41), 'ÃA'],
  ['cut UTF-8', bytes(0xe6, 0xbc), 'æ¼'],
  ['ends of lines and of the text', utf8('a\r\nb\0'), 'a\nb'],
  ['nothing', bytes(), ''],
])('%s is read', (_name, received, text) => {
  expect(decodeText(received)).toBe(text)
})

test.each([
  ['a text', pack(utf8('Grüße')), { kind: 'text', text: 'Grüße' }],
  ['Latin-1', pack(bytes(0xfc)), { kind: 'text', text: 'ü' }],
  [
    'a long text',
    pack(utf8('ab'.repeat(200_000))),
    { kind: 'text', text: 'ab'.repeat(200_000) },
  ],
  ['an empty text', pack(bytes()), { kind: 'text', text: '' }],
  ['a size that is only claimed', pack(utf8('a'), 0xffffffff), { kind: 'too-long' }],
  ['a size beyond the text', pack(utf8('a'), 100), { kind: 'unreadable' }],
  ['a text over the limit', pack(new Uint8Array(mostBytes + 1)), { kind: 'too-long' }],
  ['what is not packed', utf8('not a zlib stream'), { kind: 'unreadable' }],
  ['nothing', bytes(), { kind: 'unreadable' }],
  ['half a size', pack(bytes()).slice(0, -2), { kind: 'unreadable' }],
])('%s is unpacked or said to be unreadable', async (_name, packed, copied) => {
  expect(await unpackText(packed)).toEqual(copied)
})

test('an ended stream is read, and one that unpacks to much more than its size is given up', async () => {
  const ended = await packEnded(utf8('a'), 1)
  expect(await unpackText(ended)).toEqual({ kind: 'text', text: 'a' })
  const bomb = await packEnded(new Uint8Array(64 * 1024 * 1024).fill(0x61), 1_024)
  expect(bomb.length).toBeLessThan(100_000)
  expect(await unpackText(bomb)).toEqual({ kind: 'text', text: 'a'.repeat(1_024) })
})
