/** Offers how a text is typed: Enter, tabs, speed, and what replaces skipped characters. */
import { Plural, useLingui } from '@lingui/react/macro'

import { Checkbox } from '../../ui/Checkbox.tsx'
import { Field } from '../../ui/Field.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import type { PreparedText, Wishes } from './prepare-text.ts'
import { byCode } from './text-notes.ts'

type OptionProps = { wishes: Wishes; onChange: (wishes: Wishes) => void }

export function SendOptions({
  wishes,
  onChange,
  hasTabs,
}: OptionProps & { hasTabs: boolean }) {
  const { t } = useLingui()
  return (
    <div className="grid gap-1">
      <Checkbox
        label={t`Press Enter afterward`}
        checked={wishes.enter}
        onChange={({ target }) => onChange({ ...wishes, enter: target.checked })}
      />
      {hasTabs && (
        <Checkbox
          label={t`Replace tabs with four spaces`}
          checked={wishes.spaces}
          onChange={({ target }) => onChange({ ...wishes, spaces: target.checked })}
        />
      )}
      <Checkbox
        label={t`Type slowly (for boot menus and firmware)`}
        checked={wishes.slow}
        onChange={({ target }) => onChange({ ...wishes, slow: target.checked })}
      />
    </div>
  )
}

/** Only where something is skipped that a replacement can stand for. */
export function ReplacementField({
  wishes,
  onChange,
  prepared,
}: OptionProps & { prepared: PreparedText }) {
  const { t } = useLingui()
  if (!prepared.first.skipped.some(({ control }) => !control)) return null
  return (
    <Field label={t`Replacement for skipped characters`} optional>
      <TextInput
        value={wishes.instead}
        maxLength={8}
        onChange={({ target }) => onChange({ ...wishes, instead: target.value })}
      />
    </Field>
  )
}

/** Not shown where the person has chosen to type everything by code. */
export function CodeNote({ prepared }: { prepared: PreparedText }) {
  const codes = byCode(prepared.plan)
  if (codes === 0) return null
  return (
    <p className="text-xs text-muted">
      <Plural
        value={codes}
        one="# character will be typed by its character code, which works only in Linux text consoles."
        other="# characters will be typed by their character codes, which works only in Linux text consoles."
      />
    </p>
  )
}
