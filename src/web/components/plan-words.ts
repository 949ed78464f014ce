import { useLingui } from '@lingui/react/macro'

import type { Effect, PlanRefusal } from '#contract/plan.ts'

import { useRefusalWords } from './refusal-words.ts'

/** Why a change can't be planned, in one sentence. */
export function usePlanRefusalWords(): (why: PlanRefusal) => string {
  const { t } = useLingui()
  const stateWords = useRefusalWords()
  const words: Partial<Record<PlanRefusal, string>> = {
    'no-such-type': t`This size doesn’t exist in this zone.`,
    'type-not-offered': t`This size isn’t available in this zone.`,
    'other-family': t`This instance can’t change to a size in this family.`,
    'same-type': t`The instance already has this size.`,
    'no-such-template': t`This template isn’t available in this zone.`,
    'disk-not-larger': t`A disk can’t be made smaller.`,
    'disk-too-large': t`This is larger than the maximum disk size.`,
    'template-needs-more': t`This template needs a larger disk.`,
    'no-such-snapshot': t`This snapshot no longer exists.`,
    'snapshot-not-ready': t`This snapshot isn’t ready yet.`,
    'no-password': t`This template doesn’t use passwords.`,
    'tpm-already-on': t`TPM is already on.`,
    'tpm-needs-uefi': t`TPM needs a template that boots with UEFI.`,
  }
  // What the table lacks is a state.
  return (why) => words[why] ?? stateWords(why as Parameters<typeof stateWords>[0])
}

/** What people should know about a change, one sentence each. */
export function useEffectWords(): (effect: Effect) => string {
  const { t } = useLingui()
  const words: Record<Effect, string> = {
    'goes-offline': t`The instance goes offline.`,
    'starts-again': t`The instance starts again automatically.`,
    'stays-off': t`The instance stays stopped until you start it.`,
    'for-good': t`You can’t undo this.`,
    'disk-erased': t`All data on the disk is permanently deleted.`,
    'disk-goes-back': t`All changes made since the snapshot are lost.`,
    'snapshots-go': t`All snapshots of this instance are deleted.`,
    'address-given-up': t`The public IP address is released.`,
    'elastic-ips-detached': t`Elastic IPs are detached but not deleted.`,
    'volumes-stay': t`Block storage volumes and their data are kept.`,
    'addresses-stay': t`The name, IP addresses, security groups and labels stay the same.`,
    'pool-replaces': t`An instance pool manages this instance and will replace it.`,
    'sks-replaces': t`SKS manages this instance and will replace it.`,
    'manager-may-replace': t`Something else at Exoscale manages this instance and may replace it.`,
    'new-password-needed': t`This template uses a password. Reset the password afterward.`,
    'partition-grows-later': t`All data on the disk is kept. The operating system can use the extra space after it extends its partition. Most do this at the next start.`,
    'less-memory': t`The new size has less memory. Programs that need more may not start.`,
    'above-documented-disk': t`The disk is larger than the documented maximum for this size, so the zone may reject this change.`,
  }
  return (effect) => words[effect]
}
