import type { ComponentProps } from 'react'

import { Select } from './Select.tsx'
import { useAtOnce } from './use-at-once.ts'

type FilterSelectProps = Omit<ComponentProps<'select'>, 'value' | 'onChange'> & {
  value: string
  onChoose: (value: string) => void
}

/** A select whose value lives in the address: each key counts, however quickly it follows. */
export function FilterSelect({ value, onChoose, ...rest }: FilterSelectProps) {
  const [shown, choose] = useAtOnce(value, onChoose)
  return <Select {...rest} value={shown} onChange={({ target }) => choose(target.value)} />
}
