import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'

import {
  askedCount,
  endedCount,
  type Job,
  type JobAction,
  type JobItem,
} from '#contract/job.ts'

import { dot, formatNumber } from '../../components/format.ts'
import { useCauseWords } from '../../components/problem-words.ts'
import { groupCounts, resultGroups, type ResultGroup, type WayRefusal } from './job-view.ts'

/** What is done with how many instances: a title, and the button that begins it. */
export function useJobTitle(): (action: JobAction, count: number) => string {
  const { t } = useLingui()
  return (action, count) => {
    const titles: Record<JobAction, string> = {
      start: t`${plural(count, { 0: 'Start instances', one: 'Start # instance', other: 'Start # instances' })}`,
      stop: t`${plural(count, { 0: 'Stop instances', one: 'Stop # instance', other: 'Stop # instances' })}`,
      reboot: t`${plural(count, {
        0: 'Reboot instances',
        one: 'Reboot # instance',
        other: 'Reboot # instances',
      })}`,
      snapshot: t`${plural(count, {
        0: 'Take snapshots',
        one: 'Take snapshot of # instance',
        other: 'Take snapshots of # instances',
      })}`,
      label: t`${plural(count, {
        0: 'Add label',
        one: 'Add label to # instance',
        other: 'Add label to # instances',
      })}`,
      'restore-labels': t`${plural(count, {
        0: 'Restore labels',
        one: 'Restore labels of # instance',
        other: 'Restore labels of # instances',
      })}`,
      protect: t`${plural(count, {
        0: 'Turn on protection',
        one: 'Turn on protection for # instance',
        other: 'Turn on protection for # instances',
      })}`,
      unprotect: t`${plural(count, {
        0: 'Turn off protection',
        one: 'Turn off protection for # instance',
        other: 'Turn off protection for # instances',
      })}`,
      delete: t`${plural(count, {
        0: 'Delete instances',
        one: 'Delete # instance',
        other: 'Delete # instances',
      })}`,
    }
    return titles[action]
  }
}

/** What will happen to the instances, in one sentence. */
export function useOutlookWords(): (action: JobAction, count: number) => string {
  const { t } = useLingui()
  return (action, count) => {
    const words: Record<JobAction, string> = {
      start: t`${plural(count, {
        one: '# instance will start.',
        other: '# instances will start.',
      })}`,
      stop: t`${plural(count, {
        one: '# instance will stop and go offline.',
        other: '# instances will stop and go offline.',
      })}`,
      reboot: t`${plural(count, {
        one: '# instance will reboot and be briefly offline.',
        other: '# instances will reboot and be briefly offline.',
      })}`,
      snapshot: t`${plural(count, {
        one: 'A snapshot of # instance will be taken.',
        other: 'Snapshots of # instances will be taken.',
      })}`,
      label: t`${plural(count, {
        one: '# instance will get this label. An existing label with the same key is replaced.',
        other:
          '# instances will get this label. Existing labels with the same key are replaced.',
      })}`,
      'restore-labels': t`${plural(count, {
        one: '# instance will get back the labels that it had before.',
        other: '# instances will get back the labels that they had before.',
      })}`,
      protect: t`${plural(count, {
        one: '# instance can’t be deleted until you turn off protection.',
        other: '# instances can’t be deleted until you turn off protection.',
      })}`,
      unprotect: t`${plural(count, {
        one: '# instance can be deleted again.',
        other: '# instances can be deleted again.',
      })}`,
      delete: t`${plural(count, {
        one: '# instance will be permanently deleted, with its disk and snapshots.',
        other: '# instances will be permanently deleted, with their disks and snapshots.',
      })}`,
    }
    return words[action]
  }
}

/** How many are in one group of results. */
export function useGroupWords(): (
  group: ResultGroup,
  count: number,
  state: Job['state'],
) => string {
  const { t } = useLingui()
  return (group, count, state) => {
    const words: Record<ResultGroup, string> = {
      failure: t`${plural(count, { one: '# failed', other: '# failed' })}`,
      unknown: t`${plural(count, { one: '# unknown', other: '# unknown' })}`,
      skipped: t`${plural(count, { one: '# skipped', other: '# skipped' })}`,
      active: t`${plural(count, { one: '# in progress', other: '# in progress' })}`,
      waiting:
        state === 'running'
          ? t`${plural(count, { one: '# waiting', other: '# waiting' })}`
          : t`${plural(count, { one: '# not sent', other: '# not sent' })}`,
      success: t`${plural(count, { one: '# done', other: '# done' })}`,
    }
    return words[group]
  }
}

/** All results as counts, the worst first: `2 failed · 78 done`. */
export function useCountsWords(): (job: Pick<Job, 'counts' | 'state'>) => string {
  const wordsOf = useGroupWords()
  return ({ counts, state }) => {
    const grouped = groupCounts(counts)
    return resultGroups
      .filter((group) => grouped[group] > 0)
      .map((group) => wordsOf(group, grouped[group], state))
      .join(dot)
  }
}

/** How far a job is, in one sentence. */
export function useProgressWords(): (
  job: Pick<Job, 'state' | 'counts' | 'total'>,
) => string {
  const { t } = useLingui()
  return ({ state, counts, total }) => {
    const all = formatNumber(total)
    if (state === 'stopped') {
      const sent = formatNumber(askedCount(counts))
      return t`${plural(total, {
        one: `Stopped. ${sent} of ${all} request was sent.`,
        other: `Stopped. ${sent} of ${all} requests were sent.`,
      })}`
    }
    const ended = formatNumber(endedCount(counts))
    return t`${ended} of ${all} complete`
  }
}

/** Why nothing can be stopped, retried or undone now. */
export function useWayWords(): (why: WayRefusal) => string {
  const { t } = useLingui()
  return (why) => {
    const words: Record<WayRefusal, string> = {
      'all-sent': t`All requests have already been sent.`,
      over: t`No requests are waiting to be sent.`,
      running: t`Wait until all requests are complete, or stop sending them.`,
      'none-failed': t`No requests have failed.`,
      final: t`You can’t undo this.`,
      'nothing-done': t`Nothing has changed, so you have nothing to undo.`,
      undone: t`The changes are already undone.`,
    }
    return words[why]
  }
}

/** What an undo would do. */
export function useJobUndoWords(): (undo: JobAction) => string | undefined {
  const { t } = useLingui()
  return (undo) => {
    const words: Partial<Record<JobAction, string>> = {
      start: t`Start the instances again`,
      stop: t`Stop the instances again (asks for confirmation)`,
      protect: t`Turn deletion protection back on`,
      unprotect: t`Turn deletion protection back off`,
      'restore-labels': t`Restore the previous labels`,
    }
    return words[undo]
  }
}

/** Why the result of an instance is what it is: Exoscale's own words, and Vedette's. */
export function useReasonOf(): (item: JobItem) => { said: string; own: string } {
  const causeWords = useCauseWords()
  return ({ problem, cause = problem?.cause, reason, message }) => {
    // Where the words are Vedette's, there is a cause, and the message says the same in English.
    if (cause) {
      const theirs = problem && !problem.cause ? problem.message : undefined
      return { said: reason ?? theirs ?? '', own: causeWords(cause) ?? message ?? '' }
    }
    const said = [reason, message ?? problem?.message].filter(Boolean).join(': ')
    return { said, own: '' }
  }
}
