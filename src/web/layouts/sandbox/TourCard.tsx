/**
 * The card of the tour, beside the control of its step. It isn't modal: the page stays as usable as without it, and only the
 * real result leads to the next step. On a phone it is a sheet above the navigation.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { Link, useLocation } from 'react-router'

import type { FollowedOperation } from '#contract/operation.ts'

import { tourSteps, useTour, type Tour } from '../../stores/tour.ts'
import { announce } from '../../ui/announce.ts'
import { buttonClass } from '../../ui/button-class.ts'
import { Button } from '../../ui/Button.tsx'
import { Code } from '../../ui/Code.tsx'
import { toast } from '../../ui/toast.ts'
import { useMediaQuery } from '../../ui/use-media-query.ts'
import { placeOf } from './tour-places.ts'
import { cardWidth, spotFor, useAnchor, type Box, type Spot } from './use-anchor.ts'
import { useStepWords } from './use-step-words.ts'
import { useTourFacts } from './use-tour-facts.ts'

const offset = 3
/** How long after its start the tour may still be loading its card. */
const newMs = 5_000
/** From the sheet to the navigation below it, in CSS px. */
const sheetGap = 32
/** The line of a folded tray between the two, with its gap. */
const trayLine = 56
const breaking = 'rm /boot/vmlinuz'

function Ring({ box }: { box: Box }) {
  const by = offset + 2
  return (
    <div
      aria-hidden="true"
      data-tour-ring
      className="pointer-events-none fixed z-30 rounded-lg border-2 border-focus"
      style={{
        left: box.left - by,
        top: box.top - by,
        width: box.width + 2 * by,
        height: box.height + 2 * by,
      }}
    />
  )
}

function Progress({ step }: { step: number }) {
  return (
    <div aria-hidden="true" className="my-3 flex gap-1.5">
      {tourSteps.map((one, index) => (
        <span
          key={one}
          className={`h-1 flex-1 rounded-full border ${index <= step ? 'border-accent-fill bg-accent-fill' : 'border-control'}`}
        />
      ))}
    </div>
  )
}

/** F6 moves the focus into the card, and back to where it was. */
function useF6(card: { readonly current: HTMLElement | null }) {
  const before = useRef<HTMLElement | null>(null)
  // A screen takes keys as well, so this listens before it.
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'F6' || event.ctrlKey || event.altKey || event.metaKey) return
      const { current } = card
      if (!current) return
      event.preventDefault()
      event.stopPropagation()
      const { activeElement } = document
      if (current.contains(activeElement)) before.current?.focus()
      else {
        before.current = activeElement instanceof HTMLElement ? activeElement : null
        current.focus()
      }
    }
    addEventListener('keydown', onKeyDown, true)
    return () => removeEventListener('keydown', onKeyDown, true)
  }, [card])
}

/** The height that the card has, to find room for it. */
function useHeight(card: { readonly current: HTMLElement | null }): number {
  const [height, setHeight] = useState(180)
  useLayoutEffect(() => {
    const { current } = card
    if (!current) return
    const observer = new ResizeObserver(() => setHeight(current.offsetHeight))
    observer.observe(current)
    return () => observer.disconnect()
  }, [card])
  return height
}

/** Lets the page scroll as far as the sheet covers it, also when the focus moves there. */
function useRoom(height: number) {
  // `main` is the shell's, outside this component.
  useLayoutEffect(() => {
    const main = document.getElementById('main')
    if (!main || height === 0) return
    main.style.paddingBlockEnd = `${height + trayLine}px`
    main.style.scrollPaddingBlockEnd = `${height + trayLine + sheetGap}px`
    return () => {
      main.style.paddingBlockEnd = ''
      main.style.scrollPaddingBlockEnd = ''
    }
  }, [height])
}

function Arrow({ arrow }: { arrow: Spot['arrow'] }) {
  const side =
    arrow.side === 'top' ? '-top-1.5 border-s border-t' : '-bottom-1.5 border-e border-b'
  return (
    <span
      aria-hidden="true"
      className={`absolute size-3 rotate-45 bg-surface ${side}`}
      style={{ left: arrow.left - 6 }}
    />
  )
}

function Done({ onClose }: { onClose: () => void }) {
  return (
    <>
      <h2 className="text-base font-semibold">
        <Trans>Tour completed</Trans>
      </h2>
      <p className="mt-1 text-sm text-muted">
        <Trans>
          The instance boots again, as it did when you took the snapshot. Scenarios show
          more of what can happen.
        </Trans>
      </p>
      <div className="mt-3 flex flex-wrap justify-end gap-2">
        <Button variant="ghost" onClick={onClose}>
          <Trans>Close</Trans>
        </Button>
        <Link to="/scenarios" onClick={onClose} className={buttonClass()}>
          <Trans>Open scenarios</Trans>
        </Link>
      </div>
    </>
  )
}

type StepProps = {
  tour: Tour
  boot: ReturnType<typeof useTourFacts>['boot']
  failed: FollowedOperation | undefined
  /** Where the control is, if this page doesn't have it. */
  to: string | undefined
  onSkip: () => void
  onEnd: () => void
}

