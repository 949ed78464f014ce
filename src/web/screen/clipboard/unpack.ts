/** Unpacks extended clipboard texts; loaded with the first one. */
import { decodeText, mostBytes, type Copied } from './clipboard.ts'

/** zlib makes at most a thousand bytes of one, so a piece this long makes at most `mostBytes`. */
const pieceBytes = 1_000
/** After this long without a byte, nothing more comes out of what was put in. */
const restMs = 300
/** A piece that takes longer makes nothing. */
const stuckMs = 3_000

const sizeOf = (have: Uint8Array): number | undefined =>
  have.length < 4
    ? undefined
    : new DataView(have.buffer, have.byteOffset, have.byteLength).getUint32(0)

/**
 * Unpacks until `isEnough`, or as far as it goes: a stream of the extended clipboard has no end, so
 * silence is the end.
 */
async function inflate(
  packed: Uint8Array<ArrayBuffer>,
  isEnough: (have: Uint8Array) => boolean,
): Promise<Uint8Array> {
  const stream = new DecompressionStream('deflate')
  const writer = stream.writable.getWriter()
  const reader = stream.readable.getReader()
  let have = new Uint8Array()
  let failed = false
  let wake = () => {}
  const isDone = () => failed || have.length > mostBytes + 4 || isEnough(have)
  const fail = () => {
    failed = true
    wake()
  }
  const collect = async () => {
    for (;;) {
      const { value, done } = await reader.read()
      if (done) return
      const more = new Uint8Array(have.length + value.length)
      more.set(have)
      more.set(value, have.length)
      have = more
      wake()
    }
  }
  /** Resolves after `event`, once it is done, or when nothing has come for a while. */
  const until = (event?: Promise<unknown>) =>
    new Promise<void>((resolve) => {
      let timer: ReturnType<typeof setTimeout>
      wake = () => {
        clearTimeout(timer)
        if (isDone()) resolve()
        else timer = setTimeout(resolve, event ? stuckMs : restMs)
      }
      wake()
      void event?.then(() => resolve())
    })
  collect().catch(fail)
  for (let at = 0; at < packed.length && !isDone(); at += pieceBytes)
    await until(writer.write(packed.subarray(at, at + pieceBytes)).catch(fail))
  await until()
  // Neither is waited for: a stream that is full ends when it is forgotten.
  reader.cancel().catch(() => undefined)
  writer.abort().catch(() => undefined)
  return have
}

/** The text of a *provide* message: its formats one after the other, the text first. */
export async function unpackText(packed: Uint8Array<ArrayBuffer>): Promise<Copied> {
  const have = await inflate(packed, (bytes) => {
    const size = sizeOf(bytes)
    return size !== undefined && (size > mostBytes || bytes.length >= 4 + size)
  })
  const size = sizeOf(have)
  if (size === undefined) return { kind: 'unreadable' }
  if (size > mostBytes) return { kind: 'too-long' }
  if (have.length < 4 + size) return { kind: 'unreadable' }
  return { kind: 'text', text: decodeText(have.subarray(4, 4 + size)) }
}
