import { useLingui } from '@lingui/react/macro'

import { Card } from '../../../../ui/Card.tsx'
import { Checkbox } from '../../../../ui/Checkbox.tsx'
import { useProtectBlock } from '../own-labels.ts'
import { useChosen, useCreateField } from '../use-create-form.ts'
import { fieldId } from '../values.ts'

type Flag = 'start' | 'secureBoot' | 'tpm' | 'consistentSnapshots' | 'protect'

type FlagFieldProps = {
  field: Flag
  label: string
  hint: string
  /** The value until a person chooses one. */
  byDefault?: boolean
  disabledReason?: string | null
}

function FlagField({
  field,
  label,
  hint,
  byDefault = false,
  disabledReason,
}: FlagFieldProps) {
  const { value, error, set } = useCreateField(field)
  return (
    <div id={fieldId(field)}>
      <Checkbox
        checked={!disabledReason && (value ?? byDefault)}
        onChange={({ target }) => set(target.checked)}
        label={label}
        hint={hint}
        disabledReason={disabledReason}
        aria-invalid={error ? true : undefined}
      />
      {error && <p className="ps-6 text-xs text-error">{error}</p>}
    </div>
  )
}

/** Options that most people don't change. */
export function ExtrasSection() {
  const { t } = useLingui()
  const { template } = useChosen()
  const protectBlock = useProtectBlock()
  // Where the zone doesn't say how a template boots, it decides.
  const noUefi = !template
    ? t`Choose a template first.`
    : template['boot-mode'] === 'legacy'
      ? t`This template uses legacy boot. Choose a template that boots with UEFI.`
      : null
  const consistent = Boolean(template?.['application-consistent-snapshot-enabled'])
  return (
    <Card title={t`Extras`}>
      <div className="grid gap-3">
        <FlagField
          field="start"
          label={t`Start after creation`}
          hint={t`If this is off, the instance is created but stays stopped.`}
        />
        <FlagField
          field="consistentSnapshots"
          label={t`Application-consistent snapshots`}
          hint={t`Asks the operating system to write all data to disk before each snapshot.`}
          byDefault={consistent}
          disabledReason={
            consistent
              ? null
              : t`This template doesn’t support application-consistent snapshots.`
          }
        />
        <FlagField
          field="secureBoot"
          label={t`Secure boot`}
          hint={t`Only signed operating systems can boot. You can’t change this later.`}
          disabledReason={noUefi}
        />
        <FlagField
          field="tpm"
          label={t`TPM`}
          hint={t`A virtual security chip that stores keys. You can add it later, but you can’t remove it.`}
          disabledReason={noUefi}
        />
        <FlagField
          field="protect"
          label={t`Deletion protection`}
          hint={t`Turned on after the instance is created, even if you close this page. Vedette shows a notice if this fails.`}
          disabledReason={protectBlock}
        />
      </div>
    </Card>
  )
}
