import { useLingui } from '@lingui/react/macro'

import { USER_DATA_MAX_BYTES } from '#contract/limits.ts'

import { formatNumber } from '../../../../components/format.ts'
import { Card } from '../../../../ui/Card.tsx'
import { Field } from '../../../../ui/Field.tsx'
import { userDataKind, type UserDataKind } from '../../user-data/encoding.ts'
import { usePacked } from '../../user-data/use-packed.ts'
import { UserDataEditor } from '../../user-data/UserDataEditor.tsx'
import { useChosen, useCreateField } from '../use-create-form.ts'
import { fieldId } from '../values.ts'

/** The text that the operating system reads at its first boot. */
export function UserDataSection() {
  const { t } = useLingui()
  const { value, error, set } = useCreateField('userData')
  const { template } = useChosen()
  const { bytes, plain, zipped } = usePacked(value, template?.family === 'windows')
  const used = formatNumber(bytes)
  const most = formatNumber(USER_DATA_MAX_BYTES)
  const before = formatNumber(plain)
  const words: Record<UserDataKind, string> = {
    empty: t`Start with #cloud-config, or with #! for a script.`,
    'cloud-config': t`Detected: cloud-config file`,
    script: t`Detected: script that runs once at first boot`,
    multipart: t`Detected: multipart archive`,
    include: t`Detected: list of URLs to load`,
    unknown: t`The first line isn’t #cloud-config or #!, so cloud-init may ignore this.`,
  }
  return (
    <Card title={t`User data`}>
      <div id={fieldId('userData')} className="grid gap-2">
        <Field
          label={t`cloud-init user data`}
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
          <UserDataEditor label={t`cloud-init user data`} value={value} onChange={set} />
        </Field>
        {zipped && (
          <p className="text-xs text-muted">
            {t`Compressed before sending, because the text is ${before} bytes long. cloud-init decompresses it automatically. Other tools can’t read it as text.`}
          </p>
        )}
        <p className="text-xs text-muted">
          {t`Anyone who can view the instance can read this, so don’t include passwords. User data isn’t saved in drafts.`}
        </p>
      </div>
    </Card>
  )
}
