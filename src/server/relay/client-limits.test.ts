import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

import { describe, expect, test } from 'vitest'

import { ClientLimits, UnreadableViewer, type Limits } from './client-limits.ts'

const hello = Buffer.concat([Buffer.from('RFB 003.008\n'), Buffer.of(1, 1)])
const key = Buffer.of(4, 1, 0, 0, 0, 0, 0, 0x61)
const qemuKey = Buffer.of(255, 0, 0, 1, 0, 0, 0, 0x61, 0, 0, 0, 0x1e)
const pointer = Buffer.of(5, 1, 0, 10, 0, 10)
const restart = Buffer.of(250, 0, 1, 3)
const size = Buffer.concat([Buffer.of(251, 0, 4, 0, 3, 0, 1, 0), Buffer.alloc(16)])
const update = Buffer.of(3, 0, 0, 0, 0, 0, 4, 0, 3, 0)
const format = Buffer.concat([Buffer.of(0, 0, 0, 0, 32, 24), Buffer.alloc(14)])
const fence = Buffer.of(248, 0, 0, 0, 0x80, 0, 0, 1, 2, 7, 7)
const continuous = Buffer.of(150, 1, 0, 0, 0, 0, 4, 0, 3, 0)
const sound = Buffer.of(255, 1, 0, 0)

const text = (bytes: Buffer, isExtended = false) => {
  const head = Buffer.alloc(8)
  head[0] = 6
  head.writeInt32BE(isExtended ? -bytes.length : bytes.length, 4)
  return Buffer.concat([head, bytes])
}
const flags = (value: number, more = 0) => {
  const bytes = Buffer.alloc(4 + more)
  bytes.writeUInt32BE(value)
  return text(bytes, true)
}
const caps = flags((1 << 24) | (1 << 27) | (1 << 28), 4)
const request = flags(1 << 25)
const notify = flags(1 << 27)
const provide = flags(1 << 28, 40)
const pasted = text(Buffer.from('rm -rf /'))

const encodings = (...all: number[]) => {
  const bytes = Buffer.alloc(4 + 4 * all.length)
  bytes[0] = 2
  bytes.writeUInt16BE(all.length, 2)
  for (const [index, one] of all.entries()) bytes.writeInt32BE(one, 4 + 4 * index)
  return bytes
}
const clipboard = 0xc0a1e5ce | 0

setFlagsFromString('--expose-gc')
// The flag makes it.
const collect = runInNewContext('gc') as () => void

/** Bytes that are in use. */
function heap(): number {
  collect()
  return process.memoryUsage().heapUsed
}

/** What reaches the machine after the handshake, with all that came in one piece. */
function passed(limits: Limits, ...messages: Buffer[]): Buffer {
  const all = new ClientLimits(limits).take(Buffer.concat([hello, ...messages]))
  expect(all.subarray(0, hello.length)).toEqual(hello)
  return all.subarray(hello.length)
}

const watching = { type: false, copy: true }
const typing = { type: true, copy: false }

describe('a person who may not type', () => {
  test.each<[string, Buffer]>([
    ['keys', key],
    ['QEMU’s keys', qemuKey],
    ['the pointer', pointer],
    ['pasted text', pasted],
    ['text of the extended clipboard', provide],
    ['the offer of a text', notify],
    ['another size', size],
    ['a restart', restart],
    ['part of nothing', text(Buffer.of(1), true)],
  ])('sends no %s', (_what, message) => {
    expect(passed(watching, update, message, update)).toEqual(
      Buffer.concat([update, update]),
    )
  })

  test.each<[string, Buffer]>([
    ['updates', update],
    ['the format of pixels', format],
    ['encodings', encodings(16, 0, clipboard)],
    ['fences', fence],
    ['continuous updates', continuous],
    ['what is asked about sound', sound],
    ['what the clipboard can', caps],
    ['the request for a copied text', request],
  ])('sends %s', (_what, message) => {
    expect(passed(watching, message, key, message)).toEqual(
      Buffer.concat([message, message]),
    )
  })
})

describe('a person who may not copy', () => {
  test('types, and the server isn’t asked for the clipboard', () => {
    const asked = passed(typing, encodings(16, clipboard, -223), key, pasted, request)
    expect(asked).toEqual(Buffer.concat([encodings(16, -223), key, pasted]))
  })
})

