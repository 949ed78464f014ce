/** Greets people on their first visit of the sandbox, shows where they are, and offers the tour. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Link } from 'react-router'

import { useInventory } from '../../api/inventory.ts'
import { useStartTour } from '../../components/sandbox/start-tour.ts'
import { useTourTitles } from '../../components/sandbox/tour-words.ts'
import { zoneCity } from '../../components/zone-city.ts'
import { tourSteps, useTour } from '../../stores/tour.ts'
import { Button } from '../../ui/Button.tsx'
import { focusHome } from '../../ui/return-focus.ts'
import { stateGroups, type StateGroup } from '../instances/list/select-rows.ts'
import { statesByZone, type ZoneStates } from './states.ts'

const tones: Record<StateGroup, string> = {
  running: 'border-running bg-running',
  stopped: 'border-control',
  changing: 'border-transitional bg-transitional-tint',
  attention: 'border-error bg-error',
}
const most = 12

/** One small bar for each instance, up to twelve. */
function Bars({ counts }: { counts: ZoneStates['counts'] }) {
  const bars = stateGroups.flatMap((group) =>
    Array.from({ length: counts[group] }, () => group),
  )
  return (
    <span className="ms-auto flex gap-px">
      {bars.slice(0, most).map((group, index) => (
        <span
          // oxlint-disable-next-line react/no-array-index-key -- bars have no identity
          key={index}
          className={`h-3 w-1 rounded-xs border ${tones[group]}`}
        />
      ))}
    </span>
  )
}

/** A line to each zone, from the one that runs beside them all. */
const branch =
  'before:absolute before:end-full before:top-1/2 before:w-2 before:border-t before:border-control after:absolute after:-start-2.25 after:-top-1 after:-bottom-1 after:border-s after:border-control first:after:top-1/2 last:after:bottom-1/2 only:after:hidden'

/** Browser, Vedette, zones: the way of each request, with the instances that exist now. */
function Picture() {
  const { t } = useLingui()
  const rows = useInventory((state) => state.rows)
  const zones = useInventory((state) => state.zones)
  const box = 'rounded-md border border-control px-3 py-2 text-center text-sm font-medium'
  const line = <span className="h-px w-8 bg-control" />
  return (
    <div aria-hidden="true" className="flex shrink-0 items-center max-lg:hidden">
      <div className={`${box} bg-sunken`}>{t`Your browser`}</div>
      {line}
      <div className={`${box} border-accent bg-selected`}>
        Vedette
        <span className="block text-xs font-normal text-muted">{t`keeps the API key`}</span>
      </div>
      {line}
      <ul className="grid gap-1.5 ps-2">
        {statesByZone(rows.values(), zones).map(({ health, counts }) => (
          <li
            key={health.zone}
            className={`${box} ${branch} relative flex w-44 items-center gap-3 py-1`}
          >
            {zoneCity(health.zone)}
            <Bars counts={counts} />
          </li>
        ))}
      </ul>
    </div>
  )
}

const cardClass =
  'flex flex-wrap items-center justify-between gap-6 rounded-lg border bg-surface p-4 sm:p-6 print:hidden'

function Steps({ step }: { step: number }) {
  const { t } = useLingui()
  const titles = useTourTitles()
  return (
    <section
      aria-label={t`Two-minute tour`}
      className={`${cardClass} items-start! max-lg:flex-col lg:justify-start`}
    >
      <div className="max-w-72 max-lg:max-w-88">
        <h2 className="text-lg font-semibold">
          <Trans>Two-minute tour</Trans>
        </h2>
        <p className="mt-1 text-sm text-muted">
          <Trans>
            Six steps on the real pages of the sandbox. Each step waits until you have done
            it.
          </Trans>
        </p>
      </div>
      {/* In one column, so that the card of the first step, below its control at the end, covers none. */}
      <ol className="grid gap-y-2">
        {tourSteps.map((one, index) => (
          <li
            key={one}
            aria-current={index === step ? 'step' : undefined}
            className="flex items-center gap-2 text-sm text-muted aria-[current]:font-medium aria-[current]:text-text"
          >
            <span
              className={`flex size-5 shrink-0 items-center justify-center rounded-full border text-xs tabular-nums ${index === step ? 'border-transparent bg-accent-fill text-on-fill' : 'border-control'}`}
            >
              {index + 1}
            </span>
            {titles[one]}
            {index < step && (
              <span className="text-running">
                <Trans>Done</Trans>
              </span>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}

export function WelcomeCard() {
  const { t } = useLingui()
  const { tour, isWelcome, setWelcome } = useTour()
  const { start } = useStartTour()
  if (tour?.isOn) return <Steps step={tour.step} />
  if (!isWelcome) return null
  return (
    <section aria-label={t`Welcome`} className={`${cardClass} lg:flex-nowrap`}>
      <div className="max-w-136">
        <h2 className="text-lg font-semibold">
          <Trans>Welcome to Vedette</Trans>
        </h2>
        <p className="mt-1 text-muted">
          <Trans>
            Vedette shows all your Exoscale instances in one list, changes them, and opens
            their screens. This is a sandbox: nothing here is real, costs money, or can be
            damaged.
          </Trans>
        </p>
        <div className="mt-4 flex flex-wrap items-center gap-x-3 gap-y-2">
          <Button variant="primary" onClick={start}>
            <Trans>Take the two-minute tour</Trans>
          </Button>
          <Button
            onClick={() => {
              setWelcome(false)
              // The button that had the focus is gone.
              focusHome()
            }}
          >
            <Trans>Look around</Trans>
          </Button>
          <Link to="/scenarios" className="ui-link text-sm">
            <Trans>Scenarios</Trans>
          </Link>
        </div>
        <p className="mt-3 text-sm text-muted">
          <Trans>You can open this card again from Help.</Trans>
        </p>
      </div>
      <Picture />
    </section>
  )
}
