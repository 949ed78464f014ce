/** What the form warns of. Sections show it beside their fields, and Review repeats all of it. */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useQueries } from '@tanstack/react-query'

import { CREATE_MAX, seriesNames } from '#contract/create.ts'
import { ANTI_AFFINITY_MAX, diskCeilingGib, typeName } from '#contract/limits.ts'

import { useInventory } from '../../../api/inventory.ts'
import { antiAffinityGroupsQuery } from '../../../api/queries.ts'
import { formatNumber } from '../../../components/format.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { useAccess } from './access/use-access.ts'
import { isHostName } from './friendly-name.ts'
import { useChosen, useCreateField } from './use-create-form.ts'

/** Why the name may not be what the person wants. */
export function useNameDoubt(): string | undefined {
  const { t } = useLingui()
  const name = useCreateField('name').value.trim()
  const zone = useCreateField('zone').value
  const rows = useInventory((state) => state.rows)
  const count = useCreateField('count').value
  const wanted = new Set(name ? seriesNames(name, Math.min(count || 1, CREATE_MAX)) : [])
  const taken = [...rows.values()].flatMap((row) =>
    row.zone === zone && row.name && wanted.has(row.name) ? row.name : [],
  )[0]
  if (taken)
    return t`Another instance in this zone already has the name ${taken}. Using the same name is allowed but can be confusing.`
  return name && !isHostName(name)
    ? t`Also used as the hostname. Lowercase letters, digits and hyphens work with every operating system.`
    : undefined
}

/** The disk is larger than what is documented for the size. */
export function DiskNotice() {
  const value = useCreateField('disk').value
  const { type } = useChosen()
  const ceiling = diskCeilingGib(type)
  if (!type || ceiling === undefined || !(value > ceiling)) return null
  const size = typeName(type)
  const ceilingGib = formatNumber(ceiling)
  return (
    <Banner kind="warning">
      <Trans>
        The documented maximum for {size} is {ceilingGib} GiB, so the zone may reject this.
      </Trans>
    </Banner>
  )
}

/** The consequence of choosing no SSH key, which depends on the template. */
export function NoKeyNotice() {
  const { template } = useChosen()
  const { makesKey } = useAccess()
  const keys = useCreateField('keys').value
  if (!template || makesKey || keys.length > 0) return null
  const { 'ssh-key-enabled': byKey, 'password-enabled': byPassword } = template
  if (byPassword) {
    return (
      <Banner kind="info">
        <Trans>
          A password is generated when the instance is created. You can view it on the
          instance’s page for 24 hours.
        </Trans>
      </Banner>
    )
  }
  return byKey && byPassword === false ? (
    <Banner kind="warning">
      <Trans>
        This template allows login only with an SSH key. Without one, no one can log in
        unless your user data sets up access.
      </Trans>
    </Banner>
  ) : null
}

/** Warns if anyone can try to log in over the network, or if no one can. */
export function LoginNotice() {
  const { reach, way, opensLogin, families } = useAccess()
  const { name, port } = way
  if (families.length === 0) return null
  if (reach === 'world') {
    return (
      <Banner kind="warning">
        <Trans>
          {name} (port {port}) is open to the internet, so anyone can try to log in.
        </Trans>
      </Banner>
    )
  }
  return reach === 'no' && !opensLogin ? (
    <Banner kind="warning">
      <Trans>
        None of these security groups allows {name} (port {port}). You can still use the
        console.
      </Trans>
    </Banner>
  ) : null
}

/**
 * Members of a group in all zones: each zone returns only its own
 * (docs/platform.md#anti-affinity-groups).
 */
export function useMembers(): (groupId: string) => number {
  const zones = useInventory((state) => state.zones)
  const lists = useQueries({
    queries: zones.map(({ zone }) => antiAffinityGroupsQuery(zone)),
  })
  return (groupId) =>
    lists.reduce((sum, { data }) => {
      const group = data?.find(({ id }) => id === groupId)
      return sum + (group?.instances?.length ?? 0)
    }, 0)
}

/** Whether fewer instances fit in a group than are wanted. */
export function useSpreadDoubt(): (groupId: string) => string | undefined {
  const { t } = useLingui()
  const membersOf = useMembers()
  const count = useCreateField('count').value || 1
  return (groupId) => {
    const free = Math.max(0, ANTI_AFFINITY_MAX - membersOf(groupId))
    if (count <= free) return undefined
    return t`${plural(free, {
      0: `None of these ${count} instances fit in this group. The zone will reject them.`,
      one: `Only # of these ${count} instances fits in this group. The zone will reject the others.`,
      other: `Only # of these ${count} instances fit in this group. The zone will reject the others.`,
    })}`
  }
}
