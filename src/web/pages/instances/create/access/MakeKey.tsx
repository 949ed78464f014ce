import { Trans, useLingui } from '@lingui/react/macro'
import { Download } from 'lucide-react'
import { useEffect } from 'react'
import { useFormContext, useFormState } from 'react-hook-form'

import { Banner } from '../../../../ui/Banner.tsx'
import { Button } from '../../../../ui/Button.tsx'
import { Checkbox } from '../../../../ui/Checkbox.tsx'
import { Code } from '../../../../ui/Code.tsx'
import { FieldGroup } from '../FieldGroup.tsx'
import { canMakeKeys } from '../open-ssh-key.ts'
import { useCreateField } from '../use-create-form.ts'
import type { CreateValues } from '../values.ts'
import { useAccess, useKeyMaker } from './use-access.ts'

/** The new key: its private half has to be saved before the instance is created. */
function NewKey() {
  const { t } = useLingui()
  const { maker, state } = useKeyMaker()
  const { trigger } = useFormContext<CreateValues>()
  const { error, set } = useCreateField('makeKey')
  const { isSubmitted } = useFormState<CreateValues>()
  // WebCrypto makes it.
  useEffect(() => void maker.make(), [maker])
  const check = () => {
    if (error || isSubmitted) void trigger('makeKey')
  }
  if (state.step === 'failed')
    return (
      <Banner kind="error" title={t`This browser can’t generate SSH keys`}>
        <Trans>Generate an SSH key with ssh-keygen and paste its .pub file here.</Trans>
      </Banner>
    )
  const { file, downloaded, saved } = state
  return (
    <div className="grid gap-2 rounded-md border bg-sunken p-3">
      <p className="text-sm">
        <Trans>
          The private key is a file that lets you log in. Vedette never sends it anywhere
          and can’t show it again. Save it where only you can read it.
        </Trans>
      </p>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Button
          size="sm"
          icon={<Download />}
          pending={state.step !== 'made'}
          onClick={() => {
            maker.download()
            // From now on it isn't dropped because another key is chosen, too.
            set(true)
          }}
        >
          <Trans>Download private key</Trans>
        </Button>
        {file && <Code>{file}</Code>}
      </div>
      <Checkbox
        checked={saved}
        onChange={({ target }) => {
          maker.confirm(target.checked)
          check()
        }}
        label={t`I saved the private key`}
        disabledReason={downloaded ? null : t`Download the private key first.`}
        aria-invalid={error ? true : undefined}
      />
    </div>
  )
}

/** Offers a new SSH key, whose public half is registered when the instance is created. */
export function MakeKeyField() {
  const { t } = useLingui()
  const { error, set } = useCreateField('makeKey')
  const { takesKeys, makesKey } = useAccess()
  if (!takesKeys) return null
  return (
    <FieldGroup field="makeKey" legend={t`New SSH key`} error={error}>
      <Checkbox
        checked={makesKey}
        onChange={({ target }) => set(target.checked)}
        label={t`Make an SSH key here`}
        hint={t`Made in your browser. Exoscale gets only the public key, when you create the instance.`}
        disabledReason={
          canMakeKeys()
            ? null
            : t`Browsers make SSH keys only on pages that are opened over HTTPS. Generate one with ssh-keygen and add its .pub file.`
        }
      />
      {makesKey && <NewKey />}
    </FieldGroup>
  )
}
