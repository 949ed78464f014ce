import { useLingui } from '@lingui/react/macro'

import type { ScenarioId } from '#contract/sandbox/scenario.ts'

type Words = {
  title: string
  /** The goal in one sentence. */
  goal: string
  hint: string
  /** How long it takes, in minutes. */
  minutes: number
  /** Where it begins. */
  to: string
}

export function useScenarioWords(): Record<ScenarioId, Words> {
  const { t } = useLingui()
  return {
    'first-server': {
      title: t`Your first instance`,
      goal: t`Create an instance and wait until it is running.`,
      hint: t`Select New instance. The form already has a name, a size and an operating system.`,
      minutes: 2,
      to: '/',
    },
    'scale-and-back': {
      title: t`Larger for an hour`,
      goal: t`Give web-01 a larger size, then change it back to standard.medium and let it run.`,
      hint: t`Open web-01 and select Change size… in More actions. Vedette stops and starts it for you.`,
      minutes: 3,
      to: '/instances?q=web-01',
    },
    'update-broke-it': {
      title: t`An update breaks web-01`,
      goal: t`Revert web-01 to a snapshot from before the update, and let it run.`,
      hint: t`The screen of web-01 shows what failed. Open its snapshots, and select Revert to snapshot… in the menu of the last one.`,
      minutes: 3,
      to: '/instances?q=web-01',
    },
    'does-not-boot': {
      title: t`web-02 doesn’t boot`,
      goal: t`Repair the disk of web-02 in rescue mode, and boot from the disk again.`,
      hint: t`Stop web-02, then select Start in rescue mode… in More actions. On its screen, type repair-boot, then reboot.`,
      minutes: 4,
      to: '/instances?q=web-02',
    },
    'wrong-one-deleted': {
      title: t`Someone deleted web-03`,
      goal: t`Find out who deleted web-03, then create an instance named web-03 in Zurich again.`,
      hint: t`Activity shows what was deleted, and by whom. The size and labels of web-04 are those that web-03 had.`,
      minutes: 3,
      to: '/activity/events',
    },
    'zone-dark': {
      title: t`Zurich stops responding`,
      goal: t`Start web-standby in Frankfurt, which can take over while Zurich doesn’t respond.`,
      hint: t`The list still has the instances of Zurich as they were last. Search for web-standby and select Start.`,
      minutes: 2,
      to: '/instances',
    },
    'limit-full': {
      title: t`A limit is reached`,
      goal: t`Make room for one more snapshot, then take a snapshot of shop-db-01.`,
      hint: t`old-wiki has many old snapshots. Delete one of them, then select Take snapshot… on shop-db-01.`,
      minutes: 2,
      to: '/limits',
    },
  }
}
