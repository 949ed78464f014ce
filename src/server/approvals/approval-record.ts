/**
 * Writes into the audit log what a second person has confirmed: in the name of the person who asked, with the name of
 * the second person. What was begun is stored with the approval first, so that after a crash it is known whether
 * anything may have been sent.
 */
import { randomUUID } from 'node:crypto'

import type { AuditActor } from '#contract/audit/audit.ts'

import { outcomeOfError, type Audit, type Intent, type Outcome } from '../audit/audit.ts'
import type { Recording } from './second-person.ts'

type RecordDeps = {
  audit: Pick<Audit, 'begin' | 'settle' | 'note'>
  approvalId: string
  /** The person who asked. */
  by: AuditActor
  secondPerson: string
  /** Stores the entry with the approval. */
  begun(entry: string): Promise<void>
}

export class ApprovalRecord implements Recording {
  readonly #deps: RecordDeps
  #entry: string | undefined
  #hasBegun = false
  #outcome: Partial<Outcome> = {}

  constructor(deps: RecordDeps) {
    this.#deps = deps
  }

  get secondPerson(): string {
    return this.#deps.secondPerson
  }

  get #approved() {
    const { secondPerson, approvalId: approval } = this.#deps
    return { secondPerson, approval }
  }

  async begin(intent: Intent): Promise<string> {
    this.#entry = await this.#store(intent)
    return this.#entry
  }

  beginLong(intent: Intent & { entry: string }): Promise<string> {
    return this.#store(intent)
  }

  async #store({ entry = randomUUID(), changed, ...intent }: Intent): Promise<string> {
    const { audit, by, begun } = this.#deps
    await begun(entry)
    const said = { ...changed, ...this.#approved }
    this.#hasBegun = true
    return audit.begin({ ...intent, entry, by, changed: said })
  }

  said(outcome: Partial<Outcome>): void {
    this.#outcome = { ...this.#outcome, ...outcome }
  }

  nothing(): void {
    this.#hasBegun = true
  }

  /** Stores that it was accepted. Never throws. */
  async accepted(): Promise<void> {
    if (this.#entry)
      await this.#deps.audit.settle(this.#entry, { result: 'done', ...this.#outcome })
  }

  /** Stores that it wasn't; `event` is what was to be done, if that wasn't begun. Never throws. */
  async failed(error: unknown, { event, zone, target }: Intent): Promise<void> {
    const { audit, by } = this.#deps
    if (this.#entry)
      return audit.settle(this.#entry, { ...outcomeOfError(error), ...this.#outcome })
    // A chain or a job settles its own.
    if (this.#hasBegun) return
    const outcome = { ...outcomeOfError(error), result: 'refused' as const }
    await audit.note(
      {
        event,
        by,
        ...(zone ? { zone } : {}),
        ...(target ? { target } : {}),
        changed: this.#approved,
        ...outcome,
      },
      'each',
    )
  }
}
