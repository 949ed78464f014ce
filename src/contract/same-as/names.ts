/** Names the size, the ID and the files of a call, the same in every style. */
import type { Call, Naming } from '../call.ts'
import { typeName } from '../limits.ts'

/** One style's way to write an endpoint's call; null where the style has no equivalent. */
export type Writer = (call: Call, naming: Naming) => string | null

/** Stands for the content of user data, which may hold secrets. */
export const userDataFile = 'user-data.yaml'

/** The name of a type where it is known, else its id. */
export function sizeOf(id: string | undefined, { types = [] }: Naming): string {
  const type = types.find((one) => one.id === id)
  return type ? typeName(type) : (id ?? '')
}

/** What the path names: an instance first, else whatever has an id or a name. */
export const idOf = ({ parameters = {} }: Pick<Call, 'parameters'>): string =>
  parameters['instance-id'] ?? parameters['id'] ?? parameters['name'] ?? ''
