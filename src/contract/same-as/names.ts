/** Gives the names of a call's size, object and files, which are the same in every style. */
import type { Call, Naming } from '../call.ts'
import { typeName } from '../limits.ts'

/** One style's way to write an endpoint's call; null if the style has no equivalent. */
export type Writer = (call: Call, naming: Naming) => string | null

/** Stands for the content of user data, which may contain secrets. */
export const userDataFile = 'user-data.yaml'

/** The name of a type if it is known, else its id. */
export function sizeOf(id: string | undefined, { types = [] }: Naming): string {
  const type = types.find((one) => one.id === id)
  return type ? typeName(type) : (id ?? '')
}

/** The object in the path: the instance, or else the one with an id or a name. */
export const idOf = ({ parameters = {} }: Pick<Call, 'parameters'>): string =>
  parameters['instance-id'] ?? parameters['id'] ?? parameters['name'] ?? ''
