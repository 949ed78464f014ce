import { useNow } from '../../hooks/use-now.ts'
import type { ConsoleConnection } from '../../screen/connection.ts'
import { usePhaseWords } from '../../screen/status-words.ts'

/** Reads every second what the attempt waits for and what came, which is outside React. */
export function useProgressWords(connection: ConsoleConnection): string {
  useNow()
  return usePhaseWords()(connection.phase, connection.receivedBytes)
}
