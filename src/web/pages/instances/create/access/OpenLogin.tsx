import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useFormContext } from 'react-hook-form'

import type { OwnAddress } from '#contract/access/own-address.ts'

import { ownAddressQuery } from '../../../../api/queries.ts'
import { Banner } from '../../../../ui/Banner.tsx'
import { Checkbox } from '../../../../ui/Checkbox.tsx'
import { Field } from '../../../../ui/Field.tsx'
import { TextInput } from '../../../../ui/TextInput.tsx'
import { FieldGroup } from '../FieldGroup.tsx'
import { useCreateField } from '../use-create-form.ts'
import { fieldId, type CreateValues } from '../values.ts'
import type { Access } from './access.ts'
import { useAccess } from './use-access.ts'

/** Fills in the person's own address once, where the server sees one that the instance can see. */
function usePrefilled(families: Access['families']): OwnAddress | undefined {
  const { data } = useQuery(ownAddressQuery)
  const { getValues, setValue } = useFormContext<CreateValues>()
  const filled = useRef(false)
  // The server's answer comes later than the form.
  useEffect(() => {
    if (!data || !('address' in data) || filled.current) return
    if (!families.includes(data.family)) return
    filled.current = true
    if (getValues('loginFrom') === '') setValue('loginFrom', data.address)
  }, [data, families, getValues, setValue])
  return data
}

/** Where the address in the field comes from, or why the person has to enter it. */
function useAddressHint(own: OwnAddress | undefined, families: Access['families']): string {
  const { t } = useLingui()
  const value = useCreateField('loginFrom').value
  const look = t`To find your public IP address, search the web for “my IP address”.`
  if (!own) return look
  if ('address' in own) {
    const { address } = own
    if (!families.includes(own.family))
      return t`You opened Vedette from ${address}, but the instance gets no public IPv6 address. Enter your IPv4 address.`
    return value.trim() === address
      ? t`You opened Vedette from this IP address.`
      : t`You opened Vedette from ${address}.`
  }
  const why = {
    'same-computer': t`Vedette can’t see your public IP address, because you opened it locally.`,
    'local-network': t`Vedette can’t see your public IP address, because you opened it in a local network.`,
    proxy: t`Vedette can’t see your public IP address, because it’s behind a proxy.`,
  }
  return `${why[own.why]} ${look}`
}

/** Warns of a source from which more people can try than anyone means. */
export function WideNotice() {
  const { way, group } = useAccess()
  const { name, port } = way
  if (group?.kind === 'anywhere')
    return (
      <Banner kind="warning">
        <Trans>
          {name} (port {port}) is open to the internet, so anyone can try to log in.
        </Trans>
      </Banner>
    )
  if (group?.kind !== 'wide') return null
  const { network } = group
  return (
    <Banner kind="warning">
      <Trans>
        {network} is a large part of the internet. Everyone in it can try to log in.
      </Trans>
    </Banner>
  )
}

function AllowedAddress() {
  const { t } = useLingui()
  const { register, trigger } = useFormContext<CreateValues>()
  const { error } = useCreateField('loginFrom')
  const { families, group, way } = useAccess()
  const hint = useAddressHint(usePrefilled(families), families)
  const { name: groupName, network } = group ?? {}
  const { port } = way
  return (
    <div id={fieldId('loginFrom')} className="grid gap-2 rounded-md border bg-sunken p-3">
      <Field label={t`Allowed IP address`} hint={hint} error={error}>
        <TextInput
          {...register('loginFrom', {
            // What was wrong is no longer said once it is right.
            onChange: () => void (error && trigger('loginFrom')),
          })}
          translate="no"
          autoComplete="off"
          spellCheck={false}
          placeholder="203.0.113.7"
          className="max-w-96"
        />
      </Field>
      {groupName !== undefined && (
        <p className="text-xs text-muted">
          {group?.id ? (
            <Trans>
              Uses the security group {groupName}, which allows port {port} from {network}.
            </Trans>
          ) : (
            <Trans>
              Creates the security group {groupName}, which allows port {port} from{' '}
              {network}.
            </Trans>
          )}
        </p>
      )}
      <WideNotice />
    </div>
  )
}

/** Offers a security group that lets people log in from one address. */
export function OpenLoginField() {
  const { t } = useLingui()
  const { error, set } = useCreateField('openLogin')
  const { families, opensLogin, way } = useAccess()
  const { name, port } = way
  if (families.length === 0) return null
  return (
    <FieldGroup field="openLogin" legend={t`Access over the network`} error={error}>
      <Checkbox
        checked={opensLogin}
        onChange={({ target }) => set(target.checked)}
        label={t`Allow ${name} (port ${port}) from my IP address`}
        hint={t`All other IP addresses stay blocked. The chosen security groups still apply.`}
      />
      {opensLogin && <AllowedAddress />}
    </FieldGroup>
  )
}
