import type { ProblemEntry } from '#contract/problem.ts'

/** Thrown by handlers: the status and words of the platform's classic error body (5.3). */
export class Refused extends Error {
  readonly status: number
  readonly errors: ProblemEntry[]

  constructor(status: number, message: string, errors: ProblemEntry[] = []) {
    super(message)
    this.status = status
    this.errors = errors
  }
}

export const notFound = () => new Refused(404, 'not found')
