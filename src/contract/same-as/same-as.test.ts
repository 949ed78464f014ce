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

test('blocks whose names become the same have names of their own, by which others refer to them', () => {
  const group = (id: string, name: string) => ({
    endpoint: 'create-security-group' as const,
    zone: 'ch-gva-2',
    parameters: { id },
    body: { name },
  })
  const attached = (id: string, instance: string) => ({
    endpoint: 'attach-instance-to-security-group' as const,
    zone: 'ch-gva-2',
    parameters: { id },
    body: { instance: { id: instance } },
  })
  const text = sameAsAll('terraform', [
    group('a', 'ssh.in'),
    group('b', 'ssh in'),
    group('c', 'ssh_in_2'),
    attached('b', 'web'),
    attached('c', 'db'),
  ])

  const names = [...text.matchAll(/"exoscale_security_group" "(.*)"/g)].map(
    ([, one]) => one,
  )
  expect(names).toEqual(['ssh_in', 'ssh_in_2', 'ssh_in_2_2'])
  const used = [...text.matchAll(/exoscale_security_group\.(\w+)\.id/g)].map(
    ([, one]) => one,
  )
  expect(used).toEqual(['ssh_in_2', 'ssh_in_2_2'])
})
