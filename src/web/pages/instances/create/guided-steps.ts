import type { CreateField } from './values.ts'

/** The fields of each short step of the guided mode; the review after them has none. */
export const guidedSteps = [
  { id: 'place', fields: ['name', 'count', 'zone'] },
  { id: 'system', fields: ['template'] },
  { id: 'size', fields: ['type', 'disk'] },
  {
    id: 'access',
    fields: [
      'keys',
      'makeKey',
      'address',
      'securityGroups',
      'openLogin',
      'loginFrom',
      'privateNetworks',
      'elasticIps',
      'reverseDns',
    ],
  },
  {
    id: 'extras',
    fields: [
      'antiAffinityGroups',
      'deployTarget',
      'userData',
      'labels',
      'start',
      'consistentSnapshots',
      'secureBoot',
      'tpm',
      'protect',
    ],
  },
] as const satisfies { id: string; fields: readonly CreateField[] }[]

export type GuidedStepId = (typeof guidedSteps)[number]['id']

/** The number of the review, after all steps. */
export const reviewStep = guidedSteps.length + 1

/** The step of a field, counted from 1. */
export function stepOf(field: CreateField): number {
  const at = guidedSteps.findIndex(({ fields }) =>
    // Widened, so that any field can be looked for.
    (fields as readonly CreateField[]).includes(field),
  ) // each step's own tuple is narrower
  return at < 0 ? reviewStep : at + 1
}

/** The step that an address names, from 1 to the review. */
export function readStep(text: string | null): number {
  const step = Number(text ?? 1)
  return Number.isInteger(step) ? Math.min(Math.max(step, 1), reviewStep) : 1
}
