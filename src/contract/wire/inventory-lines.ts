/**
 * The inventory as lines of JSON, in which ten thousand rows need a sixth of the bytes:
 * `GET /api/inventory?form=columns`. The first line is the `Head`, each further one a `Block` of rows, and the last one
 * the `End`. A line is small enough to be written or read without a noticeable break, so that neither a server nor a page
 * stands still for a hundred thousand rows.
 *
 * Without the parameter the answer is an `Inventory` (feed.ts), for pages that were loaded before there were lines. An
 * older server doesn't know the parameter and sends that, too.
 */
import type { Inventory, ListedInstance, ZoneHealth } from '../feed.ts'
import { pack, unpack, type Column, type Json } from './columns.ts'

type Head = Omit<Inventory, 'zones'> & { zones: ZoneHealth[] }
type Block = { zone: string; count: number; rows: Column }
/** Of all blocks; a text without it was cut off. */
type End = { count: number }

export const linesPath = '/api/inventory?form=columns'

const mostOfBlock = 2_000

const healthOf = ({ instances: _instances, ...health }: Inventory['zones'][number]) =>
  health

/** The lines, each with its line break. What an inventory has besides rows is read before the first line is returned. */
export function* packInventory({ zones, ...rest }: Inventory): Generator<string> {
  const line = (value: Head | Block | End) => `${JSON.stringify(value)}\n`
  yield line({ ...rest, zones: zones.map(healthOf) })
  let count = 0
  for (const { zone, instances } of zones) {
    for (let from = 0; from < instances.length; from += mostOfBlock) {
      const block = instances.slice(from, from + mostOfBlock)
      // What a zone answered is JSON, and a mark has only texts, numbers and `true`.
      const rows = pack(block as Json[])
      yield line({ zone, count: block.length, rows })
      count += block.length
    }
  }
  yield line({ count })
}

/** Instances of one zone, or what an inventory has besides them. */
export type Part = { head: Head } | { zone: string; instances: readonly ListedInstance[] }

/** What is in each line of an answer. Throws a `SyntaxError` if it isn't whole. */
export function* unpackInventory(text: string): Generator<Part> {
  let from = text.indexOf('\n') + 1
  if (from === 0) {
    const { zones, ...rest } = JSON.parse(text) as Inventory // our own server's answer
    yield { head: { ...rest, zones: zones.map(healthOf) } }
    return yield* zones
  }
  yield { head: JSON.parse(text.slice(0, from)) as Head } // as `packInventory` writes it
  let sum = 0
  while (from < text.length) {
    const end = text.indexOf('\n', from) + 1
    const line = JSON.parse(text.slice(from, end)) as Block | End // as `packInventory` writes it
    if (!('rows' in line)) {
      if (line.count === sum) return
      break
    }
    sum += line.count
    const { zone, rows, count } = line
    yield { zone, instances: unpack(rows, count) as ListedInstance[] } // what was packed
    from = end
  }
  throw new SyntaxError('The inventory was cut off.')
}
