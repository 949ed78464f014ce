/**
 * Defines what each column shows. Cells are plain functions, which get what they need: components and their hooks
 * would double what a key in the search costs.
 */
import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'

import { hasAddress } from '#contract/lifecycle.ts'

import type { Row } from '../../../api/inventory.ts'
import { formatShortDate, formatDateTime } from '../../../components/format.ts'
import { InstanceState } from '../../../components/InstanceState.tsx'
import { Unknown } from '../../../components/Unknown.tsx'
import { zoneCity } from '../../../components/zone-city.ts'
import { typeFacts } from '../../../instance/type-facts.ts'
import type { LabelColors } from '../../../stores/label-colors.ts'
import { CopyText, copyTextClass } from '../../../ui/CopyText.tsx'
import { labelPath } from './label-path.ts'
import type { ColumnId } from './list-view.ts'
import { sizeName, templateName, type Names } from './select-rows.ts'
import type { SortColumn } from './sort-rows.ts'

const none = '–'
const labelsShown = 2
/** A narrow window has room for one label; paper has room for both. */
const hiddenInNarrow = 'not-print:max-[90rem]:hidden'
const onlyInNarrow = 'min-[90rem]:hidden print:hidden'

/** Where a name is missing: it is still being read, or nobody tells it. */
const unread = (id: string | undefined, { isReading }: Names) =>
  isReading ? none : <Unknown title={id} />

function sizeTitle(row: Row, { names }: CellTools) {
  const type = names.types.get(row['instance-type']?.id ?? '')
  return (type && typeFacts(type)) || undefined
}

const addressOf = (row: Row) => row['public-ip'] ?? row['ipv6-address']
const withoutAddress = (row: Row) =>
  hasAddress(row, 'public-ip') === false ? none : <Unknown />

export function AddressCell({ row }: { row: Row }) {
  const address = addressOf(row)
  return address ? <CopyText text={address} /> : withoutAddress(row)
}

/** The grid copies what is pressed, for all its rows. */
function addressCell(row: Row, { copy, copyOf }: CellTools) {
  const address = addressOf(row)
  if (!address) return withoutAddress(row)
  return (
    <button
      type="button"
      title={copy}
      aria-label={copyOf(address)}
      data-copy={address}
      className={copyTextClass}
    >
      {address}
    </button>
  )
}

function labelsCell(row: Row, { colors }: CellTools) {
  const labels = Object.entries(row.labels ?? {}).map(([name, value]) => `${name}=${value}`)
  if (labels.length === 0) return none
  const more = (shown: number, when: string) =>
    labels.length > shown && (
      <span className={`text-xs leading-5 text-muted ${when}`}>
        +{labels.length - shown}
      </span>
    )
  return (
    <span className="flex gap-1" title={labels.join('\n')}>
      {labels.slice(0, labelsShown).map((label, index) => (
        <a
          // By its place: another row takes the elements of this one.
          key={index}
          href={labelPath(label)}
          data-label={label}
          data-hue={colors[label]}
          className={`truncate rounded-sm bg-sunken px-1.5 text-xs leading-5 text-inherit no-underline hover:underline ${index > 0 ? hiddenInNarrow : ''}`}
        >
          {label}
        </a>
      ))}
      {more(1, onlyInNarrow)}
      {more(labelsShown, hiddenInNarrow)}
    </span>
  )
}

function createdOf(row: Row, format: (moment: string) => string) {
  const created = row['created-at']
  return created ? format(created) : undefined
}

/** What the row has read for all its cells. */
export type CellTools = {
  names: Names
  colors: LabelColors
  /** What copying a text is called, and copying this text. */
  copy: string
  copyOf: (text: string) => string
}

export type Column = {
  width: string
  /** Of the head and every cell, for the page that the server renders: it doesn't know how wide the screen is. */
  className?: string
  sort?: SortColumn
  /** A tooltip of the whole cell, which needs no element of its own. */
  title?: (row: Row, tools: CellTools) => string | undefined
  cell: (row: Row, tools: CellTools) => ReactNode
}

// The default columns fit beside the navigation in windows 1,024 and 1,280 px wide.
export const columns: Record<ColumnId, Column> = {
  state: {
    // In a wide window, a French state that needs attention is whole, too.
    width: 'w-30 max-xl:w-28 min-[90rem]:w-35',
    sort: 'state',
    cell: ({ state, overdue }) => <InstanceState state={state} overdue={overdue} />,
  },
  zone: { width: 'w-22 max-xl:w-20', sort: 'zone', cell: ({ zone }) => zoneCity(zone) },
  size: {
    width: 'w-37 max-xl:w-35',
    sort: 'size',
    title: sizeTitle,
    cell: (row, { names }) =>
      sizeName(row, names) ?? unread(row['instance-type']?.id, names),
  },
  address: {
    width: 'w-34 max-xl:w-32',
    sort: 'address',
    cell: addressCell,
  },
  // Gets what the others leave; from 3xl on, all of them share it.
  labels: {
    width: 'w-37 max-xl:w-30 3xl:w-56 max-3xl:in-data-usual:w-auto!',
    cell: labelsCell,
  },
  template: {
    width: 'w-56',
    className: 'max-3xl:in-data-usual:hidden',
    sort: 'template',
    cell: (row, { names }) => templateName(row, names) ?? unread(row.template?.id, names),
  },
  created: {
    width: 'w-21 max-xl:w-19',
    sort: 'created',
    title: (row) => createdOf(row, formatDateTime),
    cell: (row) => createdOf(row, formatShortDate) ?? <Unknown />,
  },
}

export function useColumnLabels(): Record<ColumnId | 'name', string> {
  const { t } = useLingui()
  return {
    name: t`Name`,
    state: t`State`,
    zone: t`Zone`,
    size: t({ message: 'Size', context: 'instance' }),
    address: t`IP address`,
    labels: t`Labels`,
    template: t`Template`,
    created: t`Created`,
  }
}
