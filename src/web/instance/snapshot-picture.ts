/**
 * A snapshot together with what the machine's screen showed at that moment. The picture is an
 * addition: where it can't be had, the snapshot is taken all the same.
 */
import { isRunning } from '#contract/lifecycle.ts'
import { PICTURE_MAX_BYTES } from '#contract/timeline.ts'
import type { Operation } from '#contract/types.ts'

import type { Row } from '../api/inventory.ts'
import { createSnapshot, keepPicture } from '../api/mutations.ts'
import { frameQueue } from '../screen/glance/frame-queue.ts'
import { grabFrame } from '../screen/glance/grab-frame.ts'

const width = 320
const patienceMs = 10_000

function imageOf(canvas: HTMLCanvasElement, quality: number): Promise<Blob | null> {
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/webp', quality))
}

/** The screen as it is now, small enough to be kept; undefined where there is none. */
async function screenNow(row: Row): Promise<Blob | undefined> {
  const signal = AbortSignal.timeout(patienceMs)
  const { picture } = await frameQueue.run(() => grabFrame(row, width, signal), signal)
  for (const quality of [0.85, 0.5]) {
    const image = await imageOf(picture, quality)
    if (image && image.size <= PICTURE_MAX_BYTES) return image
  }
  return undefined
}

/** Takes the snapshot; with `keepScreen`, also a picture of a running machine's screen. */
export async function takeSnapshot(
  row: Row,
  keepScreen: boolean,
  note?: string,
): Promise<Operation> {
  const screen = keepScreen && isRunning(row.state) ? screenNow(row) : undefined
  screen?.catch(() => undefined) // awaited below, unless the snapshot is refused
  const operation = await createSnapshot(row, note)
  const snapshotId = operation.reference?.id
  if (screen && snapshotId)
    screen
      .then((image) => image && keepPicture({ zone: row.zone, id: snapshotId }, image))
      .catch(() => undefined)
  return operation
}
