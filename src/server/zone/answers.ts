/**
 * Reads what a zone answers, within bounds: of bytes, and of how deep its JSON may be. What isn't JSON,
 * has broken off or is too large is a problem, never an empty answer.
 */
import type { Readable } from 'node:stream'

import { isId } from '#contract/endpoints.ts'
import type { Operation } from '#contract/types.ts'
import { withoutNulls } from '#contract/wire/zone-json.ts'

import { parseJson } from '../json.ts'
import { refuse, type ProblemError } from './refusals.ts'

const MIB = 1024 * 1024
/** Longer answers are passed on as they arrive, and shared by nobody. */
export const sharedBytes = 8 * MIB
/** The longest answer that is read as a whole: some 40,000 instances. */
export const parsedBytes = 24 * MIB
/** The longest answer that is passed on. */
export const streamedBytes = 512 * MIB
/** The longest answer to a change, which is one operation or one object. */
export const changeBytes = 4 * MIB
/** What is read of an error, whose words are in its first lines. */
const problemBytes = 64 * 1024

export const garbage = (zone: string, more: { unknownOutcome?: true } = {}): ProblemError =>
  refuse('zone-garbage', 502, { code: 'unreadable-answer', zone }, { zone, ...more })

/** An answer of more bytes than Vedette reads. */
export const tooLarge = (zone: string, most: number): ProblemError =>
  refuse(
    'zone-garbage',
    502,
    { code: 'answer-too-large', zone, most: most / MIB },
    { zone },
  )

/** All bytes of an answer; throws `tooLarge` past `most`, and what its connection throws. */
export async function readBytes(
  zone: string,
  body: Readable,
  most: number,
): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of body) {
    const bytes = chunk as Buffer // no encoding was set
    length += bytes.length
    // Leaving the loop destroys the body, and with it the connection.
    if (length > most) throw tooLarge(zone, most)
    chunks.push(bytes)
  }
  return Buffer.concat(chunks, length)
}

/** The beginning of an error's body as text. */
export async function readWords(body: Readable): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of body) {
    const bytes = chunk as Buffer // no encoding was set
    chunks.push(bytes)
    length += bytes.length
    if (length > problemBytes) break
  }
  return Buffer.concat(chunks).subarray(0, problemBytes).toString('utf8')
}

/** An answer's JSON without its nulls, an object or a list; throws a `zone-garbage` problem if it is anything else. */
export function parseBytes(zone: string, bytes: Buffer): object {
  const parsed = parseJson(bytes)
  if (parsed.is !== 'json' || typeof parsed.value !== 'object' || parsed.value === null)
    throw garbage(zone)
  // Nearly no answer has one, and some have thousands of members.
  return bytes.includes('null') ? (withoutNulls(parsed.value) as object) : parsed.value // as before
}

/**
 * The operation in a zone's answer to a change, undefined if it names none that can be asked for by the
 * table of endpoints. One
 * that doesn't tell its state is pending.
 */
export function operationIn(answer: object): Operation | undefined {
  const { id, state = 'pending' } = answer as Partial<Operation> // checked next
  if (typeof id !== 'string' || !isId(id) || typeof state !== 'string') return undefined
  return { ...answer, id, state }
}

/**
 * The members of a list in a zone's answer: none where it is left out, and without what is no object.
 * Throws a `zone-garbage` problem where it is no list.
 */
export function listIn<T extends object>(
  zone: string,
  list: readonly T[] | undefined,
): T[] {
  if (list === undefined) return []
  if (!Array.isArray(list)) throw garbage(zone)
  return list.filter((one: T | null) => typeof one === 'object' && one !== null)
}
