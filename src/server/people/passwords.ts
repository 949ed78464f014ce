/**
 * Hashes passwords and checks them: argon2id with parameters that OWASP recommends (19 MiB, two passes).
 * Two at a time, so that many sign-ins at once leave memory and processor to everything else.
 */
import { hash, verify, type Options } from '@node-rs/argon2'

import { PASSWORD_LEAST, PASSWORD_MOST } from '#contract/people/people.ts'

import { refuse } from '../zone/refusals.ts'

// The package's default algorithm is argon2id.
const options: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

const mostAtOnce = 2
const mostWaiting = 100
const retryMs = 10_000

let inside = 0
const waiting: (() => void)[] = []

/** Does the work in its turn; throws a 429 when too many wait. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (inside < mostAtOnce) inside += 1
  else if (waiting.length >= mostWaiting)
    throw refuse('not-allowed', 429, {
      code: 'too-many-attempts',
      at: Date.now() + retryMs,
    })
  // The task that ends passes its place on.
  else await new Promise<void>((enter) => waiting.push(enter))
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else inside -= 1
  }
}

/** The hash of a password in the PHC format. */
export const hashPassword = (password: string): Promise<string> =>
  inTurn(() => hash(composed(password), options))

/** Of no password; checked where there is no hash, so that an unknown name takes as long. */
let nobody: Promise<string> | undefined

/** Whether this is the password of `stored`, which is null where there is none. */
export async function isPassword(
  stored: string | null,
  password: string,
): Promise<boolean> {
  nobody ??= hash(crypto.randomUUID(), options)
  const against = stored ?? (await nobody)
  // A hash that can't be read is nobody's.
  const right = await inTurn(() => verify(against, composed(password)).catch(() => false))
  return right && stored !== null
}

/** A longer text is no password, and takes too long to compose: the square of its length, if it is made for that. */
const mostTyped = 8 * PASSWORD_MOST

/** Keyboards of other systems send an `é` as two characters. */
const composed = (password: string) =>
  password.length > mostTyped ? '' : password.normalize('NFC')

/** Whether each character follows the one before, up or down, as in `abcdef` and `654321`. */
function isSequence(text: string): boolean {
  const codes = [...text].map((character) => character.codePointAt(0) ?? 0)
  const steps = codes.slice(1).map((code, index) => code - (codes[index] ?? 0))
  const [first] = steps
  return (first === 1 || first === -1) && steps.every((step) => step === first)
}

/** Whether a password is one part repeated, a sequence, or little more than the person's name. */
function isGuessable(password: string, name: string): boolean {
  const text = password.toLowerCase()
  // The same digits again, in order, make a longer password but no other one.
  if (/^(.+?)\1+$/.test(text) || isSequence(text)) return true
  if (text.startsWith('1234567890') && /^\d+$/.test(text)) return true
  const rest = text.replaceAll(name.toLowerCase(), '')
  return name.length > 2 && rest.length < text.length && rest.length < 8
}

/** Throws a 400 unless a new password is long enough, can be stored and isn't easy to guess. */
export function checkPassword(password: unknown, name: string): asserts password is string {
  if (typeof password !== 'string') throw refuse('invalid', 400, { code: 'bad-request' })
  const { length } = [...password]
  const least = PASSWORD_LEAST
  if (length < least) throw refuse('invalid', 400, { code: 'password-too-short', least })
  const most = PASSWORD_MOST
  if (length > most) throw refuse('invalid', 400, { code: 'password-too-long', most })
  if (isGuessable(password, name))
    throw refuse('invalid', 400, { code: 'password-guessable' })
}
