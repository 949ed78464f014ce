import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import {
  Activity,
  CircleHelp,
  Copy,
  Flag,
  Gauge,
  House,
  LayoutGrid,
  MonitorCog,
  Moon,
  Plus,
  Presentation,
  Rows3,
  Search,
  Server,
  Settings,
  Star,
  StarOff,
  Sun,
  UserCog,
} from 'lucide-react'
import { useMemo, type ReactNode } from 'react'
import { useLocation, useNavigate } from 'react-router'

import { fold } from '#contract/query/fold.ts'

import { rowKey, useInventory, type Row } from '../../api/inventory.ts'
import { sessionQuery } from '../../api/queries.ts'
import { dot } from '../../components/format.ts'
import { shortId, useIsNamesake } from '../../components/namesakes/namesakes.ts'
import { usePresent } from '../../components/presenter/use-present.ts'
import { zoneCity } from '../../components/zone-city.ts'
import { useInstanceActions, type InstanceActionId } from '../../instance/actions.tsx'
import { useOpenScreen } from '../../screen/ScreenLink.tsx'
import { useFavorites } from '../../stores/favorites.ts'
import { useTheme } from '../../stores/theme.ts'
import { useCopyText } from '../../ui/use-copy-text.ts'
import { rankRows, verbIn } from './rank.ts'
import { recentKeys } from './recent.ts'

type Face = { id: string; label: string; detail?: string | undefined; icon?: ReactNode }
export type PaletteEntry = Face &
  (
    | { kind: 'instance'; row: Row }
    | { kind: 'action'; disabledReason: string | null; run: () => void }
    | { kind: 'page'; to: string }
  )

type ActionParts = {
  disabledReason: string | null
  run: () => void
  detail?: string | undefined
}

export type PaletteGroup = { title: string; entries: PaletteEntry[] }

const instancesMost = 5
const actionsMost = 4
/** Those that lose data come last, and always open their question. */
const actionIds = [
  'console',
  'start',
  'stop',
  'reboot',
  'snapshot',
  'scale',
  'rename',
  'grow',
  'rescue',
  'tpm',
  'copy',
  'favorite',
  'reinstall',
  'delete',
] as const satisfies (InstanceActionId | 'console' | 'copy' | 'favorite')[]

const icon = { size: 16, 'aria-hidden': true } as const

function usePages(): (Face & { to: string })[] {
  const { t } = useLingui()
  const { data: session } = useQuery(sessionQuery)
  const scenarios = {
    id: 'scenarios',
    label: t`Scenarios`,
    to: '/scenarios',
    icon: <Flag {...icon} />,
  }
  const people = {
    id: 'people',
    label: t`People`,
    to: '/people',
    icon: <UserCog {...icon} />,
  }
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
    // As in the account's menu.
    ...(session?.signIn === 'local' && session.person.role === 'admin' ? [people] : []),
    ...(session?.sandbox ? [scenarios] : []),
    { id: 'settings', label: t`Settings`, to: '/settings', icon: <Settings {...icon} /> },
    { id: 'help', label: t`Help`, to: '/help', icon: <CircleHelp {...icon} /> },
  ]
}

/** Where an instance is, and what else tells it apart from another of its name. */
function usePlaceOf(): (row: Row) => string {
  const isNamesake = useIsNamesake()
  return (row) =>
    [zoneCity(row.zone), row['public-ip'], isNamesake(row) ? shortId(row.id) : undefined]
      .filter(Boolean)
      .join(dot)
}

const instanceEntry = (row: Row, detail: string): PaletteEntry => ({
  kind: 'instance',
  id: `instance ${row.key}`,
  label: row.name ?? row.id,
  detail,
  row,
})

/** Whether some word of a label begins with what was typed. */
const begins = (label: string, typed: string) =>
  fold(label)
    .split(/\s+/)
    .some((word) => word.startsWith(typed))

type ActionId = (typeof actionIds)[number]

