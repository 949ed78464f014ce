import { useLingui } from '@lingui/react/macro'

import type { BootState } from '#contract/sandbox/scenario.ts'

import { useTourTitles } from '../../components/sandbox/tour-words.ts'
import type { TourStep } from '../../stores/tour.ts'

/** What a step is called, and the one thing to do in it. */
export function useStepWords(
  name: string,
  boot: BootState | undefined,
): Record<TourStep, { title: string; what: string }> {
  const { t } = useLingui()
  const titles = useTourTitles()
  return {
    create: {
      title: titles.create,
      what: t`Select New instance. The form already has a name, a size and an operating system.`,
    },
    start: {
      title: titles.start,
      what: t`The state of ${name} changes from Starting to Running. You don’t have to reload the page.`,
    },
    screen: {
      title: titles.screen,
      what: t`Select Console on the page of ${name}. You see what a monitor would show.`,
    },
    snapshot: {
      title: titles.snapshot,
      what: t`Open Snapshots on the page of ${name}, select Take snapshot…, then wait until the snapshot is ready.`,
    },
    break: {
      title: titles.break,
      what:
        boot === 'damaged'
          ? t`The kernel is deleted, but ${name} still runs. Select Reboot to see what happens.`
          : t`Log in on the screen of ${name} with any password, and enter this command. It deletes the kernel.`,
    },
    revert: {
      title: titles.revert,
      what: t`${name} doesn’t boot anymore. Select Revert to snapshot… in the menu of the snapshot.`,
    },
  }
}
