/** Goes from one instance's screen to the next without the list in between. */
import { Trans, useLingui } from '@lingui/react/macro'
import { ArrowLeftRight } from 'lucide-react'
import { useMemo, useState } from 'react'

import { isRunning } from '#contract/lifecycle.ts'

import { useInventory, type Row } from '../api/inventory.ts'
import { compareText } from '../components/format.ts'
import { shortId, useIsNamesake } from '../components/namesakes.ts'
import { ZoneName } from '../components/ZoneName.tsx'
import { ScreenLink, useOpenScreen } from '../screen/ScreenLink.tsx'
import { PopoverButton } from '../ui/PopoverButton.tsx'
import { TextInput } from '../ui/TextInput.tsx'

const nameOf = (row: Row) => row.name ?? row.id

/** Every running instance by its name. */
function useRunning(): Row[] {
  const rows = useInventory((state) => state.rows)
  return useMemo(
    () =>
      [...rows.values()]
        .filter(({ state }) => isRunning(state))
        .toSorted((a, b) => compareText(nameOf(a), nameOf(b))),
    [rows],
  )
}

/** Goes to the next or previous running instance; after the last comes the first. */
export function useNeighbours(row: Row | undefined): { next(): void; previous(): void } {
  const running = useRunning()
  const openScreen = useOpenScreen()
  const go = (step: number) => {
    const at = running.findIndex(({ key }) => key === row?.key)
    const other = running[(at + step + running.length) % running.length]
    if (other && other.key !== row?.key) openScreen(other)
  }
  return { next: () => go(1), previous: () => go(-1) }
}

const mostShown = 50

function Choice({ row }: { row: Row | undefined }) {
  const { t } = useLingui()
  const [text, setText] = useState('')
  const running = useRunning()
  const isNamesake = useIsNamesake()
  const wanted = text.trim().toLowerCase()
  const found = running.filter((one) => nameOf(one).toLowerCase().includes(wanted))
  return (
    <div className="grid w-72 max-w-full gap-2">
      <TextInput
        type="search"
        aria-label={t`Search running instances`}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <ul className="ui-scroll max-h-80 overflow-auto">
        {found.slice(0, mostShown).map((one) => (
          <li key={one.key}>
            <ScreenLink
              row={one}
              aria-current={one.key === row?.key ? 'page' : undefined}
              className="flex min-h-8 items-center gap-2 rounded-md px-2 text-sm no-underline hover:bg-hover aria-[current]:bg-selected pointer-coarse:min-h-11"
            >
              <bdi translate="no" className="min-w-0 grow truncate">
                {nameOf(one)}
              </bdi>
              <span className="text-xs text-muted">
                {isNamesake(one) && <code translate="no">{shortId(one.id)} </code>}
                <ZoneName zone={one.zone} />
              </span>
            </ScreenLink>
          </li>
        ))}
      </ul>
      {found.length === 0 && (
        <p className="text-sm text-muted">
          <Trans>No running instances match this name</Trans>
        </p>
      )}
    </div>
  )
}

export function OtherScreens({ row }: { row: Row | undefined }) {
  const { t } = useLingui()
  return (
    <PopoverButton
      label={t`Other consoles`}
      word={t`Other consoles`}
      title={t`Running instances`}
      icon={<ArrowLeftRight />}
      variant="ghost"
      size="sm"
      content={<Choice row={row} />}
    />
  )
}
