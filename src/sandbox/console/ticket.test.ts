import { expect, test } from 'vitest'

import { TICKET_MS } from '#contract/console.ts'

import { createTickets } from './ticket.ts'

function ticketsAt(start = 1_000_000) {
  let time = start
  const tickets = createTickets({ now: () => time })
  return { ...tickets, pass: (ms: number) => (time += ms) }
}

test('a fresh ticket names its instance', () => {
  const tickets = ticketsAt()

  expect(tickets.redeem(tickets.mint('one'))).toEqual({ ok: true, instanceId: 'one' })
})

test('a ticket is url-safe', () => {
  const tickets = ticketsAt()

  expect(tickets.mint('0b5e1d1c-1111-4c1e-9d7e-000000000001')).toMatch(/^[\w.-]+$/)
})

test('a ticket is rejected the second time', () => {
  const tickets = ticketsAt()
  const ticket = tickets.mint('one')
  tickets.redeem(ticket)

  expect(tickets.redeem(ticket)).toEqual({ ok: false, reason: 'used' })
})

test('a ticket is valid until just before 60 seconds', () => {
  const tickets = ticketsAt()
  const ticket = tickets.mint('one')
  tickets.pass(TICKET_MS - 1)

  expect(tickets.redeem(ticket).ok).toBe(true)
})

test('a ticket is rejected after 60 seconds', () => {
  const tickets = ticketsAt()
  const ticket = tickets.mint('one')
  tickets.pass(60_000)

  expect(tickets.redeem(ticket)).toEqual({ ok: false, reason: 'expired' })
})

test('a used ticket stays invalid after its record is deleted', () => {
  const tickets = ticketsAt()
  const ticket = tickets.mint('one')
  tickets.redeem(ticket)
  tickets.pass(TICKET_MS)
  tickets.redeem(tickets.mint('two'))

  expect(tickets.redeem(ticket)).toEqual({ ok: false, reason: 'expired' })
})

test('a ticket of one instance does not open another, and is not used up by trying', () => {
  const tickets = ticketsAt()
  const ticket = tickets.mint('one')

  expect(tickets.redeem(ticket, 'two')).toEqual({ ok: false, reason: 'other-instance' })
  expect(tickets.redeem(ticket, 'one').ok).toBe(true)
})

test('a ticket of another process is forged', () => {
  const elsewhere = ticketsAt()

  expect(ticketsAt().redeem(elsewhere.mint('one'))).toEqual({ ok: false, reason: 'forged' })
})

test('a ticket rewritten for another instance is forged', () => {
  const tickets = ticketsAt()
  const [, signature] = tickets.mint('one').split('.')
  const [body] = tickets.mint('two').split('.')

  expect(tickets.redeem(`${body}.${signature}`)).toEqual({ ok: false, reason: 'forged' })
})

test.each(['', '.', 'abc', 'a.b.c'])('%j is malformed', (ticket) => {
  expect(ticketsAt().redeem(ticket)).toEqual({ ok: false, reason: 'malformed' })
})
