/**
 * Serializes the inventory once for each change and compresses it once, however many browsers open:
 * a megabyte stringified for each of them would block the process.
 */
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

import type { Inventory } from '#contract/feed.ts'

const compress = promisify(gzip)

type Kept = { plain: Buffer; gzipped?: Promise<Buffer> }

export class InventoryBytes {
  #kept: Kept | undefined

  /** The picture changed. */
  forget(): void {
    this.#kept = undefined
  }

  /** The JSON of what `picture` answers, which is asked only when the last is forgotten. */
  async of(picture: () => Inventory, gzipped: boolean): Promise<Buffer> {
    this.#kept ??= { plain: Buffer.from(JSON.stringify(picture())) }
    const kept = this.#kept
    if (!gzipped) return kept.plain
    kept.gzipped ??= compress(kept.plain, { level: 1 })
    return kept.gzipped
  }
}
