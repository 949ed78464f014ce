/** Describes a call to Exoscale's API, which Vedette shows, repeats and writes for other tools. */
import type { ChangingId, EndpointId } from './endpoints.ts'
import type { InstanceType } from './types.ts'

export type Call = {
  endpoint: EndpointId
  zone: string
  /** Of the path: `id`, `instance-id`, `name`. */
  parameters?: Record<string, string>
  body?: unknown
}

/** One that changes something. */
export type ChangeCall = Call & { endpoint: ChangingId }

/** The sizes that are known; with them, a call names a size instead of its ID. */
export type Naming = { types?: readonly InstanceType[] }
