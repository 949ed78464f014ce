/** Says what each check looks for and what it has found, and names the next step. */
import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'

import { formatDateTime, formatList, formatNumber } from '../../components/format.ts'
import { useEndpointWords } from '../../components/operation-words.ts'
import { useQuotaWords } from '../../components/quota-words.ts'
import { zoneCity } from '../../components/zone-city.ts'
import { fullShare, oldSnapshotMs, type CheckId, type Finding } from './findings.ts'

type Words = {
  /** What it is about. */
  title: string
  /** Where it is. */
  place: string
  /** What was found. */
  text: string
}

const days = oldSnapshotMs / (24 * 3_600_000)
const share = fullShare * 100

/** What a check looks for, and why it matters. */
export function useCheckWords(): Record<CheckId, { title: string; why: string }> {
  const { t } = useLingui()
  return {
    'zone-down': {
      title: t`Every zone responds`,
      why: t`While a zone doesn’t respond, what is shown of it is old, and its instances can’t be changed.`,
    },
    error: {
      title: t`No instance is in an error state`,
      why: t`An instance in an error state doesn’t leave it without someone doing something.`,
    },
    overdue: {
      title: t`No instance is starting or stopping for long`,
      why: t`Starting and stopping take seconds, rarely a few minutes.`,
    },
    'unfinished-change': {
      title: t`No change has ended before its last step`,
      why: t`A change of several steps may have left the instance stopped.`,
    },
    rescue: {
      title: t`No instance is in rescue mode`,
      why: t`In rescue mode an instance doesn’t run its own operating system.`,
    },
    'open-group': {
      title: t`No security group allows SSH or RDP from any IP address`,
      why: t`Programs that guess passwords try every IP address that accepts SSH or RDP, within minutes.`,
    },
    'old-snapshot': {
      title: t`Protected instances have a snapshot from the last ${days} days`,
      why: t`What is worth protecting from deletion is usually worth a way back.`,
    },
    limit: {
      title: t`No limit is more than ${share}% used`,
      why: t`At its limit, Exoscale rejects what would need more. Raising a limit takes a request to Exoscale support.`,
    },
  }
}

const nameOf = ({ name, id }: { name?: string; id: string }) => name ?? id

/** What a finding is about, and where that is. */
function useTitles(): (finding: Finding) => Pick<Words, 'title' | 'place'> {
  const { t } = useLingui()
  const quotaWords = useQuotaWords()
  return (finding) => {
    if ('row' in finding)
      return { title: nameOf(finding.row), place: zoneCity(finding.row.zone) }
    switch (finding.check) {
      case 'zone-down': {
        const { zone } = finding.health
        return { title: zoneCity(zone), place: zone }
      }
      case 'open-group': {
        const name = nameOf(finding.group)
        return { title: t`Security group ${name}`, place: zoneCity(finding.zone) }
      }
      case 'limit':
        return { title: quotaWords(finding.quota.resource).name, place: t`All zones` }
    }
  }
}

/** Since when an instance has been in its state. */
function useSinceWords(): (finding: Finding & { check: 'error' | 'overdue' }) => string {
  const { t } = useLingui()
  return ({ check, row, at }) => {
    if (at === undefined) return t`In an error state.`
    const moment = formatDateTime(at)
    const earlier = row.mark?.sinceEarlier
    if (check === 'error')
      return earlier
        ? t`In an error state since ${moment} or earlier.`
        : t`In an error state since ${moment}.`
    const what = { starting: t`Starting`, stopping: t`Stopping` }[row.state] ?? row.state
    return earlier ? t`${what} since ${moment} or earlier.` : t`${what} since ${moment}.`
  }
}

/** What was found. */
function useTexts(): (finding: Finding) => string {
  const { t } = useLingui()
  const quotaWords = useQuotaWords()
  const operationWords = useEndpointWords()
  const sinceWords = useSinceWords()
  return (finding) => {
    switch (finding.check) {
      case 'zone-down': {
        const { at, problem } = finding.health
        const moment = at === undefined ? '' : formatDateTime(at)
        if (moment) return t`Not responding. Last response: ${moment}.`
        return problem?.message ?? t`Not responding.`
      }
      case 'error':
      case 'overdue':
        return sinceWords(finding)
      case 'rescue':
        return t`In rescue mode, so the instance doesn’t run its own operating system.`
      case 'unfinished-change': {
        const { endpoint, endedAt, startedAt } = finding.chain
        const [change, moment] = [
          operationWords(endpoint),
          formatDateTime(endedAt ?? startedAt),
        ]
        return t`“${change}” ended before its last step, ${moment}.`
      }
      case 'old-snapshot': {
        const moment = finding.at === undefined ? '' : formatDateTime(finding.at)
        return moment
          ? t`Protected, but the last snapshot is from ${moment}.`
          : t`Protected, but without a snapshot.`
      }
      case 'open-group': {
        const { ways, rows } = finding
        const ports = formatList(ways.map(({ name, port }) => `${name} (TCP ${port})`))
        const count = formatNumber(rows.length)
        return t`${plural(rows.length, {
          one: `Any IP address can reach ${ports} on ${count} instance.`,
          other: `Any IP address can reach ${ports} on ${count} instances.`,
        })}`
      }
      case 'limit': {
        const { resource, usage, limit } = finding.quota
        const { format } = quotaWords(resource)
        const [used, most] = [format(usage), format(limit)]
        return usage >= limit
          ? t`${used} of ${most} used. More are rejected.`
          : t`${used} of ${most} used.`
      }
    }
  }
}

export function useFindingWords(): (finding: Finding) => Words {
  const titles = useTitles()
  const texts = useTexts()
  return (finding) => ({ ...titles(finding), text: texts(finding) })
}
