/**
 * Signs and checks the console tickets that `GET /console/{id}` puts into its URL. A ticket is bound to
 * one instance and valid for one connection within a minute (docs/platform.md#console-addresses). The signing key
 * lives only as long as the process, so a restart invalidates all tickets.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

import { TICKET_MS } from '#contract/console.ts'

export type TicketRefusal = 'malformed' | 'forged' | 'expired' | 'used' | 'other-instance'

type TicketVerdict = { ok: true; instanceId: string } | { ok: false; reason: TicketRefusal }

type Tickets = {
  /** A url-safe ticket for one instance, valid for `ticketMs`. */
  mint(instanceId: string): string
  /** Checks a ticket and uses it up. With an instance, a ticket of another is rejected. */
  redeem(ticket: string, instanceId?: string): TicketVerdict
}

type TicketDeps = { now(): number; key?: Buffer; ticketMs?: number }

/** Tickets with one key, random by default, and valid for a minute by default; times are in ms. */
export function createTickets(deps: TicketDeps): Tickets {
  const { key = randomBytes(32), ticketMs = TICKET_MS } = deps
  // Serial → expiry, of used tickets only. Expired ones are deleted, because they are rejected
  // anyway: so the map has at most one minute of connections.
  const used = new Map<string, number>()

  const sign = (body: string) => createHmac('sha256', key).update(body).digest()

  const forgetExpired = () => {
    const now = deps.now()
    for (const [serial, expires] of used) if (expires <= now) used.delete(serial)
  }

  return {
    mint(instanceId) {
      const serial = randomBytes(12).toString('base64url')
      const body = encode(`${instanceId}\n${deps.now() + ticketMs}\n${serial}`)
      return `${body}.${sign(body).toString('base64url')}`
    },

    redeem(ticket, instanceId) {
      const [body, signature, ...rest] = ticket.split('.')
      if (!body || !signature || rest.length > 0) return refuse('malformed')
      const given = Buffer.from(signature, 'base64url')
      const wanted = sign(body)
      if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
        return refuse('forged')
      }

      const [owner = '', expiry, serial = ''] = decode(body).split('\n')
      const expires = Number(expiry)
      if (instanceId !== undefined && owner !== instanceId) return refuse('other-instance')
      if (deps.now() >= expires) return refuse('expired')
      if (used.has(serial)) return refuse('used')

      forgetExpired()
      used.set(serial, expires)
      return { ok: true, instanceId: owner }
    },
  }
}

const encode = (text: string) => Buffer.from(text).toString('base64url')
const decode = (text: string) => Buffer.from(text, 'base64url').toString()
const refuse = (reason: TicketRefusal): TicketVerdict => ({ ok: false, reason })
