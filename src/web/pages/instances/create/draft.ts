import * as v from 'valibot'

import { defaultValues, type CreateValues } from './values.ts'

/**
 * A form half filled in survives a reload and a failure, in this tab only. User-data stays out
 * of it: it may hold secrets.
 */
const draftKey = 'vedette.create-draft'
const zoneKey = 'vedette.create-zone'

const texts = v.array(v.string())
const { userData: _userData, ...kept } = defaultValues

const draftSchema = v.object({
  templateName: v.fallback(v.string(), ''),
  zone: v.fallback(v.string(), kept.zone),
  name: v.fallback(v.string(), kept.name),
  template: v.fallback(v.string(), kept.template),
  type: v.fallback(v.string(), kept.type),
  disk: v.fallback(v.number(), kept.disk),
  keys: v.fallback(texts, kept.keys),
  address: v.fallback(v.picklist(['inet4', 'dual', 'none']), kept.address),
  securityGroups: v.fallback(texts, kept.securityGroups),
  antiAffinityGroups: v.fallback(texts, kept.antiAffinityGroups),
  deployTarget: v.fallback(v.string(), kept.deployTarget),
  labels: v.fallback(
    v.array(v.object({ key: v.string(), value: v.string() })),
    kept.labels,
  ),
  start: v.fallback(v.boolean(), kept.start),
  secureBoot: v.fallback(v.boolean(), kept.secureBoot),
  tpm: v.fallback(v.boolean(), kept.tpm),
  consistentSnapshots: v.fallback(v.nullable(v.boolean()), kept.consistentSnapshots),
  protect: v.fallback(v.boolean(), kept.protect),
})

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** The template's name goes along, because another zone knows it by another id (1.4). */
export type Draft = { values: CreateValues; templateName: string }

/** The draft of this tab, or undefined where there is none that can be read. */
export function readDraft(store: Store): Draft | undefined {
  try {
    const text = store.getItem(draftKey)
    if (!text) return undefined
    const parsed = v.safeParse(draftSchema, JSON.parse(text))
    if (!parsed.success) return undefined
    const { templateName, ...values } = parsed.output
    return { values: { ...values, userData: '' }, templateName }
  } catch {
    return undefined
  }
}

export function saveDraft(store: Store, { values, templateName }: Draft): void {
  const { userData: _secret, ...rest } = values
  try {
    store.setItem(draftKey, JSON.stringify({ ...rest, templateName }))
  } catch {
    // Storage may be full or forbidden; then there is no draft.
  }
}

export function clearDraft(store: Store): void {
  try {
    store.removeItem(draftKey)
  } catch {
    // As above.
  }
}

export function readLastZone(store: Store): string | undefined {
  try {
    return store.getItem(zoneKey) ?? undefined
  } catch {
    return undefined
  }
}

export function saveLastZone(store: Store, zone: string): void {
  try {
    store.setItem(zoneKey, zone)
  } catch {
    // As above.
  }
}
