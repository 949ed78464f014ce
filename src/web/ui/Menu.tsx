/** The heavy half of `MenuButton`: Base UI's menu, anchored to a button that is not its own. */
import { Menu as BaseMenu } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import { useRef, type ReactNode, type RefObject } from 'react'

import type {
  MenuAction,
  MenuChoice,
  MenuEntry,
  MenuItems,
  MenuLink,
} from './menu-entry.ts'
import { pressedAnchor } from './pressed-anchor.ts'
import { orHome } from './return-focus.ts'
import { StrictCsp } from './StrictCsp.tsx'

export type MenuProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  onClosed: () => void
  anchor: RefObject<HTMLElement | null>
  align: 'start' | 'end'
  /** Where a press asked for it, in the window's pixels, instead of at the button. */
  at?: { x: number; y: number } | undefined
  /** Opened by a key: begin on the first entry rather than on the menu. */
  startOnFirst: boolean
  label: string | undefined
  items: MenuItems
}

const plain = 'text-text data-highlighted:bg-hover'
const alarming = 'text-error data-highlighted:bg-error-tint'
const itemClass =
  'flex min-h-8 w-full items-start gap-2 rounded-md px-2 py-1.5 text-sm no-underline outline-none select-none data-disabled:text-muted pointer-coarse:min-h-11 pointer-coarse:items-center forced-colors:data-highlighted:outline-2 forced-colors:data-highlighted:outline-[Highlight]'

export function Menu({
  open,
  onOpenChange,
  onClosed,
  anchor,
  at,
  align,
  startOnFirst,
  label,
  items,
}: MenuProps) {
  const popup = useRef<HTMLDivElement>(null)
  const entries = typeof items === 'function' ? items() : items
  return (
    <StrictCsp>
      <BaseMenu.Root
        open={open}
        // Not modal: the page behind keeps living, and nothing locks its scrolling.
        modal={false}
        onOpenChange={(next, { event }) => {
          if (next || !pressedAnchor(event, anchor)) onOpenChange(next)
        }}
        onOpenChangeComplete={(next) => {
          if (!next) onClosed()
          else if (startOnFirst)
            popup.current?.querySelector<HTMLElement>('[role^="menuitem"]')?.focus()
        }}
      >
        <BaseMenu.Portal>
          <BaseMenu.Positioner
            anchor={at ? { getBoundingClientRect: () => new DOMRect(at.x, at.y) } : anchor}
            align={at ? 'start' : align}
            sideOffset={at ? 0 : 4}
            collisionPadding={8}
            // As in Popover.tsx.
            positionMethod="fixed"
            className="z-40 outline-none"
          >
            <BaseMenu.Popup
              ref={popup}
              aria-label={label}
              // An entry may have opened something that took the focus by then, and one that had it may
              // have gone with a refresh.
              finalFocus={() => {
                const { activeElement: now, body } = document
                const isFree = !now || now === body || popup.current?.contains(now)
                return isFree ? orHome(anchor.current) : false
              }}
              className="ui-scroll max-h-(--available-height) max-w-80 min-w-44 overflow-y-auto rounded-lg bg-surface p-1 text-text shadow-float outline-none transition-[opacity,transform] data-ending-style:opacity-0 data-starting-style:-translate-y-0.5 data-starting-style:opacity-0 forced-colors:border"
            >
              {entries.map((entry, index) => (
                // Entries have no identity of their own, and their order is fixed.
                // oxlint-disable-next-line react/no-array-index-key -- see above
                <Entry key={`${index} ${entryKey(entry)}`} entry={entry} />
              ))}
            </BaseMenu.Popup>
          </BaseMenu.Positioner>
        </BaseMenu.Portal>
      </BaseMenu.Root>
    </StrictCsp>
  )
}

function entryKey(entry: MenuEntry): string {
  if ('separator' in entry) return ''
  if ('choice' in entry) return entry.choice
  return 'heading' in entry ? entry.heading : entry.label
}

