/** What a call is called by in every style (same-as.ts). */
import { typeName } from '../limits.ts'
import type { Naming } from './same-as.ts'

/** Stands for the text of user-data, which may hold secrets. */
export const userDataFile = 'user-data.yaml'

/** The name of a type where it is known, else its id. */
export function sizeOf(id: string | undefined, { types = [] }: Naming): string {
  const type = types.find((one) => one.id === id)
  return type ? typeName(type) : (id ?? '')
}

/** What the path names. */
export const idOf = (parameters: Record<string, string> = {}) =>
  parameters['instance-id'] ?? parameters['id'] ?? parameters['name'] ?? ''
