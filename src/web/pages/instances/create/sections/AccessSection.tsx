import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'

import type { SshKey } from '#contract/types.ts'

import { sshKeysQuery } from '../../../../api/queries.ts'
import { ListState } from '../../../../components/ListState.tsx'
import { Button } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { Checkbox } from '../../../../ui/Checkbox.tsx'
import { Code } from '../../../../ui/Code.tsx'
import { MakeKeyField } from '../access/MakeKey.tsx'
import { AddKey } from '../AddKey.tsx'
import { FieldGroup } from '../FieldGroup.tsx'
import { toggled } from '../toggled.ts'
import { useChosen, useCreateField } from '../use-create-form.ts'
import { NoKeyNotice } from '../warnings.tsx'

/** The SSH keys that can log in; a new one can be added without leaving the form. */
export function AccessSection() {
  const { t } = useLingui()
  const { zone } = useChosen()
  const { value, error, set } = useCreateField('keys')
  const keys = useQuery(sshKeysQuery(zone))
  const [adding, setAdding] = useState(false)
  const known = new Set(keys.data?.map(({ name }) => name))
  // A key that was just added is chosen before it appears in the list.
  const fresh: SshKey[] = value.filter((name) => !known.has(name)).map((name) => ({ name }))
  return (
    <Card title={t`Access`}>
      <div className="grid gap-3">
        <FieldGroup
          field="keys"
          legend={t`SSH keys`}
          error={error}
          hint={t`You can’t change SSH keys after creation.`}
        >
          <ListState query={keys}>
            {(list) => (
              <div className="grid gap-1">
                {[...list, ...fresh].map((key) => (
                  <Checkbox
                    key={key.name}
                    checked={value.includes(key.name)}
                    onChange={() => set(toggled(value, key.name))}
                    label={<span translate="no">{key.name}</span>}
                    hint={key.fingerprint && <Code>{key.fingerprint}</Code>}
                  />
                ))}
                {list.length + fresh.length === 0 && (
                  <p className="text-sm text-muted">
                    <Trans>No SSH keys yet</Trans>
                  </p>
                )}
              </div>
            )}
          </ListState>
        </FieldGroup>
        <MakeKeyField />
        <NoKeyNotice />
        {adding ? (
          <AddKey
            zone={zone}
            onAdded={(name) => {
              setAdding(false)
              set([...value.filter((one) => one !== name), name])
            }}
            onClose={() => setAdding(false)}
          />
        ) : (
          <Button
            icon={<Plus aria-hidden="true" size={16} />}
            className="justify-self-start"
            onClick={() => setAdding(true)}
          >
            <Trans>Add SSH key</Trans>
          </Button>
        )}
      </div>
    </Card>
  )
}
