import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useFormContext } from 'react-hook-form'

import { Banner } from '../../../ui/Banner.tsx'
import { fieldOrder, focusField, type CreateField, type CreateValues } from './values.ts'

/** What people call each field of the form. */
export function useFieldNames(): Record<CreateField, string> {
  const { t } = useLingui()
  return {
    name: t`Name`,
    count: t`Number of instances`,
    zone: t`Zone`,
    template: t`Template`,
    type: t`Size`,
    disk: t`Disk size`,
    keys: t`SSH keys`,
    makeKey: t`New SSH key`,
    address: t`Public IP address`,
    securityGroups: t`Security groups`,
    openLogin: t`Access over the network`,
    loginFrom: t`Allowed IP address`,
    privateNetworks: t`Private networks`,
    elasticIps: t`Elastic IPs`,
    reverseDns: t`Reverse DNS`,
    antiAffinityGroups: t`Anti-affinity groups`,
    deployTarget: t`Deploy target`,
    userData: t`User data`,
    labels: t`Labels`,
    start: t`Start after creation`,
    consistentSnapshots: t`Application-consistent snapshots`,
    secureBoot: t`Secure boot`,
    tpm: t`TPM`,
    protect: t`Deletion protection`,
  }
}

/** All errors in the order of the page; each one leads to its field. */
export function ErrorList() {
  const names = useFieldNames()
  const { formState, getFieldState } = useFormContext<CreateValues>()
  const wrong = fieldOrder.flatMap((field) => {
    const message = getFieldState(field, formState).error?.message
    return message ? [{ field, label: names[field], message }] : []
  })
  const count = wrong.length
  if (count === 0) return null
  return (
    <Banner
      kind="error"
      title={
        <Plural
          value={count}
          one="Fix this error to continue"
          other="Fix these errors to continue"
        />
      }
    >
      <ul className="list-disc ps-5">
        {wrong.map(({ field, label, message }) => (
          <li key={field}>
            <Trans>
              <button type="button" className="ui-link" onClick={() => focusField(field)}>
                {label}
              </button>
              : {message}
            </Trans>
          </li>
        ))}
      </ul>
    </Banner>
  )
}