test('messages are found in whatever pieces they come', () => {
  const first = [hello, format, encodings(16, clipboard), update, key, qemuKey, provide]
  const then = [fence, pasted, caps, size, pointer, request, update]
  const all = Buffer.concat([...first, ...then])
  const whole = new ClientLimits(watching).take(all)
  for (const length of [1, 2, 3, 5, 7, 11, 50]) {
    const limits = new ClientLimits(watching)
    const parts: Buffer[] = []
    for (let at = 0; at < all.length; at += length)
      parts.push(limits.take(all.subarray(at, at + length)))
    expect(Buffer.concat(parts)).toEqual(whole)
  }
})

test('a long text that is left out isn’t kept', () => {
  const limits = new ClientLimits(watching)
  limits.take(hello)
  const long = text(Buffer.alloc(1_000_000, 'x'))
  expect(limits.take(long.subarray(0, 500_000))).toEqual(Buffer.alloc(0))
  expect(limits.take(Buffer.concat([long.subarray(500_000), update]))).toEqual(update)
})

test('who watches takes the screen from no one', () => {
  const exclusive = Buffer.from(hello)
  exclusive[13] = 0
  expect(new ClientLimits(watching).take(exclusive)).toEqual(hello)
})

test('the answer to a password isn’t read as messages', () => {
  const version = Buffer.from('RFB 003.008\n')
  const answer = Buffer.alloc(16, 4)
  const sent = Buffer.concat([version, Buffer.of(2), answer, Buffer.of(1), update, key])
  expect(new ClientLimits(watching).take(sent)).toEqual(sent.subarray(0, -key.length))
})

test.each<[string, Buffer]>([
  ['another version', Buffer.from('RFB 003.003\n')],
  ['no RFB', Buffer.from('GET / HTTP/1')],
  ['an encrypted kind', Buffer.concat([Buffer.from('RFB 003.008\n'), Buffer.of(19)])],
  ['an unknown message', Buffer.concat([hello, Buffer.of(77)])],
  ['an unknown message of QEMU’s', Buffer.concat([hello, Buffer.of(255, 9, 0, 0)])],
  ['an endless text', Buffer.concat([hello, Buffer.of(6, 0, 0, 0, 0x7f, 0, 0, 0)])],
])('ends with %s', (_what, bytes) => {
  expect(() => new ClientLimits(watching).take(bytes)).toThrow(UnreadableViewer)
})

test('messages in many small parts are read as in one, and passed on in their order', () => {
  const messages = [update, key, format, pointer, fence, encodings(0, clipboard), update]
  const whole = passed(watching, ...messages)
  const limits = new ClientLimits(watching)
  const all = Buffer.concat([hello, ...messages])
  const parts = Array.from(all, (byte) => Buffer.from(limits.take(Buffer.of(byte))))

  expect(Buffer.concat(parts).subarray(hello.length)).toEqual(whole)
  expect(whole).toEqual(
    Buffer.concat([update, format, fence, encodings(0, clipboard), update]),
  )
})

test('parts without a byte take no memory, and short ones little', () => {
  const limits = new ClientLimits(typing)
  const before = heap()
  for (let count = 0; count < 500_000; count += 1) limits.take(Buffer.alloc(0))
  expect(heap() - before).toBeLessThan(10_000_000)
  limits.take(hello)
  const long = text(Buffer.alloc(500_000, 'x'))
  for (let at = 0; at < long.length - 1; at += 1) limits.take(long.subarray(at, at + 1))
  expect(heap() - before).toBeLessThan(10_000_000)
  expect(limits.take(long.subarray(-1))).toEqual(long)
})

test('a message that is left out may be longer than what has arrived of it', () => {
  const limits = new ClientLimits(watching)
  limits.take(hello)
  const long = text(Buffer.alloc(5_000))

  expect(limits.take(long.subarray(0, 20))).toHaveLength(0)
  expect(limits.take(long.subarray(20, 3_000))).toHaveLength(0)
  expect(limits.take(Buffer.concat([long.subarray(3_000), update]))).toEqual(update)
})

test.each([
  ['more encodings than there are', encodings(...Array.from({ length: 1_001 }, () => 0))],
  ['a text that is too long', Buffer.of(6, 0, 0, 0, 0, 0x20, 0, 0)],
  ['more bytes at once than viewers send', Buffer.alloc(2 * 1024 * 1024 + 1, update)],
])('%s ends the connection', (_what, bytes) => {
  const limits = new ClientLimits(typing)
  limits.take(hello)
  expect(() => limits.take(bytes)).toThrow(UnreadableViewer)
})
