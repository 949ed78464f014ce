import { useLingui } from '@lingui/react/macro'
import { useFormContext } from 'react-hook-form'

import { zoneCity } from '#contract/zones.ts'

import { useInventory } from '../../../../api/inventory.ts'
import { Card } from '../../../../ui/Card.tsx'
import { Field } from '../../../../ui/Field.tsx'
import { RadioCards } from '../../../../ui/RadioCards.tsx'
import { TextInput } from '../../../../ui/TextInput.tsx'
import { isHostName } from '../friendly-name.ts'
import { useCreateField } from '../use-create-form.ts'
import { fieldId, type CreateValues } from '../values.ts'

function NameField() {
  const { t } = useLingui()
  const { register } = useFormContext<CreateValues>()
  const { value, error } = useCreateField('name')
  const zone = useCreateField('zone').value
  const rows = useInventory((state) => state.rows)
  const name = value.trim()
  const taken =
    name !== '' && [...rows.values()].some((row) => row.zone === zone && row.name === name)
  const hint = () => {
    if (!name) return t`Left empty, the zone gives it a name.`
    if (taken)
      return t`Another instance here has this name. That is allowed, but confusing.`
    if (!isHostName(name))
      return t`It becomes the host name: lower-case letters, digits and hyphens work everywhere.`
    return t`It becomes the host name.`
  }
  return (
    <div id={fieldId('name')}>
      <Field label={t`Name`} hint={hint()} error={error}>
        <TextInput {...register('name')} translate="no" className="max-w-96" />
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
          disabledReason: status === 'down' ? t`It does not answer at the moment.` : null,
        }))}
      />
    </div>
  )
}

/** What it is called and where it will be. */
export function NameZoneSection() {
  const { t } = useLingui()
  return (
    <Card title={t`Name and zone`}>
      <div className="grid gap-3">
        <NameField />
        <ZoneField />
      </div>
    </Card>
  )
}
