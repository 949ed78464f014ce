import { expect, test } from 'vitest'

import { changes, segmentAt, sizeOf, startOf, type Recording } from './recording.ts'
import { NotAScreenFile, packRecording, unpackRecording } from './screen-file.ts'

const bytes = (...values: number[]) => Uint8Array.from(values)

/** A connection from its handshake on, and a segment from its middle. */
const recording: Recording = {
  name: 'web-01 “été”',
  zone: 'ch-gva-2',
  endsAt: 9_000,
  segments: [
    { startedAt: 1_000, messages: [{ at: 1_010, bytes: bytes(82, 70, 66) }] },
    {
      startedAt: 5_000,
      keyframe: {
        width: 720,
        height: 400,
        picture: new Blob([bytes(137, 80, 78, 71)], { type: 'image/png' }),
        histories: [{ encoding: 7, index: 2, bytes: bytes(1, 2, 3, 4, 5) }],
      },
      messages: [
        { at: 5_000, bytes: bytes(10) },
        { at: 8_000, bytes: new Uint8Array(5_000).fill(7) },
      ],
    },
  ],
}

const gzip = (content: BlobPart) =>
  new Response(
    new Blob([content]).stream().pipeThrough(new CompressionStream('gzip')),
  ).blob()
const gunzip = async (file: Blob) => {
  const plain = file.stream().pipeThrough(new DecompressionStream('gzip'))
  return new Uint8Array(await new Response(plain).arrayBuffer())
}
const latin = (plain: Uint8Array) =>
  Array.from(plain, (byte) => String.fromCharCode(byte)).join('')
const fromLatin = (text: string) =>
  Uint8Array.from(text, (character) => character.charCodeAt(0))

const problemOf = (file: Blob) =>
  unpackRecording(file).then(
    () => undefined,
    (error: unknown) => error instanceof NotAScreenFile && error.fault.code,
  )

test('what is saved is what is opened, byte for byte', async () => {
  const file = await packRecording(recording)
  const opened = await unpackRecording(file)

  expect(opened).toEqual(recording)
  expect(await opened.segments[1]?.keyframe?.picture.arrayBuffer()).toEqual(
    bytes(137, 80, 78, 71).buffer,
  )
})

test('a file starts with a plain-text description', async () => {
  const plain = await gunzip(await packRecording(recording))

  expect(latin(plain).split('\n')[0]).toBe('VEDETTE-SCREEN 1')
})

test('a file that is cut, changed or another is refused with a reason', async () => {
  const plain = await gunzip(await packRecording(recording))
  const problem = async (content: BlobPart) => problemOf(await gzip(content))
  const wide = latin(plain).replace('"width":720', '"width":1e9')

  expect(await problem(plain.slice(0, -1))).toBe('cut-off')
  expect(await problem('VEDETTE-SCREEN 1\n{"name":1}\n')).toBe('incomplete-header')
  expect(await problem('VEDETTE-SCREEN 1\n{')).toBe('unreadable-header')
  expect(await problem('VEDETTE-SCREEN 9\n{}\n')).toBe('newer')
  expect(await problem('')).toBe('not-a-recording')
  expect(await problem(fromLatin(wide))).toBe('incomplete-header')
  expect(await problemOf(new Blob(['plain text']))).toBe('damaged')
})

test('a moment is in the last segment that began by then, or in the first of all', () => {
  const { segments } = recording
  expect(segmentAt(segments, 4_999)).toBe(segments[0])
  expect(segmentAt(segments, 5_000)).toBe(segments[1])
  expect(segmentAt(segments, 0)).toBe(segments[0])
  expect(segmentAt([], 0)).toBeUndefined()
  expect(startOf(recording)).toBe(1_000)
})

test('changes are marked where much came, a blinking cursor is none', () => {
  const marks = changes(recording.segments, 1_000, 9_000, 8)

  expect(marks).toEqual([0, 0, 0, 0, 0, 0, 0, 1])
})

test('the size includes messages, histories and the image', () => {
  expect(recording.segments.map(sizeOf)).toEqual([3, 5_010])
})
