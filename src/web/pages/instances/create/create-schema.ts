import * as v from 'valibot'

import { DISK_MAX_GIB, NAME_MAX, USER_DATA_MAX_BYTES } from '#contract/limits.ts'

import { byteLength } from '../user-data.ts'

/** What is said of each mistake, already in the reader's language. */
export type SchemaWords = Record<
  | 'zone'
  | 'nameLong'
  | 'template'
  | 'type'
  | 'diskWhole'
  | 'diskLow'
  | 'diskHigh'
  | 'userDataLong'
  | 'labelKey'
  | 'labelTwice',
  string
>

const filled = ({ key, value }: { key: string; value: string }) => key.trim() || value

/** What the page refuses by itself; the rest is the zone's to judge. */
export function createSchema(words: SchemaWords, minGib: number) {
  return v.object({
    zone: v.pipe(v.string(), v.nonEmpty(words.zone)),
    name: v.pipe(v.string(), v.trim(), v.maxLength(NAME_MAX, words.nameLong)),
    template: v.pipe(v.string(), v.nonEmpty(words.template)),
    type: v.pipe(v.string(), v.nonEmpty(words.type)),
    disk: v.pipe(
      v.number(words.diskWhole),
      v.integer(words.diskWhole),
      v.minValue(minGib, words.diskLow),
      v.maxValue(DISK_MAX_GIB, words.diskHigh),
    ),
    keys: v.array(v.string()),
    address: v.picklist(['inet4', 'dual', 'none']),
    securityGroups: v.array(v.string()),
    antiAffinityGroups: v.array(v.string()),
    deployTarget: v.string(),
    userData: v.pipe(
      v.string(),
      v.check((text) => byteLength(text) <= USER_DATA_MAX_BYTES, words.userDataLong),
    ),
    labels: v.pipe(
      v.array(v.object({ key: v.string(), value: v.string() })),
      v.check((rows) => rows.filter(filled).every(({ key }) => key.trim()), words.labelKey),
      v.check((rows) => {
        const keys = rows.filter(filled).map(({ key }) => key.trim())
        return new Set(keys).size === keys.length
      }, words.labelTwice),
    ),
    start: v.boolean(),
    secureBoot: v.boolean(),
    tpm: v.boolean(),
    consistentSnapshots: v.nullable(v.boolean()),
    protect: v.boolean(),
  })
}
