import { useLingui } from '@lingui/react/macro'

import type { Effect, PlanRefusal } from '#contract/plan.ts'

import { useRefusalWords } from './refusal-words.ts'

/** Why a change can't be planned, in one sentence. */
export function usePlanRefusalWords(): (why: PlanRefusal) => string {
  const { t } = useLingui()
  const stateWords = useRefusalWords()
  const words: Partial<Record<PlanRefusal, string>> = {
    'no-such-type': t`The zone does not know this size.`,
    'type-not-offered': t`This size is not offered here.`,
    'other-family': t`It can’t change to this family.`,
    'same-type': t`It has this size already.`,
    'no-such-template': t`The zone does not have this system.`,
    'disk-not-larger': t`A disk can only grow.`,
    'disk-too-large': t`A disk can’t be that large.`,
    'template-needs-more': t`This system needs a larger disk.`,
    'no-such-snapshot': t`The snapshot is not there any more.`,
    'snapshot-not-ready': t`The snapshot is not ready.`,
    'no-password': t`Its system has no password.`,
    'tpm-already-on': t`TPM is on already.`,
    'tpm-needs-uefi': t`TPM needs a system that starts with UEFI.`,
  }
  return (why) => words[why] ?? stateWords(why as Parameters<typeof stateWords>[0])
}

/** What people should know about a change, one sentence each. */
export function useEffectWords(): (effect: Effect) => string {
  const { t } = useLingui()
  const words: Record<Effect, string> = {
    'goes-offline': t`It goes offline.`,
    'starts-again': t`It starts again by itself.`,
    'stays-off': t`It stays stopped until you start it.`,
    'for-good': t`There is no way back.`,
    'disk-erased': t`Everything on its disk is lost for good.`,
    'disk-goes-back': t`Everything written since the snapshot is lost.`,
    'snapshots-go': t`Its snapshots are lost with it.`,
    'address-given-up': t`Its address is given up.`,
    'elastic-ips-detached': t`Elastic IPs are detached, and kept.`,
    'volumes-stay': t`Its block volumes stay, with what is on them.`,
    'addresses-stay': t`Its name, addresses, groups and labels stay.`,
    'pool-replaces': t`A pool manages it, and will put a new one in its place.`,
    'new-password-needed': t`Its system uses a password: make a new one afterwards.`,
    'partition-grows-later': t`Everything on the disk stays. The system inside sees the new size once it extends its partition, which most do at the next start.`,
    'less-memory': t`Less memory than now: what needs more may fail to start.`,
    'above-documented-disk': t`The disk is larger than documented for its size, so the zone may refuse this.`,
  }
  return (effect) => words[effect]
}
