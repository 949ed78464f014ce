/** Makes the demo's block volumes: attached, detached, and one that can't be attached. */
import { timestamp } from '../clock.ts'
import { sentinels } from '../sentinels.ts'
import { stableId } from '../stable-id.ts'
import type { KeptInstance, KeptVolume } from '../world.ts'

type Line = {
  zone: string
  name: string
  gib: number
  /** The name of its instance. */
  on?: string
  labels?: Record<string, string>
}

const production = { env: 'production', app: 'shop' }

const lines: Line[] = [
  { zone: 'ch-gva-2', name: 'shop-uploads', gib: 200, on: 'web-01', labels: production },
  { zone: 'ch-gva-2', name: 'shop-db-wal', gib: 100, on: 'shop-db-01', labels: production },
  { zone: 'ch-gva-2', name: 'shop-db-backup', gib: 400, on: 'shop-db-01' },
  { zone: 'ch-gva-2', name: 'old-uploads', gib: 50 },
  { zone: 'ch-gva-2', name: sentinels.attach, gib: 10 },
  { zone: 'ch-dk-2', name: 'shop-db-02-wal', gib: 100, on: 'shop-db-02' },
  { zone: 'de-fra-1', name: 'metrics', gib: 100, on: 'monitoring' },
  { zone: 'de-fra-1', name: 'build-cache', gib: 60 },
]

/** The zone's volumes; also adds them to their instances. */
export function seedVolumes(
  zone: string,
  instances: ReadonlyMap<string, KeptInstance>,
  now: number,
): KeptVolume[] {
  return lines
    .filter((line) => line.zone === zone)
    .map(({ name, gib, on, labels = {} }, index) => {
      const id = stableId(`volume ${zone} ${name}`)
      const holder = [...instances.values()].find((one) => one.name === on)
      if (holder)
        holder['block-storage-volumes'] = [
          ...(holder['block-storage-volumes'] ?? []),
          { id },
        ]
      return {
        id,
        name,
        size: gib,
        state: holder ? 'attached' : 'detached',
        ...(holder ? { instance: { id: holder.id } } : {}),
        labels,
        blocksize: 4096,
        'created-at': timestamp(now - (35 - index) * 24 * 3_600_000),
        encrypted: true,
        'block-storage-snapshots': [],
      }
    })
}
