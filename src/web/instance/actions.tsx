/**
 * Defines each action of an instance once for every menu and button: its label, why it isn't
 * possible now, and what starts it. Most actions open a question, which lives in the address
 * (`?do=scale`), so that Back closes it and a link opens it.
 */
import { useLingui } from '@lingui/react/macro'
import {
  Camera,
  CopyPlus,
  HardDrive,
  LifeBuoy,
  Monitor,
  Pencil,
  Play,
  RotateCcw,
  RotateCw,
  Scaling,
  ShieldCheck,
  Square,
  Trash2,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'

import type { EndpointId } from '#contract/endpoints.ts'
import { refusal, type Action } from '#contract/lifecycle.ts'

import {
  useInstanceOperations,
  useInventory,
  isDown,
  useZoneHealth,
  type Row,
} from '../api/inventory.ts'
import { startInstance } from '../api/mutations.ts'
import { pressOf } from '../api/once.ts'
import { useRoleBlock } from '../components/people/role-block.ts'
import { useRefusalWords } from '../components/refusal-words.ts'
import { useSend } from '../components/use-send.tsx'
import { zoneCity } from '../components/zone-city.ts'
import { ScreenLink } from '../screen/ScreenLink.tsx'
import type { MenuEntry, MenuLink } from '../ui/menu-entry.ts'
import type { DialogId } from './dialogs/dialog-address.ts'
import { useOpenDialog } from './dialogs/use-dialog.ts'

type InstanceAction = {
  label: string
  icon: ReactNode
  danger?: boolean
  disabledReason: string | null
  run: () => void
}

export type InstanceActionId =
  | 'start'
  | 'stop'
  | 'reboot'
  | 'rescue'
  | 'rename'
  | 'scale'
  | 'grow'
  | 'tpm'
  | 'snapshot'
  | 'reinstall'
  | 'delete'

/** What opens a page instead: links, so that they can be opened in a new tab. */
type InstanceLinkId = 'console' | 'like'

type InstanceActions = Record<InstanceActionId, InstanceAction> &
  Record<InstanceLinkId, MenuLink | InstanceAction>

export type InstanceEntryId = keyof InstanceActions

/** An action or a link as the entry of a menu. */
export const entryOf = (entry: InstanceAction | MenuLink): MenuEntry =>
  'run' in entry ? { ...entry, onSelect: entry.run } : entry

/** Why an endpoint can't be called for an instance now, whatever its state. */
export function useBlockOf(): (row: Row, endpoint: EndpointId) => string | null {
  const { t } = useLingui()
  const roleBlock = useRoleBlock()
  return ({ zone, id }, endpoint) => {
    const role = roleBlock(endpoint)
    // Nothing about the instance matters to a person who may not change it.
    if (role) return role
    // Read only when needed, so that rows don't have to follow all this.
    const { zones, operations, chains } = useInventory.getState()
    const city = zoneCity(zone)
    // A zone whose list the API key may not read isn't down.
    if (zones.some((one) => one.zone === zone && isDown(one)))
      return t`${city} isn’t responding.`
    if (chains.some((one) => one.instanceId === id && one.state === 'running'))
      return t`Another change with several steps is in progress.`
    const busy = operations.some((one) => one.instanceId === id && one.state === 'pending')
    return busy ? t`Another operation is in progress on this instance.` : null
  }
}

const endpointOf = {
  start: 'start-instance',
  stop: 'stop-instance',
  reboot: 'reboot-instance',
  update: 'update-instance',
  scale: 'scale-instance',
  'resize-disk': 'resize-instance-disk',
  'enable-tpm': 'enable-tpm',
  'create-snapshot': 'create-snapshot',
  reset: 'reset-instance',
  delete: 'delete-instance',
} as const satisfies Partial<Record<Action, EndpointId>>

/** Why an action is not possible on an instance, in one sentence. */
function useReason(): (
  row: Row,
  action: keyof typeof endpointOf,
  mayStop?: boolean,
) => string | null {
  const blockOf = useBlockOf()
  const wordsFor = useRefusalWords()
  return (row, action, mayStop = false) => {
    const why = refusal(action, row.state)
    const block = blockOf(row, endpointOf[action])
    // The dialog of a change that needs a stopped instance offers to stop it.
    if (why === 'needs-stopped' && mayStop) return block
    return block ?? (why ? wordsFor(why) : null)
  }
}

const action = (
  label: string,
  icon: ReactNode,
  disabledReason: string | null,
  run: () => void,
): InstanceAction => ({ label, icon, disabledReason, run })

/** The link, or the reason why the page that it leads to is of no use. */
const linkOr = (why: string | null, link: MenuLink): MenuLink | InstanceAction =>
  why ? action(link.label, link.icon, why, () => undefined) : link

/** The actions of any row, computed when a menu opens: for menus and long lists. */
export function useInstanceActions(): (row: Row) => InstanceActions {
  const { t } = useLingui()
  const openDialog = useOpenDialog()
  const reasonFor = useReason()
  const roleBlock = useRoleBlock()
  const send = useSend()

  return (row) => {
    const name = row.name ?? row.id
    const ask = (dialog: DialogId) => () => openDialog(dialog, row)
    const start = () =>
      send({
        title: t`Start ${name}`,
        press: pressOf(`start ${row.key}`),
        send: (key) => startInstance(row, key),
      })
    return {
      start: action(t`Start`, <Play />, reasonFor(row, 'start'), start),
      stop: action(t`Stop…`, <Square />, reasonFor(row, 'stop'), ask('stop')),
      reboot: action(t`Reboot…`, <RotateCw />, reasonFor(row, 'reboot'), ask('reboot')),
      rescue: action(
        t`Start in rescue mode…`,
        <LifeBuoy />,
        reasonFor(row, 'start', true),
        ask('rescue'),
      ),
      console: linkOr(roleBlock('get-console-proxy-url'), {
        label: t`Console`,
        icon: <Monitor />,
        render: <ScreenLink row={row} />,
      }),
      like: linkOr(roleBlock('create-instance'), {
        label: t`Duplicate…`,
        icon: <CopyPlus />,
        render: <Link to={`/instances/new?like=${row.zone}/${row.id}`} />,
      }),
      rename: action(t`Rename…`, <Pencil />, reasonFor(row, 'update'), ask('rename')),
      scale: action(
        t`Change size…`,
        <Scaling />,
        reasonFor(row, 'scale', true),
        ask('scale'),
      ),
      grow: action(
        t`Grow disk…`,
        <HardDrive />,
        reasonFor(row, 'resize-disk', true),
        ask('grow'),
      ),
      tpm: action(
        t`Turn on TPM…`,
        <ShieldCheck />,
        reasonFor(row, 'enable-tpm', true),
        ask('tpm'),
      ),
      snapshot: action(
        t`Take snapshot…`,
        <Camera />,
        reasonFor(row, 'create-snapshot'),
        ask('snapshot'),
      ),
      reinstall: {
        ...action(
          t`Reinstall…`,
          <RotateCcw />,
          reasonFor(row, 'reset', true),
          ask('reinstall'),
        ),
        danger: true,
      },
      delete: {
        ...action(t`Delete…`, <Trash2 />, reasonFor(row, 'delete'), ask('delete')),
        danger: true,
      },
    }
  }
}

/** Renders again when something begins or ends that decides what is possible on `row`. */
function useFollow(row: Row): void {
  useInstanceOperations(row.zone, row.id)
  useInventory((state) => state.chains)
  useZoneHealth(row.zone)
}

/** The actions of one row, always up to date. */
export function useActions(row: Row): InstanceActions {
  useFollow(row)
  return useInstanceActions()(row)
}

/** Why an endpoint can't be called for this instance now, always up to date. */
export function useBlock(row: Row, endpoint: EndpointId): string | null {
  useFollow(row)
  return useBlockOf()(row, endpoint)
}
