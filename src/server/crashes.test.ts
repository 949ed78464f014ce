/** A crash ends the program with one line that has the stack, and with exit code 1. */
import { expect, test } from 'vitest'

import { aFolder, programSecret, startProgram } from './testing/test-program.ts'

const secret = 'process.env.EXOSCALE_API_SECRET'

test.each([
  ['an exception', `throw new Error('boom ' + ${secret})`, 'uncaught exception'],
  ['a rejection', `Promise.reject(new Error('boom ' + ${secret}))`, 'unhandled rejection'],
  ['a text as an exception', `throw 'boom ' + ${secret}`, 'uncaught exception'],
  ['a rejection without a reason', 'Promise.reject()', 'unhandled rejection'],
])('%s is told in one line, and the exit code is 1', async (_what, work, words) => {
  const preload = `process.on('SIGCONT', () => setTimeout(() => { ${work} }))`
  const { child, ended, listening } = await startProgram(
    { DATA_DIR: aFolder(), LOG_LEVEL: 'silent' },
    { preload },
  )
  await listening

  child.kill('SIGCONT')
  const { code, said } = await ended

  expect(code).toBe(1)
  const [line = '', ...more] = said.trim().split('\n').slice(1)
  expect(more).toEqual([])
  // crashLine wrote it.
  const told = JSON.parse(line) as {
    msg: string
    err?: { message: string; stack?: string }
  }
  expect(told.msg).toBe(words)
  if (work.includes('new Error')) {
    expect(told.err?.message).toBe('boom [secret]')
    expect(told.err?.stack).toMatch(/\n {4}at /)
  }
  expect(said).not.toContain(programSecret)
})

test('an ordinary end has exit code 0 and says nothing', async () => {
  const { child, ended, listening } = await startProgram({ DATA_DIR: aFolder() })
  await listening

  child.kill('SIGTERM')
  const { code, said } = await ended

  expect(code).toBe(0)
  expect(said.trim().split('\n')).toHaveLength(1)
})
