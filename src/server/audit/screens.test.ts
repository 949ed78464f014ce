/** What the audit log has of screens that were refused or seen, where browsers connect directly. */
import { expect, test } from 'vitest'

import type { AuditPage } from '#contract/audit/audit.ts'
import { VIEWER_HEADER } from '#contract/console.ts'

import type { TestPerson } from '../testing/test-people.ts'
import { startRelay } from '../testing/test-screens.ts'
import { instanceId, json } from '../testing/test-zone.ts'

const address = `GET /console/${instanceId}`
const screen = `/api/zones/ch-test-1/console/${instanceId}`
const view = { [VIEWER_HEADER]: 'a'.repeat(48) }
const thumbnail = { 'x-vedette-glance': '1' }

async function aScreen() {
  const { zone, admin, person } = await startRelay('direct')
  const works = zone.answers[address] ?? json({})
  const open = async (headers: Record<string, string>) =>
    (await person.send('POST', screen, undefined, headers)).status
  return {
    open,
    works: () => (zone.answers[address] = works),
    fails: () => (zone.answers[address] = json({ message: 'not now' }, 403)),
    leave: () =>
      person.send('POST', screen.replace('console', 'viewers'), { left: true }, view),
    told: () => screensIn(admin),
  }
}

/** How each screen of the log has ended, the newest first, and whether it has an end. */
async function screensIn(admin: TestPerson): Promise<string[]> {
  const { body } = await admin.send('GET', '/api/audit')
  const { entries } = body as AuditPage // the contract's answer
  return entries
    .filter(({ event }) => event === 'get-console-proxy-url')
    .map(({ result, changed }) => (changed ? `thumbnail ${result}` : String(result)))
}

test('a screen that the zone refused stays refused when its view leaves', async () => {
  const { open, fails, leave, told } = await aScreen()
  fails()
  expect(await open(view)).toBe(403)

  await leave()

  expect(await told()).toEqual(['refused'])
})

test('a view whose next connection was refused leaves only what it had opened', async () => {
  const { open, fails, leave, told } = await aScreen()
  expect(await open(view)).toBe(200)
  fails()
  expect(await open(view)).toBe(403)

  await leave()

  expect(await told()).toEqual(['refused', 'done'])
})

test('a thumbnail that was refused doesn’t hide the one that is seen after it', async () => {
  const { open, fails, works, told } = await aScreen()
  fails()
  for (let again = 0; again < 3; again += 1) expect(await open(thumbnail)).toBe(403)
  expect(await told()).toEqual(['thumbnail refused'])

  works()
  for (let again = 0; again < 3; again += 1) expect(await open(thumbnail)).toBe(200)

  expect(await told()).toEqual(['thumbnail done', 'thumbnail refused'])
  fails()
  expect(await open(thumbnail)).toBe(403)
  expect(await told()).toHaveLength(2)
})