/** What each action is called by those who type it. */
function useVerbs(): Record<ActionId, string> {
  const { t } = useLingui()
  return {
    console: t`Open console`,
    copy: t`Copy IP address`,
    favorite: t`Favorite`,
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

/** What an action is called, and does, on one instance. */
function useActionOf(): (target: Row, id: ActionId) => PaletteEntry {
  const { t } = useLingui()
  const actionsOf = useInstanceActions()
  const openScreen = useOpenScreen()
  const copy = useCopyText()
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const { keys: favorites, toggle } = useFavorites()
  const isNamesake = useIsNamesake()
  const placeOf = usePlaceOf()
  return (target, id) => {
    const page = `/instances/${target.zone}/${target.id}`
    // Other pages have no questions, and an instance's page only its own.
    const canAsk = ['/', '/instances', '/wall'].includes(pathname) || pathname === page
    const name = target.name ?? target.id
    // Some actions have no question that would say which of two it is.
    const called = isNamesake(target) ? `${name}${dot}${placeOf(target)}` : name
    const of = (own: { label: string; icon?: ReactNode }, more: ActionParts) => ({
      kind: 'action' as const,
      id: `${id} ${target.key}`,
      label: own.label,
      icon: own.icon,
      ...more,
      detail: more.disabledReason ?? more.detail ?? called,
    })
    const address = target['public-ip'] ?? target['ipv6-address']
    if (id === 'copy')
      return of(
        { label: t`Copy IP address`, icon: <Copy {...icon} /> },
        {
          disabledReason: address ? null : t`No public IP address`,
          detail: address,
          run: () => void copy(address ?? ''),
        },
      )
    if (id === 'favorite') {
      const isOn = favorites?.has(target.key)
      return of(
        isOn
          ? { label: t`Remove from favorites`, icon: <StarOff {...icon} /> }
          : { label: t`Add to favorites`, icon: <Star {...icon} /> },
        {
          disabledReason: favorites
            ? null
            : t`Your favorites haven’t loaded. Vedette keeps trying.`,
          run: () => toggle?.(target.key),
        },
      )
    }
    const actions = actionsOf(target)
    if (id !== 'console') {
      const ask = () => void navigate(`${page}?do=${id}`, { state: { asked: true } })
      const run = id === 'start' || canAsk ? actions[id].run : ask
      return of(actions[id], { ...actions[id], run })
    }
    // A link where it is possible, and an action with the reason where it isn't.
    const { console: screen } = actions
    const disabledReason = 'run' in screen ? screen.disabledReason : null
    return of(
      { label: t`Open console`, icon: screen.icon },
      { disabledReason, run: () => openScreen(target) },
    )
  }
}

/** What can be chosen about how Vedette looks. */
function useSettings(): (Face & { run: () => void })[] {
  const { t } = useLingui()
  const present = usePresent()
  const { density, setTheme, setDensity } = useTheme()
  const isCompact = density === 'compact'
  return [
    {
      id: 'dark',
      label: t`Dark theme`,
      icon: <Moon {...icon} />,
      run: () => setTheme('dark'),
    },
    {
      id: 'light',
      label: t`Light theme`,
      icon: <Sun {...icon} />,
      run: () => setTheme('light'),
    },
    {
      id: 'system',
      label: t`Theme of the system`,
      icon: <MonitorCog {...icon} />,
      run: () => setTheme('system'),
    },
    {
      id: 'density',
      label: isCompact ? t`Comfortable density` : t`Compact density`,
      icon: <Rows3 {...icon} />,
      run: () => setDensity(isCompact ? 'comfortable' : 'compact'),
    },
    {
      id: 'presenter',
      label: t`Presenter mode`,
      icon: <Presentation {...icon} />,
      run: () => void present(true),
    },
  ]
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
  const actionOf = useActionOf()
  const settings = useSettings()
  const pages = usePages()
  const recent = useMemo(() => recentKeys(), [])
  const verbs = useVerbs()
  const placeOf = usePlaceOf()
  const verb = verbIn(text, verbs)
  const found = rankRows(rows.values(), verb?.rest ?? text, recent, instancesMost)
  const isEmpty = text.trim() === ''
  const lately = recent.flatMap((key) => rows.get(key) ?? []).slice(0, instancesMost)
  const current = here && rows.get(rowKey(here.zone, here.id))
  const shown = isEmpty ? [...new Set([...(current ? [current] : []), ...lately])] : found
  const target =
    shown.find(({ key }) => highlighted?.endsWith(` ${key}`)) ?? shown[0] ?? current

  const name = target?.name ?? target?.id ?? ''
  const typed = fold(text.trim())
  const wanted = actionIds.filter((id) =>
    verb ? id === verb.action : isEmpty || found.length > 0 || begins(verbs[id], typed),
  )
  const isOff = (entry: PaletteEntry) =>
    Number(entry.kind === 'action' && entry.disabledReason !== null)
  const possible = (target ? wanted.map((id) => actionOf(target, id)) : [])
    // What is possible now comes first.
    .toSorted((a, b) => isOff(a) - isOff(b))
    .slice(0, isAll ? actionIds.length : actionsMost)
  const instances = {
    title: isEmpty ? t`Recent` : t`Instances`,
    entries: shown.map((row) => instanceEntry(row, placeOf(row))),
  }
  const forTarget = { title: t`Actions on ${name}`, entries: possible }
  const places = {
    title: t`Pages`,
    entries: pages
      .filter(({ label }) => isEmpty || begins(label, typed))
      .map((page): PaletteEntry => ({ kind: 'page', ...page })),
  }
  const looks = {
    title: t`Settings`,
    entries: settings
      .filter(({ label }) => !isEmpty && typed.length > 1 && begins(label, typed))
      .map((one): PaletteEntry => ({ kind: 'action', disabledReason: null, ...one })),
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
  return [...first, places, looks, list].filter(({ entries: some }) => some.length > 0)
}
