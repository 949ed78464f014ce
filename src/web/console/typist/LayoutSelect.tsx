import { Trans, useLingui } from '@lingui/react/macro'

import { Field } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
import type { LayoutChoice } from './layout-choice.ts'
import { layoutWords } from './layout-words.ts'
import { layoutNames } from './layouts-known.ts'
import type { KeyboardLayout } from './use-keyboard-layout.ts'

/** Chooses the keyboard layout that is set in the instance, not that of the person's keyboard. */
export function LayoutSelect({ keyboard }: { keyboard: KeyboardLayout }) {
  const { t } = useLingui()
  const { choice, choose, guest, noLayout } = keyboard
  if (noLayout)
    return (
      <p className="text-sm text-muted">
        <Trans>
          This console accepts characters directly, so the keyboard layout doesn’t matter.
        </Trans>
      </p>
    )
  return (
    <Field
      label={t`Keyboard layout of the instance`}
      hint={t`Saved for this instance in this browser.`}
    >
      <Select
        value={choice}
        // The options are exactly the choices.
        onChange={({ target }) => choose(target.value as LayoutChoice)}
      >
        {layoutNames.map((name) => (
          <option key={name} value={name}>
            {t(layoutWords[name])}
          </option>
        ))}
        {guest === 'linux' && (
          <>
            <option value="any">{t`Any layout (Linux text console, slow)`}</option>
            <option value="any-fast">{t`Any Latin layout (Linux text console)`}</option>
          </>
        )}
        <option value="characters">{t`Characters instead of keys (X servers)`}</option>
      </Select>
    </Field>
  )
}
