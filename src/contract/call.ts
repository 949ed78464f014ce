/** Describes a call to Exoscale's API, which Vedette shows, repeats and writes for other tools. */
import type { EndpointId } from './endpoints.ts'
import type { InstanceType } from './types.ts'

export type Call = {
  endpoint: EndpointId
  zone: string
  /** Of the path: `id`, `instance-id`, `name`. */
  parameters?: Record<string, string>
  body?: unknown
}

/** The known sizes; with them, a call has a size's name instead of its ID. */
export type Naming = { types?: readonly InstanceType[] }
