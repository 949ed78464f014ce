import type { Chain } from '#contract/chain.ts'
import { seriesNames } from '#contract/create.ts'
import type { CreateInstance } from '#contract/types.ts'

import { valuesLike } from './values-like.ts'
import type { CreateValues } from './values.ts'

/**
 * The form as it was when `chain` was ordered, without user-data, which is kept nowhere.
 * Others of its order that failed too come along where their names can be counted from its own.
 */
export function valuesAgain(chain: Chain, all: readonly Chain[]): CreateValues {
  const { zone, steps, subject } = chain
  const body = steps[0]?.body as CreateInstance // a creation begins with its order
  const failed = all
    .filter(
      ({ batch, steps: [first] }) =>
        batch === chain.batch && first && ['failure', 'unknown'].includes(first.state),
    )
    .map((one) => one.subject)
    .toSorted()
  const series = seriesNames(failed[0] ?? '', failed.length)
  const counted = failed.length > 1 && series.every((name, at) => name === failed[at])
  const follow = (endpoint: string) => steps.filter((step) => step.endpoint === endpoint)
  const networks = follow('attach-instance-to-private-network')
  const reverse = follow('update-reverse-dns-instance')[0]?.body
  return {
    // The request has the same members as an instance that is read.
    ...valuesLike(zone, body),
    name: counted ? (failed[0] ?? subject) : subject,
    count: counted ? failed.length : 1,
    start: body['auto-start'] ?? true,
    privateNetworks: networks.map(({ target = '', body: sent }) => ({
      id: target,
      ip: (sent as { ip?: string } | undefined)?.ip ?? '', // planCreate made it
    })),
    elasticIps: follow('attach-instance-to-elastic-ip').flatMap(
      ({ target }) => target ?? [],
    ),
    reverseDns: (reverse as { 'domain-name'?: string } | undefined)?.['domain-name'] ?? '', // as above
    protect: follow('add-instance-protection').length > 0,
  }
}
