import { useLingui } from '@lingui/react/macro'
import { useFormContext } from 'react-hook-form'

import { CREATE_MAX, seriesNames } from '#contract/create.ts'

import { useInventory } from '../../../../api/inventory.ts'
import { formatNumber } from '../../../../components/format.ts'
import { zoneCity } from '../../../../components/zone-city.ts'
import { Card } from '../../../../ui/Card.tsx'
import { Field } from '../../../../ui/Field.tsx'
import { NumberInput } from '../../../../ui/NumberInput.tsx'
import { RadioCards } from '../../../../ui/RadioCards.tsx'
import { TextInput } from '../../../../ui/TextInput.tsx'
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

/** The number of identical instances, and their names. */
function CountField() {
  const { t } = useLingui()
  const { register } = useFormContext<CreateValues>()
  const { value, error } = useCreateField('count')
  const name = useCreateField('name').value.trim()
  const names = name && value > 1 && value <= CREATE_MAX ? seriesNames(name, value) : []
  const [first, last] = [names[0], names.at(-1)]
  const most = formatNumber(CREATE_MAX)
  return (
    <div id={fieldId('count')}>
      <Field
        label={t`Number of instances`}
        error={error}
        hint={first ? t`${first} to ${last}` : t`Up to ${most} identical instances`}
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
        <div className="grid items-start gap-x-6 gap-y-3 sm:grid-cols-[minmax(0,24rem)_minmax(0,1fr)]">
          <NameField />
          <CountField />
        </div>
        <ZoneField />
      </div>
    </Card>
  )
}
