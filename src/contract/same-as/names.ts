/** Gives the names of a call's size, object and files, which are the same in every style. */
import type { Call, Naming } from '../call.ts'
import { typeName } from '../limits.ts'
import type { CreateInstance, CreateSecurityGroup } from '../types.ts'

/** Stands for the content of user data, which may contain secrets. */
export const userDataFile = 'user-data.yaml'

/** Stands for a name that a tool needs and that was not given. */
export const namePlaceholder = 'NAME'

/** The name of a size; undefined where it isn't known. */
export function sizeOf(id: string | undefined, { types = [] }: Naming): string | undefined {
  const type = types.find((one) => one.id === id)
  return type && typeName(type)
}

/** The object in the path: the instance, or else the one with an id or a name. */
export const idOf = ({ parameters = {} }: Pick<Call, 'parameters'>): string =>
  parameters['instance-id'] ?? parameters['id'] ?? parameters['name'] ?? ''

/** The instance of an attachment: its body names it. */
export const holderOf = ({ body }: Pick<Call, 'body'>): string | undefined =>
  // The body of every attachment, of which some have none.
  (body as { instance?: { id: string } } | undefined)?.instance?.id

/** The ID that a creation in a list of calls stands for, and its name. */
export function createdBy({
  endpoint,
  parameters,
  body,
}: Call): { id: string; name: string } | undefined {
  const id = parameters?.['id']
  if (!['create-instance', 'create-security-group'].includes(endpoint) || !id)
    return undefined
  const { name } = body as CreateInstance | CreateSecurityGroup // of these endpoints
  return { id, name: name || namePlaceholder }
}
