/** Describes a call to Exoscale's API, which Vedette shows, repeats and writes for other tools. */
import type { ChangingId, EndpointId } from './endpoints.ts'
import type { InstanceType, Template } from './types.ts'

export type Call = {
  endpoint: EndpointId
  zone: string
  /** Of the path: `id`, `instance-id`, `name`. */
  parameters?: Record<string, string>
  body?: unknown
}

/** One that changes something. */
export type ChangeCall = Call & { endpoint: ChangingId }

/**
 * What is known of what a call names by its ID. Tools take a size by its name, and have to be told
 * that a template is a private one; where `templates` is absent, nobody knows whether it is.
 */
export type Naming = {
  types?: readonly InstanceType[]
  templates?: readonly Template[]
}
