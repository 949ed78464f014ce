import type { Problem, ProblemEntry } from '#contract/problem.ts'

import type { CreateField } from './values.ts'

const fields: Record<string, CreateField> = {
  name: 'name',
  'disk-size': 'disk',
  'instance-type': 'type',
  template: 'template',
  'ssh-key': 'keys',
  'ssh-keys': 'keys',
  'public-ip-assignment': 'address',
  'security-groups': 'securityGroups',
  'private-networks': 'privateNetworks',
  'elastic-ips': 'elasticIps',
  'domain-name': 'reverseDns',
  'anti-affinity-groups': 'antiAffinityGroups',
  'deploy-target': 'deployTarget',
  'user-data': 'userData',
  labels: 'labels',
  'auto-start': 'start',
  'secureboot-enabled': 'secureBoot',
  'tpm-enabled': 'tpm',
  'application-consistent-snapshot-enabled': 'consistentSnapshots',
}

type SortedProblem = {
  onFields: { field: CreateField; entry: ProblemEntry }[]
  /** The problem with the entries that belong to no field. */
  rest: Problem
}

/** Moves what is wrong with a field onto it; paths are dotted, with or without `body.`. */
export function sortProblem(problem: Problem): SortedProblem {
  const onFields: SortedProblem['onFields'] = []
  const others: ProblemEntry[] = []
  for (const entry of problem.errors ?? []) {
    const [head = ''] = (entry.path ?? '').replace(/^body\./, '').split(/[.[]/)
    const field = Object.hasOwn(fields, head) ? fields[head] : undefined
    if (field) onFields.push({ field, entry })
    else others.push(entry)
  }
  const { errors: _errors, ...said } = problem
  return { onFields, rest: others.length > 0 ? { ...said, errors: others } : said }
}
