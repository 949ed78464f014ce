import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { diskCeilingGib, typeName } from '#contract/limits.ts'
import type { InstanceType } from '#contract/types.ts'

import { typesQuery } from '../../../../api/queries.ts'
import { dot, formatNumber } from '../../../../components/format.ts'
import { ListState } from '../../../../components/ListState.tsx'
import { zoneCity } from '../../../../components/zone-city.ts'
import { typeFacts } from '../../../../instance/type-facts.ts'
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
    standard: [
      t({ message: 'Standard', context: 'size family' }),
      t`Balanced. A good choice for most workloads.`,
    ],
    cpu: [t`CPU`, t`More cores per GiB of memory. For computing, builds and encoding.`],
    memory: [
      t({ message: 'Memory', context: 'size family' }),
      t`More memory per core. For databases and caches.`,
    ],
    storage: [t({ message: 'Storage', context: 'size family' }), t`For large disks.`],
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
    const most = diskCeilingGib(type)
    const gib = formatNumber(most ?? 0)
    return most ? t`Up to ${gib} GiB disk` : undefined
  }
  const numbers = (type: InstanceType) => {
    const { gpus = 0 } = type
    const cards = t`${plural(gpus, { one: '# GPU', other: '# GPUs' })}`
    return [typeFacts(type), gpus && cards].filter(Boolean).join(dot)
  }
  return (
    <>
      <Segments
        label={t({ message: 'Family', context: 'sizes' })}
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

/** Cores and memory of each size; sizes that can't be used are shown with the reason. */
export function SizeSection() {
  const { t } = useLingui()
  const { zone } = useChosen()
  const types = useQuery(typesQuery(zone))
  return (
    <Card title={t`Size`}>
      <div id={fieldId('type')} className="grid gap-3">
        <ListState
          query={types}
          empty={t`No sizes available in this zone`}
          height="h-220 sm:h-135 xl:h-127"
        >
          {(list) => <TypeList types={list} />}
        </ListState>
      </div>
    </Card>
  )
}
