import { useLingui } from '@lingui/react/macro'

import { useTimeZone } from '../../../stores/time-zone.ts'
import { Field } from '../../../ui/Field.tsx'
import { TextInput } from '../../../ui/TextInput.tsx'
import { fromField, toField, type AuditView } from './audit-filter.ts'

export type FilterProps = {
  view: AuditView
  onChange: (changes: Partial<AuditView>) => void
}

/** The beginning and the end of a time range, each of which may be empty. */
export function CustomRange({ view: { from, until }, onChange }: FilterProps) {
  const { t } = useLingui()
  const isUtc = useTimeZone((state) => state.isUtc)
  const isBackward = from !== undefined && until !== undefined && until <= from
  return (
    <fieldset
      aria-label={t`Custom time range`}
      className="flex min-w-0 flex-wrap items-start gap-x-4 gap-y-2"
    >
      <Field label={t({ message: 'From', context: 'time' })} className="max-sm:w-full">
        <TextInput
          type="datetime-local"
          value={toField(from)}
          onChange={({ target }) => onChange({ from: fromField(target.value) })}
        />
      </Field>
      <Field
        label={t`Until`}
        className="max-sm:w-full"
        hint={isUtc ? t`In UTC` : undefined}
        error={isBackward ? t`Enter a time after the start.` : null}
      >
        <TextInput
          type="datetime-local"
          value={toField(until)}
          onChange={({ target }) => onChange({ until: fromField(target.value) })}
        />
      </Field>
    </fieldset>
  )
}
