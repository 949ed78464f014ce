import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useFormContext, useWatch } from 'react-hook-form'

import { seriesNames } from '#contract/create.ts'
import { GIB, typeName } from '#contract/limits.ts'
import { zoneCity } from '#contract/zones.ts'

import {
  antiAffinityGroupsQuery,
  elasticIpsQuery,
  privateNetworksQuery,
  securityGroupsQuery,
} from '../../../api/queries.ts'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { byteLength } from '../user-data/encoding.ts'
import { Quotas } from './Quotas.tsx'
import { useChosen } from './use-create-form.ts'
import type { CreateValues } from './values.ts'

type Named = readonly { id: string; name?: string; ip?: string }[] | undefined

/** The names of what was chosen, as far as the zone has told them. */
const namesIn = (list: Named, ids: readonly string[]) =>
  ids
    .map((id) => {
      const found = list?.find((one) => one.id === id)
      return found?.name ?? found?.ip ?? id
    })
    .join(', ')

function Rows({
  step,
  title,
  rows,
  onStep,
}: {
  step: number
  title: string
  rows: [label: string, value: ReactNode][]
  onStep: (step: number) => void
}) {
  const { t } = useLingui()
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-4 py-3 first:pt-0 last:pb-0">
      <dl className="grid gap-1 text-sm">
        {rows.map(([label, value]) => (
          <div key={label} className="grid gap-x-4 sm:grid-cols-[10rem_minmax(0,1fr)]">
            <dt className="text-muted">{label}</dt>
            <dd className="break-words">{value}</dd>
          </div>
        ))}
      </dl>
      <Button size="sm" aria-label={t`Change ${title}`} onClick={() => onStep(step)}>
        <Trans>Edit</Trans>
      </Button>
    </div>
  )
}

/** Everything that was chosen, in words, each with the way back to it. */
export function Review({ onStep }: { onStep: (step: number) => void }) {
  const { t } = useLingui()
  const { control } = useFormContext<CreateValues>()
  // useWatch may leave out what no field has registered; the defaults have all of it.
  const values = useWatch({ control }) as CreateValues
  const { zone, template, type } = useChosen()
  const groups = useQuery(securityGroupsQuery(zone)).data
  const networks = useQuery(privateNetworksQuery(zone)).data
  const addresses = useQuery(elasticIpsQuery(zone)).data
  const spread = useQuery(antiAffinityGroupsQuery(zone)).data
  const none = t`None`
  const name = values.name.trim()
  const names = seriesNames(name, values.count)
  const [first, last] = [names[0], names.at(-1)]
  const memory = (type?.memory ?? 0) / GIB
  const cpus = type?.cpus ?? 0
  const bytes = byteLength(values.userData)
  const words = { inet4: 'IPv4', dual: 'IPv4 + IPv6', none }
  const yes = (on: boolean) => (on ? t`Yes` : t`No`)
  const city = zoneCity(zone)
  const count = Number.isInteger(values.count) ? values.count : 1
  return (
    <Card title={t`Summary`}>
      <div className="divide-y divide-border">
        <Rows
          step={1}
          title={t`name and zone`}
          onStep={onStep}
          rows={[
            [
              t`Name`,
              count > 1 ? t`${first} to ${last}` : name || t`Generated automatically`,
            ],
            [t`Number of instances`, count],
            [t`Zone`, city],
          ]}
        />
        <Rows
          step={2}
          title={t`template`}
          onStep={onStep}
          rows={[[t`Template`, template?.name ?? '–']]}
        />
        <Rows
          step={3}
          title={t`size`}
          onStep={onStep}
          rows={[
            [
              t`Size`,
              type ? t`${typeName(type)}: ${cpus} cores, ${memory} GiB memory` : '–',
            ],
            [t`Disk`, `${values.disk} GiB`],
          ]}
        />
        <Rows
          step={4}
          title={t`access`}
          onStep={onStep}
          rows={[
            [t`SSH keys`, values.keys.join(', ') || none],
            [t`Public IP address`, words[values.address]],
            [t`Security groups`, namesIn(groups, values.securityGroups) || t`default`],
            ...(values.privateNetworks.length > 0
              ? [
                  [
                    t`Private networks`,
                    namesIn(
                      networks,
                      values.privateNetworks.map(({ id }) => id),
                    ),
                  ] satisfies [string, ReactNode],
                ]
              : []),
            ...(values.elasticIps.length > 0
              ? [
                  [t`Elastic IPs`, namesIn(addresses, values.elasticIps)] satisfies [
                    string,
                    ReactNode,
                  ],
                ]
              : []),
          ]}
        />
        <Rows
          step={5}
          title={t`extras`}
          onStep={onStep}
          rows={[
            [t`Start after creation`, yes(values.start)],
            [t`Deletion protection`, yes(values.protect)],
            [t`User data`, bytes > 0 ? t`${bytes} bytes` : none],
            [
              t`Labels`,
              values.labels
                .filter(({ key }) => key.trim())
                .map(({ key, value }) => `${key.trim()}=${value}`)
                .join(', ') || none,
            ],
            ...(values.antiAffinityGroups.length > 0
              ? [
                  [
                    t`Anti-affinity groups`,
                    namesIn(spread, values.antiAffinityGroups),
                  ] satisfies [string, ReactNode],
                ]
              : []),
          ]}
        />
      </div>
      <div className="mt-4 grid max-w-80 gap-2">
        <Quotas zone={zone} count={count} />
      </div>
    </Card>
  )
}
