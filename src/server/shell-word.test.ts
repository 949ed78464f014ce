/** Runs the commands that `same-as.ts` writes in a real shell. */
import { execFileSync } from 'node:child_process'

import { expect, test } from 'vitest'

import { shellWord } from '#contract/same-as/exo-command.ts'

const hostile = `-rf "$(touch x)" 'it' \${a} %{b} \\ \n🦊`

test('a shell reads each word of a command as one word and runs none of it', () => {
  const words = [hostile, '', '*', '~', 'a b', '$HOME', '`id`', '!x', '#c', '-n', "'"]
  const line = words.map(shellWord).join(' ')

  const seen = execFileSync('sh', ['-c', `for w in ${line}; do printf '%s\\0' "$w"; done`])

  expect(seen.toString().split('\0').slice(0, -1)).toEqual(words)
})
