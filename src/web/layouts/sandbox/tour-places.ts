/** Finds the control of a step on the page that is shown, or the way to a page that has it. */
import type { BootState } from '#contract/sandbox/scenario.ts'

import type { Tour, TourStep } from '../../stores/tour.ts'

type Place = {
  /** CSS selectors of controls; the first that is visible gets the ring. */
  selectors: string[]
  /** A page that has the control. */
  to: string
}

/** Where someone does a step. */
export function placeOf(step: TourStep, tour: Tour, boot: BootState | undefined): Place {
  const { instance } = tour
  const base = instance ? `/instances/${instance.zone}/${instance.id}` : '/instances'
  const row = `main a[href="${base}"]`
  switch (step) {
    case 'create':
      return {
        selectors: ['main form button[type=submit]', 'main a[href="/instances/new"]'],
        to: '/',
      }
    case 'start':
      return { selectors: ['main [data-tour=state]', row], to: base }
    case 'screen':
      return {
        selectors: ['[data-connection]', `main a[href="${base}/console"]`, row],
        to: base,
      }
    case 'snapshot':
      return {
        selectors: ['main [data-tour=snapshot]', `main a[href="${base}/snapshots"]`, row],
        to: `${base}/snapshots`,
      }
    case 'break':
      return boot === 'damaged'
        ? { selectors: ['main [data-tour=reboot]', row], to: base }
        : {
            selectors: ['[data-connection]', `main a[href="${base}/console"]`, row],
            to: `${base}/console`,
          }
    case 'revert':
      return {
        selectors: [
          'main [data-tour=snapshot-menu] button',
          `main a[href="${base}/snapshots"]`,
          row,
        ],
        to: `${base}/snapshots`,
      }
  }
}

/** The first of these controls that is on the page, unless a dialog lies over it. */
export function findControl(selectors: readonly string[]): Element | undefined {
  if (document.querySelector('[role=dialog],[role=alertdialog]')) return undefined
  for (const selector of selectors)
    for (const found of document.querySelectorAll(selector))
      if (found.checkVisibility()) return found
  return undefined
}
