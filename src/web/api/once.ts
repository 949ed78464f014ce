/**
 * Makes the key of each form and question, which its request carries, so that one press sends one
 * request (contract/once.ts). What decides here is plain state that is true at once: a second click
 * may come before the page has rendered the first.
 */
import { KEY_KEPT_MS } from '#contract/once.ts'

declare const made: unique symbol
/** A UUID that was made here, so that no other text is taken for one. */
export type RequestKey = string & { readonly [made]: true }

/** Within this time after an answer, the same press on the same thing is a double click. */
const doubleClickMs = 1_000
const prefix = 'vedette.key '
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export function newKey(): RequestKey {
  // randomUUID exists only on pages that came over HTTPS.
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  const [a, b, c] = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(13, 16)]
  // It has just been made.
  return `${a}-${b}-4${c}-8${hex.slice(17, 20)}-${hex.slice(20)}` as RequestKey
}

/** A key that was kept; undefined for anything else. */
export const readKey = (kept: unknown): RequestKey | undefined =>
  // It has the form of a key, and was kept as one.
  typeof kept === 'string' && uuid.test(kept) ? (kept as RequestKey) : undefined

/** The key of a form or question that this tab had before it was loaded again. */
function keptKey(slot: string): RequestKey | undefined {
  try {
    const [key, at] = (sessionStorage.getItem(prefix + slot) ?? '').split(' ')
    return Date.now() - Number(at) < KEY_KEPT_MS ? readKey(key) : undefined
  } catch {
    return undefined
  }
}

function keepKey(slot: string, key: RequestKey): void {
  try {
    sessionStorage.setItem(prefix + slot, `${key} ${Date.now()}`)
  } catch {
    // Without a store, a reload makes a new key.
  }
}

/** A question was answered, or closed without an answer. */
export function forgetKey(slot: string): void {
  try {
    sessionStorage.removeItem(prefix + slot)
  } catch {
    // Nothing was kept either.
  }
}

type PressOptions = {
  /** One that was kept elsewhere. */
  key?: RequestKey | undefined
  /** The name under which the tab keeps the key, so that a reload doesn't change it. */
  slot?: string | undefined
  /** The form goes away once it is accepted: after that, nothing more is sent. */
  closes?: boolean | undefined
}

/** What is sent by one form or question. */
export class Press {
  #key: RequestKey
  readonly #slot: string | undefined
  readonly #closes: boolean
  #busy = false
  #said = ''
  /** When its last request was accepted. */
  #acceptedAt: number | undefined

  constructor({ key, slot, closes = false }: PressOptions = {}) {
    this.#slot = slot
    this.#closes = closes
    this.#key = key ?? (slot === undefined ? undefined : keptKey(slot)) ?? newKey()
    if (slot !== undefined) keepKey(slot, this.#key)
  }

  get key(): RequestKey {
    return this.#key
  }

  /** The key to send `what` with; undefined where that is under way or was just done. */
  begin(what?: unknown): RequestKey | undefined {
    if (this.#busy) return undefined
    const said = JSON.stringify(what) ?? ''
    if (this.#acceptedAt !== undefined) {
      const same = said === this.#said && Date.now() - this.#acceptedAt < doubleClickMs
      if (this.#closes || same) return undefined
      this.renew()
    }
    this.#said = said
    this.#busy = true
    return this.#key
  }

  /** Told of the answer. A refusal leaves the key, which the server has freed. */
  end(accepted: boolean): void {
    this.#busy = false
    if (!accepted) return
    this.#acceptedAt = Date.now()
    this.forget()
  }

  /** What is sent next is meant to be sent, whatever was sent before. */
  renew(): void {
    this.#key = newKey()
    this.#acceptedAt = undefined
    if (this.#slot !== undefined) keepKey(this.#slot, this.#key)
  }

  /** The question was answered: the tab need not know its key any longer. */
  forget(): void {
    if (this.#slot !== undefined) forgetKey(this.#slot)
  }
}

const presses = new Map<string, Press>()
const mostPresses = 500

/** The press of what has no form of its own, such as an entry of a menu, by its name. */
export function pressOf(name: string): Press {
  const press = presses.get(name) ?? new Press()
  presses.set(name, press)
  const [oldest] = presses.keys()
  if (presses.size > mostPresses && oldest !== undefined) presses.delete(oldest)
  return press
}

/** Sends what has no form of its own; answers undefined where that is under way or was just done. */
export async function sendOnce<T>(
  press: Press,
  what: unknown,
  send: (key: RequestKey) => Promise<T>,
): Promise<T | undefined> {
  const key = press.begin(what)
  if (!key) return undefined
  let accepted = false
  try {
    const answer = await send(key)
    accepted = true
    return answer
  } finally {
    press.end(accepted)
  }
}
