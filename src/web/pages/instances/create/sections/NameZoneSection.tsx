import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useFormContext } from 'react-hook-form'

import { CREATE_MAX, seriesNames } from '#contract/create.ts'

import { useInventory } from '../../../../api/inventory.ts'
import { quotasQuery } from '../../../../api/queries.ts'
import { formatNumber } from '../../../../components/format.ts'
import { zoneCity } from '../../../../components/zone-city.ts'
import { Card } from '../../../../ui/Card.tsx'
import { Field } from '../../../../ui/Field.tsx'
import { NumberInput } from '../../../../ui/NumberInput.tsx'
import { RadioCards } from '../../../../ui/RadioCards.tsx'
import { Skeleton } from '../../../../ui/Skeleton.tsx'
import { TextInput } from '../../../../ui/TextInput.tsx'
import { instanceRoom } from '../instance-room.ts'
import { useCreateField } from '../use-create-form.ts'
import { fieldId, type CreateValues } from '../values.ts'
import { useNameDoubt } from '../warnings.tsx'

function NameField() {
  const { t } = useLingui()
  const { register } = useFormContext<CreateValues>()
  const { value, error } = useCreateField('name')
  const doubt = useNameDoubt()
  const hint = () => {
    if (!value.trim()) return t`Leave empty to generate a name.`
    return doubt ?? t`Also used as the hostname.`
  }
  return (
    <div id={fieldId('name')}>
      <Field label={t`Name`} hint={hint()} error={error}>
        <TextInput {...register('name')} translate="no" className="max-w-96" />
      </Field>
    </div>
  )
}

/** How many instances there can be, and why not more. */
function useCountWords(count: number) {
  const { t } = useLingui()
  const { data, isPending } = useQuery(quotasQuery(useCreateField('zone').value))
  const most = formatNumber(CREATE_MAX)
  const room = instanceRoom(data)
  const free = room?.free ?? CREATE_MAX
  const limit = formatNumber(room?.limit ?? 0)
  const usage = formatNumber(room?.usage ?? 0)
  const wanted = Number.isInteger(count) ? count : 1
  const isFewer = room !== undefined && free < CREATE_MAX
  const fewer = t`${plural(free, {
    one: `Up to # instance: your organization has ${usage} of at most ${limit}.`,
    other: `Up to # identical instances: your organization has ${usage} of at most ${limit}.`,
  })}`
  const tooMany = t`Vedette creates at most ${most} instances at once. Enter a number from 1 to ${most}.`
  return {
    error: wanted > CREATE_MAX ? (isFewer ? `${tooMany} ${fewer}` : tooMany) : undefined,
    // A limit may have been raised since it was read, so the zone decides.
    doubt:
      room && wanted > free
        ? t`${plural(free, {
            0: `Your organization’s limit of ${limit} instances is reached, so the zone will probably reject this.`,
            one: `Your organization has ${usage} of at most ${limit} instances, so the zone will probably create only # more.`,
            other: `Your organization has ${usage} of at most ${limit} instances, so the zone will probably create only # more.`,
          })}`
        : undefined,
    limit: isPending ? (
      <Skeleton className="h-lh w-48" />
    ) : isFewer ? (
      fewer
    ) : (
      t`Up to ${most} identical instances`
    ),
  }
}

/** The number of identical instances, and their names. */
function CountField() {
  const { t } = useLingui()
  const { register } = useFormContext<CreateValues>()
  const { value, error } = useCreateField('count')
  const name = useCreateField('name').value.trim()
  const names = name && value > 1 && value <= CREATE_MAX ? seriesNames(name, value) : []
  const [first, last] = [names[0], names.at(-1)]
  const words = useCountWords(value)
  return (
    <div id={fieldId('count')}>
      <Field
        label={t`Number of instances`}
        error={words.error ?? error}
        hint={words.doubt ?? (first ? t`${first} to ${last}` : words.limit)}
      >
        <NumberInput
          min={1}
          max={CREATE_MAX}
          className="max-w-24"
          {...register('count', { valueAsNumber: true })}
        />
      </Field>
    </div>
  )
}

function ZoneField() {
  const { t } = useLingui()
  const zones = useInventory((state) => state.zones)
  const { value, error, set } = useCreateField('zone')
  return (
    <div id={fieldId('zone')}>
      <RadioCards
        legend={t`Zone`}
        value={value}
        onChange={set}
        columns={3}
        error={error}
        options={zones.map(({ zone, status }) => ({
          value: zone,
          label: zoneCity(zone),
          description: <code translate="no">{zone}</code>,
          disabledReason: status === 'down' ? t`Not responding right now` : null,
        }))}
      />
    </div>
  )
}

/** The name of the instance, and the zone that it runs in. */
export function NameZoneSection() {
  const { t } = useLingui()
  return (
    <Card title={t`Name and zone`}>
      <div className="grid gap-3">
        <div className="grid items-start gap-x-6 gap-y-3 sm:grid-cols-2">
          <NameField />
          <CountField />
        </div>
        <ZoneField />
      </div>
    </Card>
  )
}
