import { useLingui } from '@lingui/react/macro'
import { startTransition, useState, type ChangeEvent, type ReactNode } from 'react'

import { useTimeZone } from '../../../stores/time-zone.ts'
import { Field } from '../../../ui/Field.tsx'
import { TextInput } from '../../../ui/TextInput.tsx'
import { fromField, toField, type AuditView } from './audit-filter.ts'

export type FilterProps = {
  view: AuditView
  onChange: (changes: Partial<AuditView>) => void
}

/**
 * What is typed stays in the field: while someone types the year 2025, the browser reports the years 2, 20 and 202 first.
 * `isTaken`: the address has it, too. `isLeft`: the focus has left it since.
 */
type Typed = { text: string; isTaken: boolean; isLeft: boolean }

type MomentFieldProps = {
  label: ReactNode
  /** Epoch ms. */
  moment: number | undefined
  onMoment: (moment: number | undefined) => void
  hint?: string | undefined
  error?: string | undefined
}

function MomentField({ label, moment, onMoment, hint, error }: MomentFieldProps) {
  const { t } = useLingui()
  const [typed, setTyped] = useState<Typed>()
  const isWrong = typed?.isLeft && !typed.isTaken
  const change = ({ target: { value, validity } }: ChangeEvent<HTMLInputElement>) => {
    const next = fromField(value)
    const isCleared = value === '' && !validity.badInput
    const isTaken = next !== undefined || isCleared
    setTyped({ text: value, isTaken, isLeft: false })
    if (isTaken) onMoment(next)
  }
  const leave = () =>
    // Not before the address that was written last is rendered.
    startTransition(() =>
      setTyped((now) => (now && !now.isTaken ? { ...now, isLeft: true } : undefined)),
    )
  return (
    <Field
      label={label}
      // The error fits, so that the other field stays where it is.
      className="w-76 max-sm:w-full"
      hint={hint}
      error={isWrong ? t`Enter a date and time from 1970 or later.` : error}
    >
      <TextInput
        type="datetime-local"
        value={typed?.text ?? toField(moment)}
        onChange={change}
        onBlur={leave}
      />
    </Field>
  )
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
      <MomentField
        label={t({ message: 'From', context: 'time' })}
        moment={from}
        onMoment={(moment) => onChange({ from: moment })}
      />
      <MomentField
        label={t`Until`}
        moment={until}
        onMoment={(moment) => onChange({ until: moment })}
        hint={isUtc ? t`In UTC` : undefined}
        error={isBackward ? t`Enter a time after the start.` : undefined}
      />
    </fieldset>
  )
}
