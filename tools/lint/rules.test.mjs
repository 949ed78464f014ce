import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { afterEach, beforeEach, expect, test } from 'vitest'

const rules = fileURLToPath(new URL('rules.mjs', import.meta.url))
const oxlint = fileURLToPath(new URL('../../node_modules/.bin/oxlint', import.meta.url))

let folder

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lint-'))
  mkdirSync(join(folder, 'src'))
  const config = {
    plugins: [],
    categories: { correctness: 'off' },
    jsPlugins: [rules],
    rules: {
      'house/text-in-catalogue': 'error',
      'house/named-placeholder': 'error',
      'house/reason-for-cast': 'error',
    },
  }
  writeFileSync(join(folder, '.oxlintrc.json'), JSON.stringify(config))
})

afterEach(() => rmSync(folder, { recursive: true }))

/** The lines of a file that a rule of ours reports. */
function reported(text) {
  writeFileSync(join(folder, 'src/sample.tsx'), text)
  const { stdout } = spawnSync(oxlint, ['-f', 'json', 'src'], {
    cwd: folder,
    encoding: 'utf8',
  })
  const lines = JSON.parse(stdout).diagnostics.map(({ labels }) => labels[0].span.line)
  return [...new Set(lines)].sort((one, other) => one - other)
}

const imports = `import { Trans, useLingui } from '@lingui/react/macro'\n`

test('a text outside the catalogue is found wherever a person reads it', () => {
  const text = `export const Sample = ({ n }) => (
  <div
    aria-label="More actions"
    title={\`Screen of \${n}\`}
    className="flex items-center"
  >
    Hello there
    {n ? 'Stopped' : n}
    {n + ' is stopped'}
    <Field hint="Stop the instance first." kind="quiet" />
  </div>
)
export const problem = { message: 'Not found' }
export const say = () => 'Stop the instance first.'
`
  // A text between elements begins at the end of the line before it.
  expect(reported(text)).toEqual([3, 4, 6, 8, 9, 10, 13, 14])
})

test('what Lingui takes, names, codes and errors for developers are fine', () => {
  const text = `${imports}export function Sample({ n }) {
  const { t } = useLingui()
  if (!n) throw new Error('Sample needs an instance.')
  return (
    <div aria-label={t\`Screen of \${n}\`} title="IPv4" className="flex items-center">
      <Trans>Stop the instance <b>first</b>.</Trans>
      <span translate="no">exo compute instance</span>
      <Code>ssh debian@host</Code>
      {n === 'Running there' && t({ message: 'Keys', context: 'keyboard' })}
    </div>
  )
}
export const stopped = { phase: 'stopped', reason: 'disconnected' }
export const city = /*i18n*/ { id: 'city', message: 'Vienna' }
`
  expect(reported(text)).toEqual([])
})

test('a value in a message has a name', () => {
  const text = `${imports}export function Sample({ row, name }) {
  const { t } = useLingui()
  return (
    <p title={t\`Start \${name}\`}>
      {t\`Stop \${row.name}\`}
      <Trans>
        {name} is {row.state}
      </Trans>
    </p>
  )
}
`
  expect(reported(text)).toEqual([6, 8])
})

test('a cast says why, on its line or above', () => {
  const text = `export const one = value as string
// Read from our own file.
export const two = value as string
export const three = value as string // read from our own file
export const four = ['a'] as const
export const five = { link: 'https://example.com' as Link }
`
  expect(reported(text)).toEqual([1, 6])
})
