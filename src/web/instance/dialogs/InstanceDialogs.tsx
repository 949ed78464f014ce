import { lazy, useEffect, useState, type ComponentType } from 'react'
import { useSearchParams } from 'react-router'

import type { Row } from '../../api/inventory.ts'
import { KeySlot } from '../../api/key-slot.ts'
import { forgetKey } from '../../api/once.ts'
import { useInstanceRow } from '../../api/use-instance-row.ts'
import { Coming } from '../../ui/Coming.tsx'
import { dialogName, readDialog, type DialogId, type Target } from './dialog-address.ts'
import type { DialogProps } from './dialog-props.ts'
import { useCloseDialog } from './use-dialog.ts'

function dialog<M>(
  load: () => Promise<M>,
  pick: (module: M) => ComponentType<DialogProps>,
) {
  return lazy(async () => ({ default: pick(await load()) }))
}

const actions = () => import('./ActionDialog.tsx')
const snapshots = () => import('./SnapshotDialogs.tsx')
const volumes = () => import('./VolumeDialogs.tsx')
const volumeChanges = () => import('./VolumeChangeDialogs.tsx')

const dialogs: Record<DialogId, ComponentType<DialogProps>> = {
  stop: dialog(actions, (module) => module.StopDialog),
  reboot: dialog(actions, (module) => module.RebootDialog),
  delete: dialog(actions, (module) => module.DeleteDialog),
  rescue: dialog(
    () => import('./RescueDialog.tsx'),
    (module) => module.RescueDialog,
  ),
  'leave-rescue': dialog(
    () => import('./RescueDialog.tsx'),
    (module) => module.LeaveRescueDialog,
  ),
  rename: dialog(
    () => import('./RenameDialog.tsx'),
    (module) => module.RenameDialog,
  ),
  scale: dialog(
    () => import('./ScaleDialog.tsx'),
    (module) => module.ScaleDialog,
  ),
  grow: dialog(
    () => import('./GrowDialog.tsx'),
    (module) => module.GrowDialog,
  ),
  tpm: dialog(
    () => import('./TpmDialog.tsx'),
    (module) => module.TpmDialog,
  ),
  ipv6: dialog(
    () => import('./Ipv6Dialog.tsx'),
    (module) => module.Ipv6Dialog,
  ),
  reinstall: dialog(
    () => import('./ReinstallDialog.tsx'),
    (module) => module.ReinstallDialog,
  ),
  snapshot: dialog(snapshots, (module) => module.SnapshotDialog),
  revert: dialog(snapshots, (module) => module.RevertDialog),
  'delete-snapshot': dialog(snapshots, (module) => module.DeleteSnapshotDialog),
  'detach-volume': dialog(volumes, (module) => module.DetachVolumeDialog),
  'delete-volume': dialog(volumes, (module) => module.DeleteVolumeDialog),
  'rename-volume': dialog(volumeChanges, (module) => module.RenameVolumeDialog),
  'grow-volume': dialog(volumeChanges, (module) => module.GrowVolumeDialog),
  evict: dialog(
    () => import('./EvictDialog.tsx'),
    (module) => module.EvictDialog,
  ),
}

/** Drops the key of a question that the address no longer names: it was answered or closed. */
function useKeySlot(name: string | undefined, page: Target | undefined): void {
  // The browser's address and its store are outside React. A reload runs no cleanup.
  useEffect(() => {
    if (name === undefined) return
    return () => {
      const open = readDialog(new URLSearchParams(location.search), page)
      if (!open || dialogName(open) !== name) forgetKey(name)
    }
    // oxlint-disable-next-line react/exhaustive-deps -- a page is named by its id
  }, [name, page?.zone, page?.id])
}

/**
 * Renders the dialog in the address for its instance; `page` is the instance whose page this is, which
 * may be so new that no list has it. When the instance is deleted, the dialog closes.
 */
export function InstanceDialogs({ page }: { page?: Row }) {
  const [search] = useSearchParams()
  const close = useCloseDialog()
  const asked = readDialog(search, page)
  const listed = useInstanceRow(asked?.target.zone ?? '', asked?.target.id ?? '')
  const [lastListed, setLastListed] = useState<string>()
  if (listed && listed.id !== lastListed) setLastListed(listed.id)
  const isNew = page?.id === asked?.target.id && page?.id !== lastListed
  const row = listed ?? (isNew ? page : undefined)
  const name = asked && dialogName(asked)
  useKeySlot(name, page)
  if (!asked || !row) return null
  const Dialog = dialogs[asked.dialog]
  return (
    <Coming>
      <KeySlot value={name}>
        <Dialog
          key={name}
          row={row}
          name={row.name ?? row.id}
          snapshotId={asked.snapshot}
          volumeId={asked.volume}
          to={asked.to}
          onClose={close}
        />
      </KeySlot>
    </Coming>
  )
}
