import { useLingui } from '@lingui/react/macro'
import {
  Activity,
  CircleHelp,
  Gauge,
  House,
  LayoutGrid,
  Plus,
  Search,
  Server,
  Settings,
  Users,
} from 'lucide-react'
import { useMemo, type ReactNode } from 'react'

import { rowKey, useInventory, type Row } from '../../api/inventory.ts'
import { zoneCity } from '../../components/zone-city.ts'
import { useInstanceActions, type InstanceActionId } from '../../instance/actions.tsx'
import { rankRows, verbIn } from './rank.ts'
import { recentKeys } from './recent.ts'

type Face = { id: string; label: string; detail?: string | undefined; icon?: ReactNode }
export type PaletteEntry = Face &
  (
    | { kind: 'instance'; row: Row }
    | { kind: 'action'; disabledReason: string | null; run: () => void }
    | { kind: 'page'; to: string }
  )

export type PaletteGroup = { title: string; entries: PaletteEntry[] }

const instancesMost = 5
const actionsMost = 4
/** Those that lose data come last, and always open their question. */
const actionIds = [
  'start',
  'stop',
  'reboot',
  'snapshot',
  'scale',
  'rename',
  'grow',
  'rescue',
  'tpm',
  'reinstall',
  'delete',
] as const satisfies InstanceActionId[]

const icon = { size: 16, 'aria-hidden': true } as const

function usePages(): (Face & { to: string })[] {
  const { t } = useLingui()
  return [
    { id: 'overview', label: t`Overview`, to: '/', icon: <House {...icon} /> },
    { id: 'instances', label: t`Instances`, to: '/instances', icon: <Server {...icon} /> },
    { id: 'wall', label: t`Wall`, to: '/wall', icon: <LayoutGrid {...icon} /> },
    { id: 'new', label: t`New instance`, to: '/instances/new', icon: <Plus {...icon} /> },
    { id: 'activity', label: t`Activity`, to: '/activity', icon: <Activity {...icon} /> },
    {
      id: 'audit',
      label: t`Audit log`,
      to: '/activity/audit',
      icon: <Activity {...icon} />,
    },
    {
      id: 'events',
      label: t`Exoscale events`,
      to: '/activity/events',
      icon: <Activity {...icon} />,
    },
    { id: 'limits', label: t`Limits`, to: '/limits', icon: <Gauge {...icon} /> },
    { id: 'people', label: t`People`, to: '/people', icon: <Users {...icon} /> },
    { id: 'settings', label: t`Settings`, to: '/settings', icon: <Settings {...icon} /> },
    { id: 'help', label: t`Help`, to: '/help', icon: <CircleHelp {...icon} /> },
  ]
}

const instanceEntry = (row: Row): PaletteEntry => ({
  kind: 'instance',
  id: `instance ${row.key}`,
  label: row.name ?? row.id,
  detail: [zoneCity(row.zone), row['public-ip']].filter(Boolean).join(' · '),
  row,
})

/** Whether some word of a label begins with what was typed. */
const begins = (label: string, typed: string) =>
  label
    .toLocaleLowerCase()
    .split(/\s+/)
    .some((word) => word.startsWith(typed))

type ActionId = (typeof actionIds)[number]

/** What each action is called by those who type it. */
function useVerbs(): Record<ActionId, string> {
  const { t } = useLingui()
  return {
    start: t`Start`,
    stop: t`Stop`,
    reboot: t`Reboot`,
    snapshot: t`Take snapshot`,
    scale: t`Change size`,
    rename: t`Rename`,
    grow: t`Grow disk`,
    rescue: t`Start in rescue mode`,
    tpm: t`Turn on TPM`,
    reinstall: t`Reinstall`,
    delete: t`Delete`,
  }
}

/** The actions on an instance, those that are possible now first. */
function actionEntries(
  target: Row,
  actions: ReturnType<ReturnType<typeof useInstanceActions>>,
  wanted: readonly ActionId[],
): PaletteEntry[] {
  const name = target.name ?? target.id
  const entries = wanted.map((id) => {
    const { label, icon: own, disabledReason, run } = actions[id]
    const detail = disabledReason ?? name
    const face = { id: `${id} ${target.key}`, label, detail, icon: own }
    return { kind: 'action' as const, ...face, disabledReason, run }
  })
  return entries.toSorted(
    (a, b) => Number(a.disabledReason !== null) - Number(b.disabledReason !== null),
  )
}

/** The groups for a text; `here` is the instance whose page is open, `at` the entry that is highlighted. */
export function usePaletteGroups(
  text: string,
  here: { zone: string; id: string } | undefined,
  highlighted: string | undefined,
  isAll: boolean,
): PaletteGroup[] {
  const { t } = useLingui()
  const rows = useInventory((state) => state.rows)
  const actionsOf = useInstanceActions()
  const pages = usePages()
  const recent = useMemo(() => recentKeys(), [])
  const verbs = useVerbs()
  const verb = verbIn(text, verbs)
  const found = rankRows(rows.values(), verb?.rest ?? text, recent, instancesMost)
  const isEmpty = text.trim() === ''
  const lately = recent.flatMap((key) => rows.get(key) ?? []).slice(0, instancesMost)
  const current = here && rows.get(rowKey(here.zone, here.id))
  const shown = isEmpty ? [...new Set([...(current ? [current] : []), ...lately])] : found
  const target =
    shown.find(({ key }) => highlighted === `instance ${key}`) ?? shown[0] ?? current

  const name = target?.name ?? target?.id ?? ''
  const typed = text.trim().toLocaleLowerCase()
  const wanted = actionIds.filter((id) =>
    verb ? id === verb.action : isEmpty || found.length > 0 || begins(verbs[id], typed),
  )
  const possible = (target ? actionEntries(target, actionsOf(target), wanted) : []).slice(
    0,
    isAll ? actionIds.length : actionsMost,
  )
  const instances = {
    title: isEmpty ? t`Recent` : t`Instances`,
    entries: shown.map(instanceEntry),
  }
  const forTarget = { title: t`Actions on ${name}`, entries: possible }
  const places = {
    title: t`Pages`,
    entries: pages
      .filter(({ label }) => isEmpty || begins(label, typed))
      .map((page): PaletteEntry => ({ kind: 'page', ...page })),
  }
  const list = {
    title: t`List`,
    entries: isEmpty
      ? []
      : [
          {
            kind: 'page',
            id: 'list',
            label: t`Show all matches in the list`,
            to: `/instances?q=${encodeURIComponent(text.trim())}`,
            icon: <Search {...icon} />,
          } satisfies PaletteEntry,
        ],
  }
  const first = verb ? [forTarget, instances] : [instances, forTarget]
  return [...first, places, list].filter(({ entries: some }) => some.length > 0)
}
