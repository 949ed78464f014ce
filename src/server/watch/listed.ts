/** Keeps a zone's instances as they were last listed, with their marks, and finds what has changed. */
import type { ListedInstance } from '#contract/feed.ts'
import { isTransitional } from '#contract/lifecycle.ts'
import type { Mark } from '#contract/timeline.ts'
import type { InstanceListItem } from '#contract/types.ts'

/** When an instance was seen in its present state for the first time, and in another for the last time. */
export type Sight = { firstAt: number; otherAt: number | undefined }

export type MarkOf = (
  zone: string,
  instance: InstanceListItem,
  sight: Sight,
) => Mark | undefined

type Entry = { text: string; listed: ListedInstance; lookedAt: number; sight: Sight }
type Changes = { upsert: ListedInstance[]; remove: string[] }

export class ListedInstances {
  readonly #zone: string
  readonly #markOf: MarkOf
  readonly #entries = new Map<string, Entry>()

  constructor(zone: string, markOf: MarkOf) {
    this.#zone = zone
    this.#markOf = markOf
  }

  get(id: string): ListedInstance | undefined {
    return this.#entries.get(id)?.listed
  }

  all(): ListedInstance[] {
    return Array.from(this.#entries.values(), ({ listed }) => listed)
  }

  /** Whether the state of any instance will change automatically soon. */
  isChanging(): boolean {
    return this.all().some(({ state }) => isTransitional(state))
  }

  /** Takes a new list, read at `now` in epoch ms, and returns how it differs from the last one. */
  compare(list: readonly InstanceListItem[], now: number): Changes {
    const upsert: ListedInstance[] = []
    const gone = new Set(this.#entries.keys())
    for (const instance of list) {
      gone.delete(instance.id)
      const before = this.#entries.get(instance.id)
      const sight: Sight =
        before?.listed.state === instance.state
          ? before.sight
          : { firstAt: now, otherAt: before?.lookedAt }
      const listed = this.#keep(instance, now, sight)
      if (listed) upsert.push(listed)
    }
    for (const id of gone) this.#entries.delete(id)
    return { upsert, remove: [...gone] }
  }

  /** Takes what another server has found, with its marks. */
  apply({ upsert, remove }: Changes, now: number): void {
    for (const listed of upsert) {
      const before = this.#entries.get(listed.id)
      const isSame = before?.listed.state === listed.state
      // Since when its state changes, the other server knew.
      const sight: Sight = isSame
        ? before.sight
        : { firstAt: listed.mark?.since ?? now, otherAt: before?.lookedAt }
      const text = JSON.stringify(listed)
      this.#entries.set(listed.id, { text, listed, lookedAt: now, sight })
    }
    for (const id of remove) this.#entries.delete(id)
  }

  /** Takes all that another server has. */
  replace(all: readonly ListedInstance[], now: number): void {
    this.#entries.clear()
    this.apply({ upsert: [...all], remove: [] }, now)
  }

  /** Marks these instances again, or all of them, and returns those whose mark has changed. */
  markAgain(ids: Iterable<string> = [...this.#entries.keys()]): ListedInstance[] {
    return Array.from(ids).flatMap((id) => {
      const entry = this.#entries.get(id)
      if (!entry) return []
      const { mark: _mark, ...instance } = entry.listed
      return this.#keep(instance, entry.lookedAt, entry.sight) ?? []
    })
  }

  /** Stores an instance; undefined if it is as before. */
  #keep(
    instance: InstanceListItem,
    lookedAt: number,
    sight: Sight,
  ): ListedInstance | undefined {
    const mark = this.#markOf(this.#zone, instance, sight)
    const listed = mark ? { ...instance, mark } : instance
    const text = JSON.stringify(listed)
    const before = this.#entries.get(instance.id)
    const isSame = before?.text === text
    this.#entries.set(instance.id, {
      text,
      listed: isSame ? before.listed : listed,
      lookedAt,
      sight,
    })
    return isSame ? undefined : listed
  }
}
