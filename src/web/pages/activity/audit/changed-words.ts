/** Turns what an entry of the audit log says was changed into lines that people read. */
import { useLingui } from '@lingui/react/macro'

import { roles } from '#contract/endpoints.ts'

import { formatDateTime, formatList, formatNumber } from '../../../components/format.ts'
import { useRoleNames } from '../../../components/people/role-words.ts'

/** The names of what was changed; the technical one for what has none. */
export function useKeyWords(): (key: string) => string | undefined {
  const { t } = useLingui()
  return (key) => {
    const words: Record<string, string> = {
      name: t`Name`,
      names: t`Instances`,
      labels: t`Labels`,
      label: t`Label`,
      description: t`Description`,
      type: t({ message: 'Size', context: 'instance' }),
      'instance-type': t({ message: 'Size', context: 'instance' }),
      diskGib: t`Disk (GiB)`,
      'disk-size': t`Disk (GiB)`,
      size: t`Size (GiB)`,
      addresses: t`IP addresses`,
      'public-ip-assignment': t`IP addresses`,
      consistent: t`Application-consistent snapshots`,
      'application-consistent-snapshot-enabled': t`Application-consistent snapshots`,
      rescue: t`Rescue mode`,
      'rescue-profile': t`Rescue mode`,
      template: t`Template`,
      'ssh-key': t`SSH key`,
      'ssh-keys': t`SSH keys`,
      'security-group': t`Security group`,
      'security-groups': t`Security groups`,
      'private-networks': t`Private networks`,
      'elastic-ips': t`Elastic IPs`,
      group: t`Security group`,
      rule: t`Rule`,
      snapshotId: t`Snapshot`,
      volumeId: t`Volume`,
      part: t`Attached to`,
      steps: t`Planned steps`,
      text: t`Note`,
      role: t`Role`,
      disabled: t`Can’t sign in`,
      area: t`Limited to`,
      areaBefore: t`Limited to before`,
      everywhere: t`Everywhere`,
      'viewer.see': t`Viewers see screens`,
      'viewer.type': t`Viewers type and click`,
      'viewer.copy': t`Viewers copy text from screens`,
      'viewer.play': t`Viewers play recordings`,
      'operator.see': t`Operators see screens`,
      'operator.type': t`Operators type and click`,
      'operator.copy': t`Operators copy text from screens`,
      'operator.play': t`Operators play recordings`,
      fourEyes: t`Needs a second person`,
      request: t`Request`,
      format: t`Format`,
      from: t({ message: 'From', context: 'time' }),
      until: t`Until`,
      person: t`Person`,
      count: t`Count`,
      days: t`Days`,
      success: t`Done`,
      failure: t`Failed`,
      unknown: t`Unknown`,
      skipped: t`Skipped`,
      undoes: t`Undoes bulk action`,
      withheld: t`Other fields`,
      'user-data': t`User data`,
      thumbnail: t`Thumbnail`,
    }
    return words[key]
  }
}

const isMoment = (value: unknown): value is number =>
  typeof value === 'number' && value > 1e12

/** A value in words; ids and names stay as they are. */
export function useValueWords(
  /** What an id or an operation is called. */
  nameOf: (text: string) => string | undefined,
): (value: unknown, key: string) => string {
  const { t } = useLingui()
  const roleNames = useRoleNames()
  const words = (value: unknown, key: string): string => {
    if (value === undefined || value === null || value === '') return t`None`
    if (typeof value === 'boolean') return value ? t`Yes` : t`No`
    if ((key === 'from' || key === 'until') && isMoment(value)) return formatDateTime(value)
    if (typeof value === 'number') return formatNumber(value)
    if (typeof value === 'string') {
      const role = key === 'role' && roles.find((one) => one === value)
      return role ? roleNames[role] : (nameOf(value) ?? value)
    }
    if (Array.isArray(value))
      return value.length === 0
        ? t`None`
        : formatList(value.map((one: unknown) => words(one, key)))
    const members = Object.entries(value)
    if (members.length === 0) return t`None`
    const [only] = members
    if (members.length === 1 && only?.[0] === 'id') return words(only[1], key)
    return formatList(members.map(([name, one]) => `${name}: ${words(one, name)}`))
  }
  return words
}
