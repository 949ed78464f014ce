/** Orders jobs from a console server and reads what came of them, for tests. */
import { randomUUID } from 'node:crypto'

import { expect } from 'vitest'

import type { Inventory } from '#contract/feed.ts'
import type { Job, JobDetail, JobOrder } from '#contract/job.ts'

import type { TestMachine } from './test-machines.ts'
import type { TestConsole, TestZone } from './test-zone.ts'

/** An order for these machines as they are now. */
export const orderOf = (
  action: JobOrder['action'],
  machines: readonly Omit<TestMachine, 'labels'>[],
  more: Partial<JobOrder> = {},
): JobOrder => ({
  key: randomUUID(),
  action,
  targets: machines.map(({ id, name, state }) => ({
    zone: 'ch-test-1',
    instanceId: id,
    name,
    seen: state,
  })),
  ...more,
})

/** Posts to `path` below the address of jobs. */
export async function post<T = Job>(
  { origin }: TestConsole,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: T }> {
  const answer = await fetch(`${origin}/api/jobs${path}`, {
    method: 'POST',
    headers: { 'x-vedette': '1', ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  // The test names what the route answers.
  return { status: answer.status, body: (await answer.json()) as T }
}

/** A job as it is now. */
export async function detailOf({ origin }: TestConsole, id: string): Promise<JobDetail> {
  const answer = await fetch(`${origin}/api/jobs/${id}`)
  return (await answer.json()) as JobDetail // our own server's wire
}

/** A job as it ended. */
export async function endOf(console: TestConsole, id: string): Promise<JobDetail> {
  await expect
    .poll(async () => (await detailOf(console, id)).endedAt, { timeout: 50_000 })
    .toBeDefined()
  return detailOf(console, id)
}

/** What the pages have of everything. */
export async function inventoryOf({ origin }: TestConsole): Promise<Inventory> {
  const answer = await fetch(`${origin}/api/inventory`)
  return (await answer.json()) as Inventory // our own server's wire
}

/** What the feed has told of jobs since. */
export async function jobsHeard({ origin }: TestConsole, since: number): Promise<Job[]> {
  const stop = new AbortController()
  const answer = await fetch(`${origin}/api/feed?since=${since}`, { signal: stop.signal })
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  // The feed goes on for ever; what was missed comes at once.
  const enough = new Promise<void>((resolve) => setTimeout(resolve, 200))
  for (;;) {
    const next = await Promise.race([reader?.read(), enough])
    if (!next || next.done) break
    text += next.value
  }
  stop.abort()
  return text
    .split('\n')
    .filter((line) => line.startsWith('data: {"type":"job"'))
    .map((line) => (JSON.parse(line.slice('data: '.length)) as { job: Job }).job) // our own wire
}

/** The changes that a zone was asked for. */
export const changesOf = ({ asked }: TestZone): string[] =>
  asked.filter((line) => !line.startsWith('GET'))

/** How each item is, and why. */
export const resultsOf = ({ items }: JobDetail): string[] =>
  items.map(({ state, cause }) => (cause ? `${state}: ${cause.code}` : state))
