import type { CauseCode, Problem } from '#contract/problem.ts'

const ofName = new Set<CauseCode | undefined>(['bad-person-name', 'name-taken'])
const ofPassword = new Set<CauseCode | undefined>([
  'password-too-short',
  'password-too-long',
  'password-guessable',
])

/** The field that a refusal is about, where it is about one: there it is said. */
export function faultyField(problem: Problem | undefined): 'name' | 'password' | undefined {
  if (ofName.has(problem?.cause?.code)) return 'name'
  return ofPassword.has(problem?.cause?.code) ? 'password' : undefined
}
