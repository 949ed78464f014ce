import type { ReactElement, ReactNode } from 'react'

type EntryFace = {
  label: string
  icon?: ReactNode
  /** A second, quiet line. */
  detail?: string | undefined
}

export type MenuAction = EntryFace & {
  onSelect: () => void
  shortcut?: string | undefined
  danger?: boolean | undefined
  /** The reason why the entry can't be selected, shown instead of the detail. */
  disabledReason?: string | null | undefined
  /** Given: the entry is one of a choice, ticked or not. */
  checked?: boolean | undefined
}

export type MenuLink = EntryFace & {
  /** The empty link element, the router's or a plain one: `<Link to="/settings" />`. */
  render: ReactElement
}

/** One of a few, under a heading that says of what. */
export type MenuChoice = {
  choice: string
  value: string
  options: readonly (EntryFace & { value: string })[]
  onChoose: (value: string) => void
}

export type MenuEntry =
  | MenuAction
  | MenuLink
  | MenuChoice
  | { separator: true }
  | { heading: string; detail?: string | undefined }
export type MenuItems = readonly MenuEntry[] | (() => readonly MenuEntry[])
