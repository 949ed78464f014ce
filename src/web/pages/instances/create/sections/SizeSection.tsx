import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { diskCeilingGib, GIB, typeName } from '#contract/limits.ts'
import type { InstanceType } from '#contract/types.ts'
import { zoneCity } from '#contract/zones.ts'

import { typesQuery } from '../../../../api/queries.ts'
import { ListState } from '../../../../components/ListState.tsx'
import {
  typeGroup,
  typeGroups,
  typeRefusal,
  typesOfGroup,
} from '../../../../instance/type-families.ts'
import { Card } from '../../../../ui/Card.tsx'
import { RadioCards } from '../../../../ui/RadioCards.tsx'
import { Segments } from '../Segments.tsx'
import { useChosen, useCreateField } from '../use-create-form.ts'
import { fieldId } from '../values.ts'

function TypeList({ types }: { types: InstanceType[] }) {
  const { t } = useLingui()
  const { value, error, set } = useCreateField('type')
  const { zone, type: chosen } = useChosen()
  const [picked, setPicked] = useState<string>()
  const groups = typeGroups(types)
  const wanted = picked ?? (chosen && typeGroup(chosen)) ?? ''
  const group = groups.includes(wanted) ? wanted : (groups[0] ?? '')
  const city = zoneCity(zone)

  const words: Record<string, [label: string, purpose: string]> = {
    standard: [t`Standard`, t`Balanced. A good choice for most workloads.`],
    cpu: [t`CPU`, t`More cores per GiB of memory. For computing, builds and encoding.`],
    memory: [t`Memory`, t`More memory per core. For databases and caches.`],
    storage: [t`Storage`, t`For large disks.`],
    gpu: [t`GPU`, t`With GPUs. For machine learning and rendering.`],
  }
  const why = (type: InstanceType) => {
    const refusal = typeRefusal(type, zone)
    if (refusal === 'not-in-zone') return t`Not available in ${city}.`
    if (refusal)
      return t`Not enabled for your organization. Ask Exoscale support to enable it.`
    return null
  }
  const ceiling = (type: InstanceType) => {
    const gib = diskCeilingGib(type)
    return gib ? t`Up to ${gib} GiB disk` : undefined
  }
  const numbers = ({ cpus, memory, gpus }: InstanceType) =>
    [cpus && `${cpus} vCPU`, memory && `${memory / GIB} GiB`, gpus && t`${gpus} GPU`]
      .filter(Boolean)
      .join(' · ')
  return (
    <>
      <Segments
        label={t`Family`}
        value={group}
        onChange={setPicked}
        options={groups.map((one) => ({ value: one, label: words[one]?.[0] ?? one }))}
      />
      {words[group] && <p className="text-sm text-muted">{words[group][1]}</p>}
      <RadioCards
        legend={t`Size`}
        hideLegend
        columns={2}
        value={value}
        onChange={set}
        error={error}
        options={typesOfGroup(types, group).map((type) => ({
          value: type.id,
          label: <span translate="no">{typeName(type)}</span>,
          aside: <span className="tabular-nums">{numbers(type)}</span>,
          description: ceiling(type),
          disabledReason: why(type),
        }))}
      />
    </>
  )
}

/** How many cores, how much memory; what can't be had is shown with the reason. */
export function SizeSection() {
  const { t } = useLingui()
  const { zone } = useChosen()
  const types = useQuery(typesQuery(zone))
  return (
    <Card title={t`Size`}>
      <div id={fieldId('type')} className="grid gap-3">
        <ListState query={types} empty={t`No sizes available in this zone`}>
          {(list) => <TypeList types={list} />}
        </ListState>
      </div>
    </Card>
  )
}
