import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useFormContext } from 'react-hook-form'

import { elasticIpsQuery, privateNetworksQuery } from '../../../../api/queries.ts'
import { ListState } from '../../../../components/ListState.tsx'
import { Checkbox } from '../../../../ui/Checkbox.tsx'
import { Field } from '../../../../ui/Field.tsx'
import { TextInput } from '../../../../ui/TextInput.tsx'
import { FieldGroup } from '../FieldGroup.tsx'
import { toggled } from '../toggled.ts'
import { useChosen, useCreateField } from '../use-create-form.ts'
import { fieldId, type CreateValues } from '../values.ts'

/** Networks attached after the creation; one with an address range can assign an address. */
export function PrivateNetworksField() {
  const { t } = useLingui()
  const { zone } = useChosen()
  const { value, error, set } = useCreateField('privateNetworks')
  const several = useCreateField('count').value > 1
  const query = useQuery(privateNetworksQuery(zone))
  return (
    <FieldGroup
      field="privateNetworks"
      legend={t`Private networks`}
      error={error}
      hint={t`Attached after the instance is created, even if you close this page.`}
    >
      <ListState query={query} empty={t`No private networks in this zone`}>
        {(networks) => (
          <div className="grid gap-1">
            {networks.map(({ id, name, description, ...range }) => {
              const network = name ?? id
              const chosen = value.find((one) => one.id === id)
              const { 'start-ip': start, 'end-ip': end } = range
              return (
                <div key={id}>
                  <Checkbox
                    checked={chosen !== undefined}
                    onChange={() =>
                      set(
                        chosen
                          ? value.filter((one) => one !== chosen)
                          : [...value, { id, ip: '' }],
                      )
                    }
                    label={<span translate="no">{network}</span>}
                    hint={
                      start ? (
                        <Trans>
                          Assigns IP addresses from {start} to {end}
                        </Trans>
                      ) : (
                        description
                      )
                    }
                  />
                  {chosen && start && !several && (
                    <Field
                      label={t`IP address in ${network}`}
                      hint={t`Leave empty to assign an available IP address automatically.`}
                      optional
                      className="ms-6 mt-1 max-w-72"
                    >
                      <TextInput
                        translate="no"
                        inputMode="decimal"
                        value={chosen.ip}
                        onChange={({ target }) =>
                          set(
                            value.map((one) =>
                              one.id === id ? { id, ip: target.value } : one,
                            ),
                          )
                        }
                      />
                    </Field>
                  )}
                </div>
              )
            })}
          </div>
        )}
      </ListState>
    </FieldGroup>
  )
}

export function ElasticIpsField() {
  const { t } = useLingui()
  const { zone } = useChosen()
  const { value, error, set } = useCreateField('elasticIps')
  const several = useCreateField('count').value > 1
  const query = useQuery(elasticIpsQuery(zone))
  return (
    <FieldGroup
      field="elasticIps"
      legend={t`Elastic IPs`}
      error={error}
      hint={
        several && value.length > 0
          ? t`All instances will share this IP address.`
          : query.data?.length === 0
            ? undefined
            : t`Attached after the instance is created. Several instances can share an elastic IP.`
      }
    >
      <ListState query={query} empty={t`No elastic IPs in this zone`}>
        {(addresses) => (
          <div className="grid gap-1">
            {addresses.map(({ id, ip, description }) => (
              <Checkbox
                key={id}
                checked={value.includes(id)}
                onChange={() => set(toggled(value, id))}
                label={<span translate="no">{ip ?? id}</span>}
                hint={description}
              />
            ))}
          </div>
        )}
      </ListState>
    </FieldGroup>
  )
}

/** The reverse DNS name; only a single instance with a public IP address can have one. */
export function ReverseDnsField() {
  const { t } = useLingui()
  const { register } = useFormContext<CreateValues>()
  const { error } = useCreateField('reverseDns')
  const several = useCreateField('count').value > 1
  const hasAddress = useCreateField('address').value !== 'none'
  if (several || !hasAddress) return null
  return (
    <div id={fieldId('reverseDns')}>
      <Field
        label={t`Reverse DNS`}
        optional
        error={error}
        hint={t`The domain name that the public IP address resolves to, for example web.example.net.`}
      >
        <TextInput {...register('reverseDns')} translate="no" className="max-w-96" />
      </Field>
    </div>
  )
}
