import { useLingui } from '@lingui/react/macro'

import { USER_DATA_MAX_BYTES } from '#contract/limits.ts'
import { userDataSystem } from '#contract/user-data/systems.ts'

import { formatNumber } from '../../../../components/format.ts'
import { Card } from '../../../../ui/Card.tsx'
import { Field } from '../../../../ui/Field.tsx'
import { usePacked } from '../../user-data/use-packed.ts'
import { useUserDataLabel, useUserDataWords } from '../../user-data/user-data-words.ts'
import { UserDataEditor } from '../../user-data/UserDataEditor.tsx'
import { ZippedNote } from '../../user-data/UserDataNotes.tsx'
import { WholeNames } from '../../user-data/WholeNames.tsx'
import { useChosen, useCreateField } from '../use-create-form.ts'
import { fieldId } from '../values.ts'

/** The text that the operating system reads at its first boot. */
export function UserDataSection() {
  const { t } = useLingui()
  const { value, error, set } = useCreateField('userData')
  const wordsOf = useUserDataWords()
  const { template } = useChosen()
  const system = userDataSystem(template)
  const { bytes, plain, zipped } = usePacked(value, system)
  const label = useUserDataLabel(system)
  const used = formatNumber(bytes)
  const most = formatNumber(USER_DATA_MAX_BYTES)
  return (
    <Card title={t`User data`}>
      <div id={fieldId('userData')} className="grid gap-2">
        <Field
          label={label}
          optional
          error={error}
          hint={<WholeNames text={wordsOf(value, system)} />}
          aside={
            <span
              className={`tabular-nums ${bytes > USER_DATA_MAX_BYTES ? 'text-error' : ''}`}
            >
              {t`${used} of ${most} bytes`}
            </span>
          }
        >
          <UserDataEditor {...{ label, value, system }} onChange={set} />
        </Field>
        {zipped && <ZippedNote plain={plain} />}
        <p className="text-xs text-muted">
          {t`Anyone who can view the instance can read this, so don’t include passwords. User data isn’t saved in drafts.`}
        </p>
      </div>
    </Card>
  )
}
