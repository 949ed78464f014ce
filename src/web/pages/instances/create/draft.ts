import * as v from 'valibot'

import { PASSING_NAMES } from '#contract/kept.ts'

import { readKey, type RequestKey } from '../../../api/once.ts'
import { defaultValues, type CreateValues } from './values.ts'

/**
 * Stores a partly filled form for its person (contract/kept.ts), so that it survives a reload, a
 * failure, a change of the browser and a restart of the server. User data isn't stored, because it
 * may contain secrets; only the fact that there was some is, so that the form can say so.
 */
export const draftName = 'create-draft'
/** The draft of a duplicate of an instance, or of a creation that failed: it is no one else's. */
export const draftNameOf = (id: string) => `${PASSING_NAMES}${id.toLowerCase()}`
const zoneKey = 'vedette.create-zone'

const texts = v.array(v.string())
const { userData: _userData, ...kept } = defaultValues

const draftSchema = v.object({
  key: v.fallback(v.optional(v.string()), undefined),
  templateName: v.fallback(v.string(), ''),
  hadUserData: v.fallback(v.boolean(), false),
  zone: v.fallback(v.string(), kept.zone),
  name: v.fallback(v.string(), kept.name),
  count: v.fallback(v.number(), kept.count),
  template: v.fallback(v.string(), kept.template),
  type: v.fallback(v.string(), kept.type),
  disk: v.fallback(v.number(), kept.disk),
  keys: v.fallback(texts, kept.keys),
  makeKey: v.fallback(v.nullable(v.boolean()), kept.makeKey),
  address: v.fallback(v.picklist(['inet4', 'dual', 'none']), kept.address),
  securityGroups: v.fallback(texts, kept.securityGroups),
  openLogin: v.fallback(v.nullable(v.boolean()), kept.openLogin),
  loginFrom: v.fallback(v.string(), kept.loginFrom),
  privateNetworks: v.fallback(
    v.array(v.object({ id: v.string(), ip: v.string() })),
    kept.privateNetworks,
  ),
  elasticIps: v.fallback(texts, kept.elasticIps),
  reverseDns: v.fallback(v.string(), kept.reverseDns),
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

/**
 * The template's name goes along, because another zone knows it by another id
 * (docs/platform.md#zone-local-resources). So does the key, by which the server knows the same
 * draft in two tabs, and one that was sent when the page was loaded again (contract/once.ts).
 */
export type Draft = {
  values: CreateValues
  templateName: string
  hadUserData: boolean
  key?: RequestKey
}

/** The draft that was kept, or undefined where there is none that can be read. */
export function readDraft(stored: unknown): Draft | undefined {
  const parsed = v.safeParse(draftSchema, stored)
  if (!parsed.success) return undefined
  const { templateName, hadUserData, key: kept, ...values } = parsed.output
  const key = readKey(kept)
  return {
    values: { ...values, userData: '' },
    templateName,
    hadUserData,
    ...(key ? { key } : {}),
  }
}

/** What is kept of a form. */
export function draftOf(values: CreateValues, templateName: string, key: RequestKey) {
  const { userData, ...rest } = values
  return { ...rest, key, templateName, hadUserData: userData.trim() !== '' }
}

/** The zone of the last instance that this browser created; a blocked storage throws when it is read. */
export function readLastZone(): string | undefined {
  try {
    return localStorage.getItem(zoneKey) ?? undefined
  } catch {
    return undefined
  }
}

export function saveLastZone(zone: string): void {
  try {
    localStorage.setItem(zoneKey, zone)
  } catch {
    // As above.
  }
}
