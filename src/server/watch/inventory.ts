/**
 * Serializes and compresses the inventory once for each change, for all browsers: a megabyte of JSON
 * for each browser would block the process.
 */
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

import type { Inventory } from '#contract/feed.ts'

const compress = promisify(gzip)

type Kept = { plain: Buffer; gzipped?: Promise<Buffer> }

export class InventoryBytes {
  #kept: Kept | undefined

  /** Call this when the inventory has changed. */
  forget(): void {
    this.#kept = undefined
  }

  /** The JSON of what `picture` returns; `picture` is only called after a change. */
  async of(picture: () => Inventory, gzipped: boolean): Promise<Buffer> {
    this.#kept ??= { plain: Buffer.from(JSON.stringify(picture())) }
    const kept = this.#kept
    if (!gzipped) return kept.plain
    kept.gzipped ??= compress(kept.plain, { level: 1 })
    return kept.gzipped
  }
}
