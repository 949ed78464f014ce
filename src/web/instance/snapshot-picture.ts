/**
 * Takes a snapshot together with a screenshot of that moment. The screenshot is an addition: if
 * there is none, the snapshot is taken anyway.
 */
import { isRunning } from '#contract/lifecycle.ts'
import { PICTURE_MAX_BYTES } from '#contract/timeline.ts'
import type { Operation } from '#contract/types.ts'

import type { Row } from '../api/inventory.ts'
import { createSnapshot, keepPicture } from '../api/mutations.ts'
import type { RequestKey } from '../api/once.ts'
import { grabFrame } from '../screen/glance/grab-frame.ts'

const width = 320
const patienceMs = 10_000

function imageOf(canvas: HTMLCanvasElement, quality: number): Promise<Blob | null> {
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/webp', quality))
}

/** The screen as it is now, small enough to be kept; undefined if there is none. */
async function screenNow(row: Row): Promise<Blob | undefined> {
  const signal = AbortSignal.timeout(patienceMs)
  const { picture } = await grabFrame(row, width, signal)
  for (const quality of [0.85, 0.5]) {
    const image = await imageOf(picture, quality)
    if (image && image.size <= PICTURE_MAX_BYTES) return image
  }
  return undefined
}

/** Takes the snapshot; with `keepScreen`, also a screenshot of a running instance. */
export async function takeSnapshot(
  row: Row,
  key: RequestKey,
  { keepScreen, note }: { keepScreen: boolean; note?: string },
): Promise<Operation> {
  const screen = keepScreen && isRunning(row.state) ? screenNow(row) : undefined
  screen?.catch(() => undefined) // awaited below, unless the snapshot is rejected
  const operation = await createSnapshot(row, key, note)
  const snapshotId = operation.reference?.id
  if (screen && snapshotId)
    screen
      .then((image) => image && keepPicture({ zone: row.zone, id: snapshotId }, image))
      .catch(() => undefined)
  return operation
}
