import { useLingui } from '@lingui/react/macro'

import { USER_DATA_MAX_BYTES } from '#contract/limits.ts'

import { Card } from '../../../../ui/Card.tsx'
import { Field } from '../../../../ui/Field.tsx'
import { userDataKind, type UserDataKind } from '../../user-data/encoding.ts'
import { usePacked } from '../../user-data/use-packed.ts'
import { UserDataEditor } from '../../user-data/UserDataEditor.tsx'
import { useChosen, useCreateField } from '../use-create-form.ts'
import { fieldId } from '../values.ts'

/** What the machine reads at its first boot. */
export function UserDataSection() {
  const { t, i18n } = useLingui()
  const { value, error, set } = useCreateField('userData')
  const { template } = useChosen()
  const { bytes, plain, zipped } = usePacked(value, template?.family === 'windows')
  const used = i18n.number(bytes)
  const most = i18n.number(USER_DATA_MAX_BYTES)
  const before = i18n.number(plain)
  const words: Record<UserDataKind, string> = {
    empty: t`Begin with #cloud-config, or with #! for a script.`,
    'cloud-config': t`A cloud-config file.`,
    script: t`A script, run once at the first boot.`,
    multipart: t`Several parts in one.`,
    include: t`Addresses to load from.`,
    unknown: t`The first line says neither #cloud-config nor #!, so it may be ignored.`,
  }
  return (
    <Card title={t`User-data`}>
      <div id={fieldId('userData')} className="grid gap-2">
        <Field
          label={t`For cloud-init`}
          optional
          error={error}
          hint={words[userDataKind(value)]}
          aside={
            <span
              className={`tabular-nums ${bytes > USER_DATA_MAX_BYTES ? 'text-error' : ''}`}
            >
              {t`${used} of ${most} bytes`}
            </span>
          }
        >
          <UserDataEditor label={t`For cloud-init`} value={value} onChange={set} />
        </Field>
        {zipped && (
          <p className="text-xs text-muted">
            {t`Sent zipped, because that is shorter than its ${before} bytes. Cloud-init unzips it; elsewhere it can’t be read as text.`}
          </p>
        )}
        <p className="text-xs text-muted">
          {t`Everybody who may see the instance can read this: no passwords here. It is not kept in the draft.`}
        </p>
      </div>
    </Card>
  )
}
