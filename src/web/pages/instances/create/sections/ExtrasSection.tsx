import { useLingui } from '@lingui/react/macro'

import { Card } from '../../../../ui/Card.tsx'
import { Checkbox } from '../../../../ui/Checkbox.tsx'
import { useChosen, useCreateField } from '../use-create-form.ts'
import { fieldId } from '../values.ts'

type Flag = 'start' | 'secureBoot' | 'tpm' | 'consistentSnapshots' | 'protect'

interface FlagFieldProps {
  field: Flag
  label: string
  hint: string
  /** What applies while nobody has decided. */
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

/** Switches that most people leave as they are. */
export function ExtrasSection() {
  const { t } = useLingui()
  const { template } = useChosen()
  const noUefi =
    template?.['boot-mode'] === 'uefi'
      ? null
      : t`This system boots the old way; it takes one that boots by UEFI.`
  const consistent = Boolean(template?.['application-consistent-snapshot-enabled'])
  return (
    <Card title={t`Extras`}>
      <div className="grid gap-3">
        <FlagField
          field="start"
          label={t`Start after creation`}
          hint={t`Otherwise it is made and stays stopped.`}
        />
        <FlagField
          field="consistentSnapshots"
          label={t`Application-consistent snapshots`}
          hint={t`The system is told to write everything down before a snapshot.`}
          byDefault={consistent}
          disabledReason={consistent ? null : t`This system does not support them.`}
        />
        <FlagField
          field="secureBoot"
          label={t`Secure boot`}
          hint={t`Only signed systems boot. Permanent: it cannot be turned off or on later.`}
          disabledReason={noUefi}
        />
        <FlagField
          field="tpm"
          label={t`TPM`}
          hint={t`A chip that keeps keys. It can be added later, but never removed.`}
          disabledReason={noUefi}
        />
        <FlagField
          field="protect"
          label={t`Protect against deletion`}
          hint={t`Asked of the zone once the instance runs, also when Vedette is closed by then. You are told if the zone refuses.`}
        />
      </div>
    </Card>
  )
}
