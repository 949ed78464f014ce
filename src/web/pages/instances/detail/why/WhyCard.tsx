/** Asks why an instance doesn't respond; the checks are made when the card is opened. */
import { Trans } from '@lingui/react/macro'
import { ChevronDown } from 'lucide-react'
import { lazy, Suspense, useEffect, useId, useRef, useState, type RefObject } from 'react'
import { useLocation } from 'react-router'

import { Card } from '../../../../ui/Card.tsx'
import { Contained } from '../../../../ui/Contained.tsx'
import { Skeleton } from '../../../../ui/Skeleton.tsx'
import { useInstance } from '../instance-context.ts'

const WhyChecks = lazy(async () => ({
  default: (await import('./WhyChecks.tsx')).WhyChecks,
}))

/** Stays free above the card that a link leads to. */
const anchorGapPx = 16

/** What is above may still grow for so long. */
const settlesMs = [50, 500, 1_500]

/** Only the page scrolls: `scrollIntoView` would also move what is around it. */
function bringToTop(card: Element): void {
  const page = card.closest('#main')
  if (!page) return
  const above = page.getBoundingClientRect().top + anchorGapPx
  page.scrollBy(0, card.getBoundingClientRect().top - above)
}

/** Scrolls to the card, which a link with `#why` leads to, until the person does something. */
function useAnchor(place: RefObject<HTMLDivElement | null>, isAsked: boolean, key: string) {
  // The page scrolls, and has the focus, outside React.
  useEffect(() => {
    // Each visit has a key, so that the same link leads here again.
    if (!isAsked || !key) return
    const off = new AbortController()
    const timers = settlesMs.map((ms, index) =>
      setTimeout(() => {
        const card = place.current
        if (!card || off.signal.aborted) return
        bringToTop(card)
        // A menu gives the focus back as it closes, so this comes after it.
        if (index === 0) card.focus({ preventScroll: true })
      }, ms),
    )
    const options = { signal: off.signal, capture: true, passive: true }
    for (const type of ['wheel', 'touchstart', 'pointerdown', 'keydown'])
      document.addEventListener(type, () => off.abort(), options)
    return () => {
      off.abort()
      for (const timer of timers) clearTimeout(timer)
    }
  }, [place, isAsked, key])
}

export function WhyCard() {
  const { name } = useInstance()
  const { hash, key } = useLocation()
  const place = useRef<HTMLDivElement>(null)
  const contentId = useId()
  const isAsked = hash === '#why'
  const [opened, setOpened] = useState<{ open: boolean; at: string }>()
  useAnchor(place, isAsked, key)
  // A link that leads here opens it again.
  const open = opened?.at === key ? opened.open : isAsked || (opened?.open ?? false)
  return (
    <div ref={place} tabIndex={-1} className="grid rounded-lg">
      <Card
        id="why"
        padded={open}
        title={
          <button
            type="button"
            aria-expanded={open}
            aria-controls={contentId}
            onClick={() => setOpened({ open: !open, at: key })}
            className="flex items-center gap-2 rounded-sm py-1 text-start pointer-coarse:min-h-11"
          >
            <span>
              <Trans>
                Why doesn’t <bdi translate="no">{name}</bdi> respond?
              </Trans>
            </span>
            <ChevronDown
              aria-hidden="true"
              size={16}
              className={`shrink-0 text-muted ${open ? 'rotate-180' : ''}`}
            />
          </button>
        }
      >
        <div id={contentId}>
          {open && (
            <Contained
              instead={
                <p className="text-sm text-muted">
                  <Trans>This part couldn’t be loaded. Reload the page to try again.</Trans>
                </p>
              }
            >
              <Suspense fallback={<Skeleton className="h-44 w-full rounded-lg" />}>
                <WhyChecks />
              </Suspense>
            </Contained>
          )}
        </div>
      </Card>
    </div>
  )
}
