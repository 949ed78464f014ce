/** Filters the wall like the list, and sets how the screens are shown. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Pause, Play, ScanEye } from 'lucide-react'

import { Button } from '../../ui/Button.tsx'
import { FilterSelect } from '../../ui/FilterSelect.tsx'
import { Switch } from '../../ui/Switch.tsx'
import type { ListView } from '../instances/list/list-view.ts'
import { SearchBox, ZoneChoice, type Change } from '../instances/list/ListToolbar.tsx'
import type { Names } from '../instances/list/select-rows.ts'
import { periods, tileSizes, type TileSize, type WallView } from './wall-view.ts'

function SizeChoice({
  size,
  onChoose,
}: {
  size: TileSize
  onChoose: (size: TileSize) => void
}) {
  const { t } = useLingui()
  const words: Record<TileSize, [short: string, long: string]> = {
    s: [t`S`, t`Small`],
    m: [t`M`, t`Medium`],
    l: [t`L`, t`Large`],
    xl: [t`XL`, t`XL, extra large`],
  }
  return (
    <fieldset aria-label={t({ message: 'Size', context: 'tile' })} className="flex min-w-0">
      {tileSizes.map((one) => (
        <button
          key={one}
          type="button"
          aria-label={words[one][1]}
          aria-pressed={size === one}
          onClick={() => onChoose(one)}
          className="h-control min-w-9 border border-control px-2 text-sm text-muted not-first:-ms-px first:rounded-s-md last:rounded-e-md hover:bg-hover aria-pressed:z-1 aria-pressed:bg-selected aria-pressed:font-medium aria-pressed:text-text"
        >
          {words[one][0]}
        </button>
      ))}
    </fieldset>
  )
}

type WallToolbarProps = {
  list: ListView
  names: Names
  onList: Change
  view: WallView
  onView: (part: Partial<WallView>) => void
  /** Screenshots are taken automatically; otherwise there is a button for it. */
  automatic: boolean
  onLookAtAll: () => void
}

export function WallToolbar(props: WallToolbarProps) {
  const { list, names, onList, view, onView, automatic, onLookAtAll } = props
  const { t } = useLingui()
  return (
    <div className="flex flex-wrap items-start gap-2">
      <SearchBox view={list} onChange={onList} names={names} />
      <ZoneChoice zone={list.zone} onChange={onList} />
      {automatic ? (
        <>
          <FilterSelect
            aria-label={t`Refresh interval`}
            value={String(view.everySeconds)}
            onChoose={(next) => onView({ everySeconds: Number(next) })}
          >
            {periods.map((seconds) => (
              <option key={seconds} value={seconds}>
                {t`Every ${seconds} s`}
              </option>
            ))}
          </FilterSelect>
          <Button
            icon={view.paused ? <Play /> : <Pause />}
            onClick={() => onView({ paused: !view.paused })}
          >
            {view.paused ? <Trans>Resume</Trans> : <Trans>Pause</Trans>}
          </Button>
        </>
      ) : (
        <Button icon={<ScanEye />} onClick={onLookAtAll}>
          <Trans>Refresh visible screens</Trans>
        </Button>
      )}
      <SizeChoice size={view.size} onChoose={(size) => onView({ size })} />
      <Switch
        label={t`Blur screens`}
        checked={view.blurred}
        onChange={({ target }) => onView({ blurred: target.checked })}
        className="self-center"
      />
    </div>
  )
}
