import { expect, test } from 'vitest'

import { endpoints, type EndpointId } from '../endpoints.ts'
import { hclString } from './hcl.ts'
import { sameAs, sameAsAll, type Style } from './same-as.ts'
import { calls, naming } from './sample-calls.ts'

test.each<Style>(['exo', 'request', 'terraform'])(
  'every operation as %s',
  async (style) => {
    const text = calls
      .map((call) => `## ${call.endpoint}\n${sameAs(style, call, naming) ?? '(none)'}\n`)
      .join('\n')

    await expect(text).toMatchFileSnapshot(`./${style}.golden.txt`)
  },
)

test('every operation that changes something has an example', () => {
  const there = new Set(calls.map(({ endpoint }) => endpoint))
  const missing = Object.entries(endpoints)
    .filter(([, { access }]) => access === 'write' || access === 'danger')
    .map(([endpoint]) => endpoint)
    // An endpoint's name from the table, which `Object.entries` widens.
    .filter((endpoint) => !there.has(endpoint as EndpointId))

  expect(missing).toEqual([])
})

test('nothing in a Terraform string is evaluated', () => {
  expect(hclString('${a} %{b} "q" \\')).toBe('"$${a} %%{b} \\"q\\" \\\\"')
})

test('no secret is in any of them', () => {
  for (const style of ['exo', 'request', 'terraform'] as const) {
    const text = sameAsAll(style, calls, naming)
    expect(text).not.toContain('c2VjcmV0')
    expect(text).not.toContain('AAAA')
  }
})
