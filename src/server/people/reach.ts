/**
 * Applies the rules of contract/people/area.ts: says what of the zones a person may see and change. Every route and the
 * feed ask it. An instance that isn't theirs is answered like one that doesn't exist, and so is an unknown one.
 */
import {
  areaOf,
  hasLabels,
  hasZone,
  isWithin,
  labelTexts,
  narrowsByLabel,
  type Area,
} from '#contract/people/area.ts'
import type { Person } from '#contract/people/people.ts'

import type { Places } from '../watch/places.ts'
import { refuse, type ProblemError } from '../zone/refusals.ts'

type Labels = Readonly<Record<string, string>> | undefined

export const noSuchInstance = (): ProblemError =>
  refuse('not-found', 404, { code: 'no-such-instance' })

export class Reach {
  readonly area: Area | undefined
  readonly #person: Person
  readonly #places: Places

  constructor(person: Person, places: Places) {
    this.#person = person
    this.#places = places
    this.area = areaOf(person)
  }

  /** Whether this is the person with this id. */
  isOf(personId: string | undefined): boolean {
    return personId === this.#person.id
  }

  get isNarrowed(): boolean {
    return this.area !== undefined
  }

  get isByLabel(): boolean {
    return narrowsByLabel(this.area)
  }

  hasZone(zone: string): boolean {
    return hasZone(this.area, zone)
  }

  /** Whether an instance with these labels, as its zone says, is theirs. */
  hasRow(zone: string, labels: Labels): boolean {
    return isWithin(this.area, zone, labels)
  }

  /** Whether an instance of this zone is theirs. Without a label to look at, the zone says whether it exists. */
  has(zone: string, instanceId: string): boolean {
    if (!this.isByLabel) return this.hasZone(zone)
    const place = this.#places.of(instanceId)
    return place?.zone === zone && isWithin(this.area, zone, place.labels)
  }

  /** Whether an instance that something names by its id alone is theirs. */
  holds(instanceId: string): boolean {
    const place = this.#places.of(instanceId)
    if (!this.isNarrowed) return true
    return place !== undefined && isWithin(this.area, place.zone, place.labels)
  }

  /** Whether an id is that of an instance which isn't theirs. */
  hides(id: string): boolean {
    return this.isNarrowed && this.#places.of(id) !== undefined && !this.holds(id)
  }

  /** Throws a 403 for a zone that isn't theirs. */
  requireZone(zone: string): void {
    if (!this.hasZone(zone))
      throw refuse('not-allowed', 403, { code: 'zone-not-yours', zone })
  }

  /** Throws a 404 for an instance that isn't theirs, as for one that doesn't exist. */
  requireInstance(zone: string, instanceId: string): void {
    this.requireZone(zone)
    if (!this.has(zone, instanceId)) throw noSuchInstance()
  }

  /** Throws a 403 for what only those may do who aren't narrowed; `byLabel`: who aren't narrowed by label. */
  requireWide({ byLabel = false } = {}): void {
    if (byLabel ? this.isByLabel : this.isNarrowed)
      throw refuse('not-allowed', 403, { code: 'not-narrowed-only' })
  }

  /** Throws a 403 for labels with which an instance wouldn't be theirs. */
  requireLabels(labels: Labels): void {
    if (hasLabels(this.area, labels)) return
    const label = labelTexts(this.area ?? {}).join(', ')
    throw refuse('not-allowed', 403, { code: 'labels-narrow', label })
  }

  /** Whether a label's key is one that narrows this person. */
  isNarrowedBy(key: string): boolean {
    return narrowsByLabel(this.area) && Object.hasOwn(this.area.labels, key)
  }
}

/** What a person may see and change. */
export const reachOf = (
  { watcher }: { watcher: { places: Places } },
  person: Person,
): Reach => new Reach(person, watcher.places)
