import { expect, test } from 'vitest'

import StoredDeflator from './stored-deflator.ts'

async function inflated(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([new Uint8Array(bytes)]).stream()
  const plain = stream.pipeThrough(new DecompressionStream('deflate'))
  return new Uint8Array(await new Response(plain).arrayBuffer())
}

test.each([0, 1, 65_535, 65_536, 200_000])(
  'what is stored of %i bytes is what any inflater makes of it',
  async (length) => {
    const bytes = Uint8Array.from({ length }, (_, at) => (at * 31) % 251)

    const stored = new StoredDeflator().deflate(bytes)

    expect(await inflated(stored)).toEqual(bytes)
    expect(stored.length).toBeLessThan(length + 64)
  },
)
