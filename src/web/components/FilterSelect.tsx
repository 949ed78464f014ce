import type { ComponentProps } from 'react'

import { useAtOnce } from '../hooks/use-at-once.ts'
import { Select } from '../ui/Select.tsx'

type FilterSelectProps = Omit<ComponentProps<'select'>, 'value' | 'onChange'> & {
  value: string
  onChoose: (value: string) => void
}

/** A select whose value lives in the address: each key counts, however quickly it follows. */
export function FilterSelect({ value, onChoose, ...rest }: FilterSelectProps) {
  const [shown, choose] = useAtOnce(value, onChoose)
  return <Select {...rest} value={shown} onChange={({ target }) => choose(target.value)} />
}
