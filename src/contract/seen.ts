/**
 * Prevents people from overwriting values that they haven't seen. A change can have an `If-Match`
 * header for the values that its author was shown. The server then reads the instance again and, if
 * they are different, returns 412 `changed` without sending anything. Exoscale has no such check. Changes of a person,
 * which the server stores, have it as well.
 *
 * What loses data overwrites no value that is shown; there, it is the name by which its author knew the
 * instance.
 */
import type { EndpointId } from './endpoints.ts'
import type { PersonRow } from './people/people.ts'
import type { Protection } from './timeline.ts'
import type { Instance, UpdateInstance } from './types.ts'

type Seen = Partial<
  Pick<
    Instance,
    | 'name'
    | 'labels'
    | 'user-data'
    | 'public-ip-assignment'
    | 'application-consistent-snapshot-enabled'
  >
>

const fields = [
  'name',
  'labels',
  'user-data',
  'public-ip-assignment',
  'application-consistent-snapshot-enabled',
] as const satisfies (keyof UpdateInstance & keyof Seen)[]

/** Those that are compared by the instance's name, because they lose what is on it. */
const losing: ReadonlySet<string> = new Set([
  'delete-instance',
  'reset-instance',
  'revert-instance-to-snapshot',
] satisfies EndpointId[])

/** Whether a change is compared by the instance's name. */
export const isNamed = (endpoint: EndpointId): boolean => losing.has(endpoint)

/** Sorted, because their order doesn't matter. */
const sorted = (labels: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
  )

const withDefaults = ({ labels = {}, ...instance }: Seen): Required<Seen> => ({
  name: '',
  'user-data': '',
  'public-ip-assignment': 'inet4',
  'application-consistent-snapshot-enabled': false,
  ...instance,
  labels: sorted(labels),
})

/** FNV-1a; two hashes with different seeds are enough to distinguish the values of a field. */
function hash(text: string, begin: number): string {
  let value = begin
  for (let index = 0; index < text.length; index += 1)
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  return (value >>> 0).toString(16).padStart(8, '0')
}

function tagOf(values: unknown): string {
  const text = JSON.stringify(values)
  return `"${hash(text, 0x811c9dc5)}${hash(text, 0x2f0b4c47)}"`
}

/** The `If-Match` of a change whose author was shown `instance`. */
export function seenTag(endpoint: EndpointId, body: unknown, instance: Seen): string {
  const full = withDefaults(instance)
  const overwritten =
    endpoint === 'reset-instance-field'
      ? (['labels'] as const)
      : isNamed(endpoint)
        ? (['name'] as const)
        : fields.filter((field) => field in ((body ?? {}) as UpdateInstance)) // checked by its schema
  return tagOf(overwritten.map((field) => [field, full[field]]))
}

/** The same for a change of deletion protection, whose last known state was shown. */
export const lockTag = (shown: Protection['state']): string => `"lock-${shown}"`

/** The same for a change of a person, whose row was shown. */
export function personTag({
  name,
  role,
  disabled,
  area: { zones = [], labels = {} } = {},
}: Pick<PersonRow, 'name' | 'role' | 'disabled' | 'area'>): string {
  return tagOf([name, role, disabled, zones.toSorted(), sorted(labels)])
}
