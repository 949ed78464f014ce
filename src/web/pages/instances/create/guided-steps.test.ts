import { expect, test } from 'vitest'

import { guidedSteps, readStep, reviewStep, stepOf } from './guided-steps.ts'
import { fieldOrder } from './values.ts'

test('every field of the form is in exactly one step', () => {
  const asked = guidedSteps.flatMap(({ fields }): string[] => [...fields])
  expect(asked.toSorted()).toEqual(fieldOrder.toSorted())
  expect(guidedSteps).toHaveLength(5)
  for (const field of fieldOrder) expect(stepOf(field)).toBeLessThan(reviewStep)
})

test('an address names a step that there is', () => {
  expect(readStep(null)).toBe(1)
  expect(readStep('3')).toBe(3)
  expect(readStep('99')).toBe(reviewStep)
  expect(readStep('-1')).toBe(1)
  expect(readStep('x')).toBe(1)
})
