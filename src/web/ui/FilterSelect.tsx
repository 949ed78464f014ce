import type { ComponentProps } from 'react'

import { Select } from './Select.tsx'
import { useAtOnce } from './use-at-once.ts'

type FilterSelectProps = Omit<ComponentProps<'select'>, 'value' | 'onChange'> & {
  value: string
  onChoose: (value: string) => void
}

/**
 * A select whose value lives in the address: each key counts, however quickly it follows. On a phone it is as wide as its
 * longest choice at least, since a choice that is cut can't be told from another, and fills its line with its neighbours.
 */
export function FilterSelect({
  value,
  onChoose,
  className = '',
  ...rest
}: FilterSelectProps) {
  const [shown, choose] = useAtOnce(value, onChoose)
  return (
    <Select
      {...rest}
      className={`max-sm:max-w-full max-sm:flex-auto ${className}`}
      value={shown}
      onChange={({ target }) => choose(target.value)}
    />
  )
}
