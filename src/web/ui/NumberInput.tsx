import type { ComponentProps } from 'react'

import { TextInput } from './TextInput.tsx'

type NumberInputProps = Omit<ComponentProps<'input'>, 'type' | 'prefix'> & {
  unit?: string | undefined
}

/** The spin buttons are 8 px high in most browsers, hence not shown; the arrow keys work. */
export function NumberInput({ unit, className = '', ...rest }: NumberInputProps) {
  return (
    <TextInput
      inputMode="numeric"
      {...rest}
      type="number"
      suffix={unit}
      className={`tabular-nums [&::-webkit-inner-spin-button]:appearance-none [appearance:textfield] [&_input]:[appearance:textfield] [&_input::-webkit-inner-spin-button]:appearance-none ${className}`}
    />
  )
}
