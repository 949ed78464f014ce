import { startInstance } from '../api/mutations.ts'
import { useOnce, type Sending } from '../api/use-once.ts'

/** Starting asks for no confirmation, so its failure is shown where its button is. */
export const useStart = (target: { zone: string; id: string }): Sending =>
  useOnce({ send: (key) => startInstance(target, key) })
