/**
 * Serializes and compresses the inventory once for each change, for all browsers: a megabyte of JSON
 * for each browser would block the process.
 */
import { setImmediate as others } from 'node:timers/promises'
import { promisify } from 'node:util'
import { constants, gzip, type ZlibOptions } from 'node:zlib'

import type { Inventory } from '#contract/feed.ts'
import { packInventory } from '#contract/wire/inventory-lines.ts'

const compress = promisify(gzip)

/**
 * Columns are short, so that to look for more repetitions costs little. Most of them are random digits, in which a
 * reference to a short repetition takes more bits than the digits.
 */
const compression: Record<InventoryForm, ZlibOptions> = {
  json: { level: 1 },
  columns: { level: 6, strategy: constants.Z_FILTERED, memLevel: 7 },
}

/** As one JSON text, or as lines (inventory-lines.ts). */
export type InventoryForm = 'json' | 'columns'

type Kept = { plain: Promise<Buffer>; gzipped?: Promise<Buffer> }

/** Writes the lines, between which the process does other things. */
async function bytesOf(inventory: Inventory, form: InventoryForm): Promise<Buffer> {
  if (form === 'json') return Buffer.from(JSON.stringify(inventory))
  const lines: Buffer[] = []
  for (const line of packInventory(inventory)) {
    lines.push(Buffer.from(line))
    await others()
  }
  return Buffer.concat(lines)
}

export class InventoryBytes {
  readonly #kept = new Map<InventoryForm, Kept>()

  /** Call this when the inventory has changed. */
  forget(): void {
    this.#kept.clear()
  }

  /** The bytes of what `picture` returns; `picture` is only called after a change. */
  async of(
    picture: () => Inventory,
    { form, gzipped }: { form: InventoryForm; gzipped: boolean },
  ): Promise<Buffer> {
    const kept = this.#kept.get(form) ?? { plain: bytesOf(picture(), form) }
    this.#kept.set(form, kept)
    if (!gzipped) return kept.plain
    kept.gzipped ??= kept.plain.then((plain) => compress(plain, compression[form]))
    return kept.gzipped
  }
}
