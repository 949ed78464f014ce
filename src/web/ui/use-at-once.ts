import { startTransition, useOptimistic } from 'react'

/**
 * Shows at once what was chosen where the value lives in the address, which the router renders late: a control that waited
 * for that would go back for a moment, and a quick second key would begin there.
 */
export function useAtOnce<T>(
  value: T,
  onChoose: (next: T) => void,
): [shown: T, choose: (next: T) => void] {
  const [shown, show] = useOptimistic(value)
  const choose = (next: T) =>
    startTransition(() => {
      show(next)
      onChoose(next)
    })
  return [shown, choose]
}