function Entry({ entry }: { entry: MenuEntry }) {
  if ('separator' in entry)
    return <BaseMenu.Separator className="-mx-1 my-1 border-t border-border" />
  if ('heading' in entry)
    return (
      <div className="px-2 pt-1.5 pb-0.5 text-xs font-medium text-muted">
        {entry.heading}
        {entry.detail && <span className="block font-normal">{entry.detail}</span>}
      </div>
    )
  if ('choice' in entry) return <ChoiceEntry entry={entry} />
  if ('render' in entry) return <LinkEntry entry={entry} />
  return <ActionEntry entry={entry} />
}

function ChoiceEntry({ entry }: { entry: MenuChoice }) {
  return (
    <BaseMenu.Group>
      <BaseMenu.GroupLabel className="px-2 pt-1.5 pb-0.5 text-xs font-medium text-muted">
        {entry.choice}
      </BaseMenu.GroupLabel>
      {/* A group of its own names the choice; this one only holds its value. */}
      <BaseMenu.RadioGroup value={entry.value} onValueChange={entry.onChoose}>
        {entry.options.map(({ value, label, detail, icon }) => (
          <BaseMenu.RadioItem
            key={value}
            value={value}
            label={label}
            closeOnClick
            className={`${itemClass} ${plain}`}
          >
            <Face icon={icon} label={label} detail={detail} />
            <span className="flex h-5 w-4 items-center">
              <BaseMenu.RadioItemIndicator>
                <Check aria-hidden="true" size={16} className="text-accent" />
              </BaseMenu.RadioItemIndicator>
            </span>
          </BaseMenu.RadioItem>
        ))}
      </BaseMenu.RadioGroup>
    </BaseMenu.Group>
  )
}

function LinkEntry({ entry }: { entry: MenuLink }) {
  return (
    <BaseMenu.LinkItem
      closeOnClick
      label={entry.label}
      render={entry.render}
      className={`${itemClass} ${plain}`}
    >
      <Face icon={entry.icon} label={entry.label} detail={entry.detail} />
    </BaseMenu.LinkItem>
  )
}

function ActionEntry({ entry }: { entry: MenuAction }) {
  const disabled = Boolean(entry.disabledReason)
  const tone = entry.danger && !disabled ? alarming : plain
  const face = (
    <Face
      icon={entry.icon}
      label={entry.label}
      detail={entry.disabledReason ?? entry.detail}
      shortcut={entry.shortcut}
    />
  )
  if (entry.checked === undefined)
    return (
      <BaseMenu.Item
        label={entry.label}
        disabled={disabled}
        onClick={entry.onSelect}
        className={`${itemClass} ${tone}`}
      >
        {face}
      </BaseMenu.Item>
    )
  return (
    <BaseMenu.CheckboxItem
      label={entry.label}
      disabled={disabled}
      checked={entry.checked}
      onCheckedChange={entry.onSelect}
      closeOnClick
      className={`${itemClass} ${tone}`}
    >
      {face}
      <span className="flex h-5 w-4 items-center">
        <BaseMenu.CheckboxItemIndicator>
          <Check aria-hidden="true" size={16} className="text-accent" />
        </BaseMenu.CheckboxItemIndicator>
      </span>
    </BaseMenu.CheckboxItem>
  )
}

type FaceProps = {
  icon: ReactNode
  label: string
  detail?: string | undefined
  shortcut?: string | undefined
}

function Face({ icon, label, detail, shortcut }: FaceProps) {
  return (
    <>
      {icon && (
        <span aria-hidden="true" className="flex h-5 items-center [&_svg]:size-4">
          {icon}
        </span>
      )}
      <span className="grid min-w-0 flex-1">
        <span className="break-words">{label}</span>
        {detail && <span className="text-xs text-muted">{detail}</span>}
      </span>
      {shortcut && (
        <kbd className="ps-4 font-sans text-xs leading-5 text-muted">{shortcut}</kbd>
      )}
    </>
  )
}
