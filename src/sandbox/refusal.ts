/** Describes how the sandbox rejects a request: a status, a message and the faulty members. */
import type { ProblemEntry } from '#contract/problem.ts'

/**
 * One fault of a body; Exoscale returns its path as a list and as a text
 * (docs/platform.md#error-bodies).
 */
export type Fault = ProblemEntry & { in?: string[] }

/**
 * Thrown by handlers: the status and message of Exoscale's classic error body
 * (docs/platform.md#error-bodies).
 */
export class Refused extends Error {
  readonly status: number
  readonly errors: Fault[]

  constructor(status: number, message: string, errors: Fault[] = []) {
    super(message)
    this.status = status
    this.errors = errors
  }
}

export const notFound = () => new Refused(404, 'not found')
