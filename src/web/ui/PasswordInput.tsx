import { useLingui } from '@lingui/react/macro'
import { Eye, EyeOff } from 'lucide-react'
import { useState, type ComponentProps } from 'react'

import { IconButton } from './IconButton.tsx'
import { TextInput } from './TextInput.tsx'

type PasswordInputProps = Omit<
  ComponentProps<typeof TextInput>,
  'type' | 'prefix' | 'suffix' | 'autoComplete'
> & { autoComplete: 'current-password' | 'new-password' }

/** A password, which can be shown to check what was typed. */
export function PasswordInput(props: PasswordInputProps) {
  const { t } = useLingui()
  const [shown, setShown] = useState(false)
  return (
    <TextInput
      {...props}
      type={shown ? 'text' : 'password'}
      maxLength={256}
      translate="no"
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      suffix={
        <IconButton
          label={shown ? t`Hide password` : t`Show password`}
          size="sm"
          className="-me-1.5"
          onClick={() => setShown(!shown)}
        >
          {shown ? <EyeOff /> : <Eye />}
        </IconButton>
      }
    />
  )
}
