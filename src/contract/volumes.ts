/**
 * Decides what is possible with a volume in which state. The pages use it to give the reason, the
 * sandbox to reject (docs/platform.md#block-storage).
 */
import { sizeRank } from './limits.ts'
import type { BlockStorageVolume, InstanceType } from './types.ts'

/** Documented, on an older page: pages warn, the zone decides. */
export const VOLUMES_PER_INSTANCE = 5
export const VOLUME_MIN_GIB = 10
export const VOLUME_MAX_GIB = 10_240

/** Why nothing can be done with a volume in its present state. */
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

/** Whether its state will change automatically soon. */
export function isChanging({ state = '' }: BlockStorageVolume): boolean {
  return changing.has(state)
}

/** Why `action` isn't possible, or undefined if it is; `instanceId` is the instance to attach to. */
export function volumeRefusal(
  action: VolumeAction,
  volume: BlockStorageVolume,
  instanceId?: string,
): VolumeRefusal | undefined {
  if (isChanging(volume)) return 'changing'
  // A volume in error can still be deleted.
  if (volume.state === 'error') return action === 'delete' ? undefined : 'broken'
  const holder = volume.instance?.id
  if (action === 'detach') return holder ? undefined : 'not-attached'
  if (!holder) return undefined
  if (action === 'delete') return 'still-attached'
  return holder === instanceId ? 'attached-here' : 'attached-elsewhere'
}

/** Why a volume can't be made larger now; `holderState` is the state of its instance. */
export function growRefusal(
  volume: BlockStorageVolume,
  holderState: string | undefined,
): VolumeRefusal | undefined {
  if (isChanging(volume)) return 'changing'
  if (volume.state === 'error') return 'broken'
  return volume.instance && holderState !== 'stopped' ? 'holder-runs' : undefined
}

/** Whether a type is below `small`, which accepts no volume (documented). */
export function isTooSmallForVolumes(type: InstanceType | undefined): boolean {
  return type?.size !== undefined && sizeRank(type.size) < sizeRank('small')
}
