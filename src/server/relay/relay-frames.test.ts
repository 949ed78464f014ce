/** Tests that each byte of a screen goes on as it is or is read, in order, however it arrives. */
import { expect, test } from 'vitest'

import { randomOf, type Random } from '../testing/test-random.ts'
import { dividedBytes, Frames } from './relay-frames.ts'

type Sent = { opcode: number; isLast: boolean; length: number }

function frame({ opcode, isLast, length }: Sent): Buffer {
  const header =
    length < 126
      ? Buffer.of(0, length)
      : length < 65_536
        ? Buffer.of(0, 126, length >> 8, length & 0xff)
        : Buffer.concat([Buffer.of(0, 127, 0, 0, 0, 0), bigEndian(length)])
  header[0] = opcode | (isLast ? 0x80 : 0)
  return Buffer.concat([header, Buffer.alloc(length, length % 251)])
}

function bigEndian(length: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(length)
  return bytes
}

/** What is passed on and what is read of these bytes, cut at these places. */
function taken(bytes: Buffer, cuts: readonly number[]) {
  const passed: Buffer[] = []
  const read: Buffer[] = []
  const all: Buffer[] = []
  const frames = new Frames(
    (some) => [passed, all].forEach((list) => list.push(some)),
    (some) => [read, all].forEach((list) => list.push(some)),
  )
  const places = [0, ...cuts.map((cut) => cut % bytes.length), bytes.length]
  places.sort((a, b) => a - b)
  for (const [index, place] of places.entries()) {
    const next = places[index + 1]
    if (next !== undefined && next > place) frames.take(bytes.subarray(place, next))
  }
  const [one, two, three] = [passed, read, all].map((list) => Buffer.concat(list))
  return { passed: one, read: two, all: three, part: frames.part }
}

const edges = [0, 125, 126, 65_535, 65_536, dividedBytes, dividedBytes + 1] as const

/** A message of one frame, or of two with a control frame between them; or a control frame. */
function someMessage(random: Random): Sent[] {
  const length = () => (random.chance(0.3) ? random.pick(edges) : random.below(300))
  const control = {
    opcode: random.pick([8, 9, 10]),
    isLast: true,
    length: random.below(126),
  }
  const opcode = random.pick([1, 2, 2, 2])
  if (random.chance(0.2)) return [control]
  if (random.chance(0.7)) return [{ opcode, isLast: true, length: length() }]
  return [
    { opcode, isLast: false, length: length() },
    control,
    { opcode: 0, isLast: true, length: length() },
  ]
}

const isPlain = ([one, ...others]: Sent[]) =>
  others.length === 0 && one?.opcode === 2 && one.length <= dividedBytes

test('whole binary messages go on as they are, everything else is read, all in order', () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const random = randomOf(seed)
    const sent = Array.from({ length: 1 + random.below(6) }, () => someMessage(random))
    const bytesOf = (messages: Sent[][]) => Buffer.concat(messages.flat().map(frame))
    const bytes = bytesOf(sent)
    const cuts = Array.from({ length: random.below(8) }, () => random.below(bytes.length))
    const { passed, read, all } = taken(bytes, cuts)

    expect(all?.equals(bytes), `seed ${seed}`).toBe(true)
    expect(passed?.equals(bytesOf(sent.filter(isPlain))), `seed ${seed}`).toBe(true)
    const others = sent.filter((message) => !isPlain(message))
    expect(read?.equals(bytesOf(others)), `seed ${seed}`).toBe(true)
  }
})

test('what is masked, compressed, or too long for any reader is read, with all that follows', () => {
  const plain = frame({ opcode: 2, isLast: true, length: 5 })
  const wrong = {
    masked: Buffer.concat([Buffer.of(0x82, 0x85, 1, 2, 3, 4), Buffer.alloc(5)]),
    endless: Buffer.concat([Buffer.of(0x82, 127, 0, 0, 0, 1, 0, 0, 0, 0), Buffer.alloc(5)]),
  }
  for (const bytes of Object.values(wrong)) {
    const { passed, read } = taken(Buffer.concat([plain, bytes, plain]), [9, 12])
    expect(passed?.equals(plain)).toBe(true)
    expect(read?.equals(Buffer.concat([bytes, plain]))).toBe(true)
  }
  const compressed = frame({ opcode: 0x42, isLast: true, length: 5 })
  const { passed, read } = taken(Buffer.concat([compressed, plain]), [])
  expect(read?.equals(compressed)).toBe(true)
  expect(passed?.equals(plain)).toBe(true)
})

test('a part tells what has arrived of a message that is not whole yet', () => {
  const message = frame({ opcode: 2, isLast: true, length: 1_000 })
  const frames = new Frames(
    () => {},
    () => {},
  )
  frames.take(message.subarray(0, 400))
  expect(frames.part).toBe(400)
  frames.take(message.subarray(400))
  expect(frames.part).toBe(0)
  frames.take(frame({ opcode: 2, isLast: false, length: 100 }))
  expect(frames.part).toBe(102)
  frames.whole()
  expect(frames.part).toBe(0)
})
