/** The parts of a group's heading, which the grid has in a row and the cards in a line. */
import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import {
  ChevronDown,
  ChevronRight,
  Ellipsis,
  FoldVertical,
  ListChecks,
  UnfoldVertical,
} from 'lucide-react'

import { formatNumber } from '../../../components/format.ts'
import { useLabelColorEntries } from '../../../components/marks/use-label-colors.tsx'
import { useLabelColors } from '../../../stores/label-colors.ts'
import type { MenuEntry } from '../../../ui/menu-entry.ts'
import { MenuButton } from '../../../ui/MenuButton.tsx'
import { StateIcon, type StateKind } from '../../../ui/StateIcon.tsx'
import { countGroups, stateGroups, type StateGroup } from '../list/select-rows.ts'
import type { Selection } from '../list/use-selection.ts'
import { fold } from './folded.ts'
import { groupName, labelOf, type Group } from './group-rows.ts'

export type GroupHeadProps = {
  group: Group
  /** All groups of the list. */
  groups: readonly Group[]
  selection: Selection
}

const kinds: Record<StateGroup, StateKind> = {
  running: 'running',
  stopped: 'stopped',
  changing: 'transitional',
  attention: 'error',
}

/** Whether a label is what the group's instances have in common. */
const isOfLabel = (group: Group): boolean =>
  labelOf(group) !== undefined && group.value !== undefined

/** What the heading says. */
export function useGroupTitle(): (group: Group) => string {
  const { t } = useLingui()
  return (group) => {
    const key = labelOf(group)
    return group.value === undefined ? t`No ${key}` : groupName(group)
  }
}

/** How many of the group's instances are in which state. */
function States({ group: { rows } }: { group: Group }) {
  const { t } = useLingui()
  const counts = countGroups(rows)
  const words: Record<StateGroup, (count: number) => string> = {
    running: (count) => t`${plural(count, { one: '# running', other: '# running' })}`,
    stopped: (count) => t`${plural(count, { one: '# stopped', other: '# stopped' })}`,
    changing: (count) =>
      t`${plural(count, { one: '# in progress', other: '# in progress' })}`,
    attention: (count) =>
      t`${plural(count, { one: '# needs attention', other: '# need attention' })}`,
  }
  return (
    <>
      {stateGroups
        .filter((state) => counts[state] > 0)
        .map((state) => {
          const label = words[state](counts[state])
          return (
            <span key={state} title={label} className="flex items-center gap-1 text-text">
              <StateIcon state={kinds[state]} className="animate-none" />
              <span aria-hidden="true">{formatNumber(counts[state])}</span>
              <span className="sr-only">{label}</span>
            </span>
          )
        })}
    </>
  )
}

/** Collapses the group, and says what is in it. */
export function FoldButton({ group }: { group: Group }) {
  const { t } = useLingui()
  const titleOf = useGroupTitle()
  const { colors } = useLabelColors()
  const { rows, isFolded } = group
  const count = rows.length
  const Chevron = isFolded ? ChevronRight : ChevronDown
  const hue = isOfLabel(group) ? colors[groupName(group)] : undefined
  return (
    <button
      type="button"
      aria-expanded={!isFolded}
      onClick={() => fold([group], !isFolded)}
      className="flex h-full min-h-6 max-w-full min-w-0 items-center gap-3 rounded-sm pe-2 text-start text-sm tabular-nums pointer-coarse:min-h-11"
    >
      <Chevron size={16} aria-hidden="true" className="-me-1.5 shrink-0 text-muted" />
      {/* On a phone the count and the states go below a name that leaves them no room. */}
      <span className="flex min-w-0 items-center gap-x-3 max-sm:flex-wrap">
        <span
          data-hue={hue}
          className={`truncate font-semibold ${hue ? 'rounded-sm px-1.5 leading-5' : ''}`}
        >
          <bdi translate={group.value === undefined ? undefined : 'no'}>
            {titleOf(group)}
          </bdi>
        </span>
        <span className="shrink-0 text-muted">
          {t`${plural(count, { one: '# instance', other: '# instances' })}`}
        </span>
        <span className="flex shrink-0 items-center gap-x-3 max-sm:shrink max-sm:flex-wrap">
          <States group={group} />
        </span>
      </span>
    </button>
  )
}

/** Selects the instances of the group, or none of them. */
export function GroupBox({ group, selection }: Omit<GroupHeadProps, 'groups'>) {
  const { t } = useLingui()
  const title = useGroupTitle()(group)
  const chosen = group.rows.filter(({ key }) => selection.has(key)).length
  return (
    <input
      type="checkbox"
      className="ui-checkbox align-middle"
      aria-label={t`Select group ${title}`}
      checked={chosen === group.rows.length}
      ref={(box) => {
        if (box) box.indeterminate = chosen > 0 && chosen < group.rows.length
      }}
      onChange={() => selection.toggleRows(group.rows)}
    />
  )
}

/** What can be done with a group. */
export function GroupMenu({ group, groups, selection }: GroupHeadProps) {
  const { t } = useLingui()
  const title = useGroupTitle()(group)
  const colorsOf = useLabelColorEntries()
  const count = group.rows.length
  const items = (): MenuEntry[] => [
    {
      label: group.rows.every(({ key }) => selection.has(key))
        ? t`Clear selection of this group`
        : t`${plural(count, { one: 'Select # instance', other: 'Select # instances' })}`,
      icon: <ListChecks />,
      onSelect: () => selection.toggleRows(group.rows),
    },
    { separator: true },
    {
      label: t`Collapse all groups`,
      icon: <FoldVertical />,
      onSelect: () => fold(groups, true),
    },
    {
      label: t`Expand all groups`,
      icon: <UnfoldVertical />,
      onSelect: () => fold(groups, false),
    },
    ...(isOfLabel(group)
      ? [{ separator: true } as const, ...colorsOf(groupName(group))]
      : []),
  ]
  return (
    <MenuButton
      label={t`Actions for group ${title}`}
      icon={<Ellipsis />}
      variant="ghost"
      size="sm"
      items={items}
    />
  )
}
