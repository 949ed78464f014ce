import { expect, test } from 'vitest'

import { snippets } from './snippets.ts'
import { yamlProblems } from './yaml-problems.ts'

test('an error is reported with its line', () => {
  const found = yamlProblems('#cloud-config\npackages:\n  - nginx\n bad: [\n')
  expect(found[0]?.line).toBe(4)
})

test('a name twice is a mistake, a comment alone is none', () => {
  expect(yamlProblems('#cloud-config\na: 1\na: 2\n')).toMatchObject([{ line: 3 }])
  expect(yamlProblems('#cloud-config\n')).toEqual([])
})

test('a list at the top level is reported', () => {
  expect(yamlProblems('#cloud-config\n- a\n')).toHaveLength(1)
})

test.each(Object.entries(snippets))('the starter %s is right', (_name, text) => {
  expect(yamlProblems(`#cloud-config\n${text}`)).toEqual([])
})