function Step({ tour, boot, failed, to, onSkip, onEnd }: StepProps) {
  const { t } = useLingui()
  const step = tourSteps[tour.step] ?? 'create'
  const name = tour.instance?.name ?? t`the instance`
  const { title, what } = useStepWords(name, boot)[step]
  const number = tour.step + 1
  const count = tourSteps.length
  useEffect(
    () => announce(t`Step ${number} of ${count}: ${title}`),
    [number, count, title, t],
  )
  const why = failed && (failed.message || failed.reason || '')
  return (
    <>
      <p className="text-xs text-muted tabular-nums">
        <Trans>
          Step {number} of {count}
        </Trans>
      </p>
      <h2 className="mt-1 text-base font-semibold">{title}</h2>
      {tour.lost && (
        <p className="mt-1 text-sm text-warning">
          <Trans>
            The instance of this tour was deleted, so the tour starts from step 1.
          </Trans>
        </p>
      )}
      {failed && (
        <p role="alert" className="mt-1 text-sm text-error">
          {why
            ? t`That failed: ${why}. Try again, or skip this step.`
            : t`That failed. Try again, or skip this step.`}
        </p>
      )}
      <p className="mt-1 text-sm text-muted">{what}</p>
      {step === 'break' && boot !== 'damaged' && (
        <Code block copy className="mt-2">
          {breaking}
        </Code>
      )}
      {to && (
        <Link to={to} className="mt-2 inline-block ui-link text-sm">
          {to === '/' ? t`Go to Overview` : t`Go to ${name}`}
        </Link>
      )}
      <Progress step={tour.step} />
      <div className="flex flex-wrap items-center justify-end gap-2">
        <Button variant="ghost" onClick={onSkip}>
          <Trans>Skip step</Trans>
        </Button>
        <Button onClick={onEnd}>
          <Trans>End tour</Trans>
        </Button>
      </div>
    </>
  )
}

function Card({ tour }: { tour: Tour }) {
  const { t } = useLingui()
  const setTour = useTour((state) => state.setTour)
  const { boot, failed } = useTourFacts(tour)
  const { pathname } = useLocation()
  const step = tourSteps[tour.step]
  const place = step && placeOf(step, tour, boot)
  const { isThere, box } = useAnchor(place?.selectors ?? [])
  const card = useRef<HTMLElement>(null)
  const height = useHeight(card)
  useF6(card)
  const { startedAt } = tour
  // The button that started the tour is gone. A reload leaves the focus where the page puts it, and who
  // has gone on to type keeps it.
  useEffect(() => {
    const isNew = Date.now() - startedAt < newMs
    const isUsed = document.activeElement?.closest('input,textarea,[role$=dialog]')
    if (isNew && !isUsed) card.current?.focus({ preventScroll: true })
  }, [startedAt])
  const isNarrow = useMediaQuery('(width < 40rem)')
  const view = { width: innerWidth, height: innerHeight }
  const spot = box && !isNarrow ? spotFor(box, { height }, view) : undefined
  const isElsewhere = place && !isThere && place.to !== pathname
  // A screen keeps its size.
  useRoom(isNarrow && !pathname.endsWith('/console') ? height : 0)
  const close = () => setTour({ ...tour, isOn: false })
  const end = () => {
    close()
    if (step)
      toast({
        kind: 'info',
        id: 'tour',
        title: t`Tour ended. You can continue the tour from Help.`,
      })
  }
  const shape = spot
    ? ''
    : // On a phone, the line of a folded tray is between the card and the navigation.
      'inset-x-2 bottom-18 max-sm:[:root:has([data-tray=folded])_&]:bottom-32 sm:start-18 sm:end-auto sm:bottom-4 sm:w-84 xl:start-56'
  return (
    <>
      {box && <Ring box={box} />}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape ends the tour from anywhere in its card */}
      <section
        ref={card}
        tabIndex={-1}
        aria-label={t`Tour`}
        aria-keyshortcuts="F6"
        onKeyDown={(event) => {
          if (event.key === 'Escape') end()
        }}
        className={`fixed z-30 rounded-lg bg-surface p-4 text-text shadow-float forced-colors:border ${shape}`}
        style={spot && { left: spot.left, top: spot.top, width: cardWidth }}
      >
        {spot && <Arrow arrow={spot.arrow} />}
        {step ? (
          <Step
            tour={tour}
            boot={boot}
            failed={failed}
            to={isElsewhere ? place.to : undefined}
            onSkip={() => setTour({ ...tour, step: tour.step + 1 })}
            onEnd={end}
          />
        ) : (
          <Done onClose={close} />
        )}
      </section>
    </>
  )
}

/** The tour where it is now; it lies over the page and is no part of it. */
export function TourCard() {
  const tour = useTour((state) => state.tour)
  return tour?.isOn ? createPortal(<Card tour={tour} />, document.body) : null
}
