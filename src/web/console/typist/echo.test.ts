import { expect, test } from 'vitest'

import { holds, lastLine, layoutsSeen } from './echo.ts'
import { loadLayout, loadTables } from './layouts-known.ts'
import { planText } from './plan.ts'
import { complaintIn, isPasswordPrompt, isShellPrompt } from './prompt.ts'

const screen = (...lines: string[]) => ({ columns: 20, lines })

test('a line is found though the console broke it, and shapes the lens lacks are forgiven', () => {
  const reading = screen('# echo 0123456789abc', 'def(x)', 'gr▯n')

  expect(holds(reading, 'echo 0123456789abcdef(x)')).toBe(true)
  expect(holds(reading, 'grün')).toBe(true)
  expect(holds(reading, 'gran')).toBe(false)
  expect(holds(reading, '')).toBe(false)
  expect(lastLine('one\n two \n\n')).toBe('two')
})

test('a different text on the screen shows the instance’s layout', async () => {
  const layout = await loadLayout('us', 'linux')
  const { units } = planText('ls\necho "yes" > /tmp/x-1\n', { kind: 'layout', layout })
  const tables = await loadTables()

  expect(
    layoutsSeen(screen('# echo Äzes', '$ echo ÄzesÄ : -tmp-xß1'), units, tables),
  ).toEqual(['de'])
  expect(layoutsSeen(screen('# echo "yes" > /tmp/', 'x-1'), units, tables)).toContain('us')
  expect(layoutsSeen(screen('login:'), units, tables)).toEqual([])
})

test('prompts are distinguished', () => {
  expect(isPasswordPrompt(screen('web-01 login: root', 'Password: ▯', ''))).toBe(true)
  expect(isPasswordPrompt(screen('Password: ', 'Login incorrect', 'web-01 login:'))).toBe(
    false,
  )
  expect(isShellPrompt(screen('root@web-01:~# _'))).toBe(true)
  expect(isShellPrompt(screen('Password:'))).toBe(false)
})

test('the answer of a command is searched for trouble, not what stood before it', () => {
  const before = screen(
    '# mount /dev/vda9 /m',
    'mount: no such file',
    '# ls',
    'bin etc',
    '#',
  )

  expect(complaintIn(before, 'ls')).toBeUndefined()
  expect(complaintIn(screen('# ls', 'ls: not found', '#'), 'ls')).toBe('ls: not found')
})
