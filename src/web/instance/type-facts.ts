import { msg, plural } from '@lingui/core/macro'

import type { InstanceType } from '#contract/types.ts'

import { dot, formatBytes } from '../components/format.ts'
import { i18n } from '../i18n.ts'

/** The vCPUs and the memory of a size, as far as the zone tells them: `2 vCPUs · 2 GiB`. */
export function typeFacts({
  cpus = 0,
  memory,
}: Pick<InstanceType, 'cpus' | 'memory'>): string {
  const vcpus = i18n._(msg`${plural(cpus, { one: '# vCPU', other: '# vCPUs' })}`)
  return [cpus && vcpus, memory && formatBytes(memory)].filter(Boolean).join(dot)
}
