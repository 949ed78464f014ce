import * as v from 'valibot'

import { CREATE_MAX } from '#contract/create.ts'
import { DISK_MAX_GIB, NAME_MAX, USER_DATA_MAX_BYTES } from '#contract/limits.ts'

import { byteLength } from '../user-data/encoding.ts'
import type { AccessMistakes, SourceMistake } from './access/access.ts'

/** The messages of errors, in the reader's language. */
export type SchemaWords = Record<
  | 'zone'
  | 'nameLong'
  | 'nameForSeveral'
  | 'count'
  | 'networkAddress'
  | 'reverseDns'
  | 'template'
  | 'type'
  | 'diskWhole'
  | 'diskLow'
  | 'diskHigh'
  | 'userDataLong'
  | 'labelKey'
  | 'labelTwice'
  | 'keyUnsaved'
  | SourceMistake,
  string
>

/**
 * At least two parts, each of letters, digits and hyphens (docs/platform.md#reverse-dns).
 */
const domainName =
  /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}\.?$/i

const filled = ({ key, value }: { key: string; value: string }) => key.trim() || value

/** Each label has a key of its own; rows without key and value are left out. */
const labelsSchema = (words: Pick<SchemaWords, 'labelKey' | 'labelTwice'>) =>
  v.pipe(
    v.array(v.object({ key: v.string(), value: v.string() })),
    v.check((rows) => rows.filter(filled).every(({ key }) => key.trim()), words.labelKey),
    v.check((rows) => {
      const keys = rows.filter(filled).map(({ key }) => key.trim())
      return new Set(keys).size === keys.length
    }, words.labelTwice),
  )

/**
 * The checks that the page makes; the zone makes all others. `sentBytes` is the size of the user data
 * as it is sent, possibly gzipped; `access` is what is wrong with the new key and group.
 */
export function createSchema(
  words: SchemaWords,
  minGib: number,
  sentBytes?: number,
  access: AccessMistakes = {},
) {
  const fields = v.object({
    zone: v.pipe(v.string(), v.nonEmpty(words.zone)),
    name: v.pipe(v.string(), v.trim(), v.maxLength(NAME_MAX, words.nameLong)),
    count: v.pipe(
      v.number(words.count),
      v.integer(words.count),
      v.minValue(1, words.count),
      v.maxValue(CREATE_MAX, words.count),
    ),
    template: v.pipe(v.string(), v.nonEmpty(words.template)),
    type: v.pipe(v.string(), v.nonEmpty(words.type)),
    disk: v.pipe(
      v.number(words.diskWhole),
      v.integer(words.diskWhole),
      v.minValue(minGib, words.diskLow),
      v.maxValue(DISK_MAX_GIB, words.diskHigh),
    ),
    keys: v.array(v.string()),
    makeKey: v.pipe(
      v.nullable(v.boolean()),
      v.check(() => !access.keyUnsaved, words.keyUnsaved),
    ),
    address: v.picklist(['inet4', 'dual', 'none']),
    securityGroups: v.array(v.string()),
    openLogin: v.nullable(v.boolean()),
    loginFrom: v.pipe(
      v.string(),
      v.check(() => !access.source, access.source ? words[access.source] : ''),
    ),
    privateNetworks: v.pipe(
      v.array(v.object({ id: v.string(), ip: v.pipe(v.string(), v.trim()) })),
      v.check(
        (rows) =>
          rows.every(({ ip }) => ip === '' || v.is(v.pipe(v.string(), v.ipv4()), ip)),
        words.networkAddress,
      ),
    ),
    elasticIps: v.array(v.string()),
    reverseDns: v.pipe(
      v.string(),
      v.trim(),
      v.check((name) => name === '' || domainName.test(name), words.reverseDns),
    ),
    antiAffinityGroups: v.array(v.string()),
    deployTarget: v.string(),
    userData: v.pipe(
      v.string(),
      v.check(
        (text) => (sentBytes ?? byteLength(text)) <= USER_DATA_MAX_BYTES,
        words.userDataLong,
      ),
    ),
    labels: labelsSchema(words),
    start: v.boolean(),
    secureBoot: v.boolean(),
    tpm: v.boolean(),
    consistentSnapshots: v.nullable(v.boolean()),
    protect: v.boolean(),
  })
  return v.pipe(
    fields,
    v.forward(
      v.partialCheck(
        [['name'], ['count']],
        ({ name, count }) => count === 1 || name !== '',
        words.nameForSeveral,
      ),
      ['name'],
    ),
  )
}
