/**
 * Says what is possible with a volume in which state. The pages use it to say why not, the
 * sandbox to reject (docs/platform.md#block-storage).
 */
import { sizeRank } from './limits.ts'
import type { BlockStorageVolume, InstanceType } from './types.ts'

/** Documented, on an older page: pages warn, the zone decides. */
export const VOLUMES_PER_INSTANCE = 5
export const VOLUME_MIN_GIB = 10
export const VOLUME_MAX_GIB = 10_240

/** Why nothing can be done with a volume as it is now. */
export type VolumeRefusal =
  | 'changing'
  | 'broken'
  | 'attached-here'
  | 'attached-elsewhere'
  | 'not-attached'
  | 'still-attached'
  | 'holder-runs'

export type VolumeAction = 'attach' | 'detach' | 'delete'

const changing = new Set(['creating', 'attaching', 'detaching', 'snapshotting', 'deleting'])

/** Whether its state will change by itself soon. */
export function isChanging({ state = '' }: BlockStorageVolume): boolean {
  return changing.has(state)
}

/** Why `action` can't be asked for, or undefined where it can; `instanceId` is to attach to. */
export function volumeRefusal(
  action: VolumeAction,
  volume: BlockStorageVolume,
  instanceId?: string,
): VolumeRefusal | undefined {
  if (isChanging(volume)) return 'changing'
  // One that is broken can still be thrown away.
  if (volume.state === 'error') return action === 'delete' ? undefined : 'broken'
  const holder = volume.instance?.id
  if (action === 'detach') return holder ? undefined : 'not-attached'
  if (!holder) return undefined
  if (action === 'delete') return 'still-attached'
  return holder === instanceId ? 'attached-here' : 'attached-elsewhere'
}

/** Why a volume can't be made larger now; `holderState` is of the instance that has it. */
export function growRefusal(
  volume: BlockStorageVolume,
  holderState: string | undefined,
): VolumeRefusal | undefined {
  if (isChanging(volume)) return 'changing'
  if (volume.state === 'error') return 'broken'
  return volume.instance && holderState !== 'stopped' ? 'holder-runs' : undefined
}

/** Whether a type is below `small`, which is documented to take no volume. */
export function isTooSmallForVolumes(type: InstanceType | undefined): boolean {
  return type?.size !== undefined && sizeRank(type.size) < sizeRank('small')
}
