/** The last step of the guided mode: all choices, each with the way back to its step. */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useFormContext, useWatch } from 'react-hook-form'

import { seriesNames } from '#contract/create.ts'
import { typeName } from '#contract/limits.ts'

import {
  antiAffinityGroupsQuery,
  elasticIpsQuery,
  privateNetworksQuery,
  securityGroupsQuery,
} from '../../../api/queries.ts'
import {
  formatBytes,
  formatGib,
  formatList,
  formatNumber,
} from '../../../components/format.ts'
import { zoneCity } from '../../../components/zone-city.ts'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { byteLength } from '../user-data/encoding.ts'
import { useAccess, useKeyMaker } from './access/use-access.ts'
import { useAllowed } from './own-labels.ts'
import { Quotas } from './Quotas.tsx'
import { ReviewWarnings } from './ReviewWarnings.tsx'
import { useChosen } from './use-create-form.ts'
import type { CreateValues } from './values.ts'

type Named = readonly { id: string; name?: string; ip?: string }[] | undefined

/** The names of what was chosen, as far as the zone has sent them. */
const namesIn = (list: Named, ids: readonly string[]) =>
  formatList(
    ids.map((id) => {
      const found = list?.find((one) => one.id === id)
      return found?.name ?? found?.ip ?? id
    }),
  )

function useValues(): CreateValues {
  const { control } = useFormContext<CreateValues>()
  // useWatch may leave out what no field has registered; the defaults have all of it.
  return useWatch({ control }) as CreateValues
}

type Row = [label: string, value: ReactNode]

function Rows({
  edit,
  rows,
  onEdit,
}: {
  /** The whole label of the button, which shows only its verb. */
  edit: string
  rows: Row[]
  onEdit: () => void
}) {
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
      <Button size="sm" aria-label={edit} onClick={onEdit}>
        <Trans>Edit</Trans>
      </Button>
    </div>
  )
}

function useNameRows(): Row[] {
  const { t } = useLingui()
  const values = useValues()
  const { zone } = useChosen()
  const name = values.name.trim()
  const names = seriesNames(name, values.count)
  const [first, last] = [names[0], names.at(-1)]
  const count = countOf(values)
  return [
    [t`Name`, count > 1 ? t`${first} to ${last}` : name || t`Generated automatically`],
    [t`Number of instances`, formatNumber(count)],
    [t`Zone`, zoneCity(zone)],
  ]
}

function useSizeRows(): Row[] {
  const { t } = useLingui()
  const values = useValues()
  const { type } = useChosen()
  const cpus = type?.cpus ?? 0
  const size = type ? typeName(type) : ''
  const memory = formatBytes(type?.memory ?? 0)
  const words = t`${plural(cpus, {
    one: `${size}: # core, ${memory} memory`,
    other: `${size}: # cores, ${memory} memory`,
  })}`
  return [
    [t`Size`, type?.cpus && type.memory ? words : size || t`Unknown`],
    [t`Disk`, formatGib(values.disk)],
  ]
}

function useAccessRows(): Row[] {
  const { t } = useLingui()
  const values = useValues()
  const { zone } = useChosen()
  const groups = useQuery(securityGroupsQuery(zone)).data
  const networks = useQuery(privateNetworksQuery(zone)).data
  const elasticIps = useQuery(elasticIpsQuery(zone)).data
  const addresses = {
    inet4: 'IPv4',
    dual: 'IPv4 + IPv6',
    none: t({ message: 'None', context: 'public IP address' }),
  }
  const networkIds = values.privateNetworks.map(({ id }) => id)
  const { makesKey, opensLogin, group, way } = useAccess()
  const { state: key } = useKeyMaker()
  const keys = [...values.keys, ...(makesKey ? [key.name || t`New SSH key`] : [])]
  const chosen = namesIn(groups, values.securityGroups) || t`default`
  const { name: wayName } = way
  const { network, name: groupName } = group ?? {}
  const rows: Row[] = [
    [t`SSH keys`, formatList(keys) || t({ message: 'None', context: 'empty list' })],
    [t`Public IP address`, addresses[values.address]],
    [
      t`Security groups`,
      formatList([chosen, ...(groupName === undefined ? [] : [groupName])]),
    ],
  ]
  if (opensLogin && network !== undefined)
    rows.push([t`Access over the network`, t`${wayName} from ${network}`])
  if (networkIds.length > 0) rows.push([t`Private networks`, namesIn(networks, networkIds)])
  if (values.elasticIps.length > 0)
    rows.push([t`Elastic IPs`, namesIn(elasticIps, values.elasticIps)])
  return rows
}

function useExtraRows(): Row[] {
  const { t } = useLingui()
  const allowed = useAllowed()
  const values = allowed(useValues())
  const { zone } = useChosen()
  const groups = useQuery(antiAffinityGroupsQuery(zone)).data
  const bytes = byteLength(values.userData)
  const shown = formatNumber(bytes)
  const none = t({ message: 'None', context: 'empty list' })
  const yes = (on: boolean) => (on ? t`Yes` : t`No`)
  const size = t`${plural(bytes, { one: `${shown} byte`, other: `${shown} bytes` })}`
  const labels = values.labels
    .filter(({ key }) => key.trim())
    .map(({ key, value }) => `${key.trim()}=${value}`)
  const rows: Row[] = [
    [t`Start after creation`, yes(values.start)],
    [t`Deletion protection`, yes(values.protect)],
    [t`User data`, bytes > 0 ? size : none],
    [t`Labels`, labels.join(', ') || none],
  ]
  if (values.antiAffinityGroups.length > 0)
    rows.push([t`Anti-affinity groups`, namesIn(groups, values.antiAffinityGroups)])
  return rows
}

const countOf = ({ count }: CreateValues) => (Number.isInteger(count) ? count : 1)

/** Lists all choices; Edit returns to the step of a choice. */
export function Review({ onStep }: { onStep: (step: number) => void }) {
  const { t } = useLingui()
  const { zone, template } = useChosen()
  const count = countOf(useValues())
  const steps: [edit: string, rows: Row[]][] = [
    [t`Edit name and zone`, useNameRows()],
    [t`Edit template`, [[t`Template`, template?.name ?? template?.id ?? '–']]],
    [t`Edit size`, useSizeRows()],
    [t`Edit access`, useAccessRows()],
    [t`Edit extras`, useExtraRows()],
  ]
  return (
    <>
      <ReviewWarnings />
      <Card title={t`Summary`}>
        <div className="divide-y divide-border">
          {steps.map(([edit, rows], index) => (
            <Rows key={edit} edit={edit} rows={rows} onEdit={() => onStep(index + 1)} />
          ))}
        </div>
        <div className="mt-4 grid max-w-80 gap-2">
          <Quotas zone={zone} count={count} />
        </div>
      </Card>
    </>
  )
}
