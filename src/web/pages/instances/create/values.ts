import { DEFAULT_DISK_GIB } from '#contract/limits.ts'

import type { LabelRow } from '../LabelRows.tsx'

type NetworkRow = { id: string; ip: string }
export type Address = 'inet4' | 'dual' | 'none'

/**
 * What the form of a new instance holds: ids as the zone knows them, numbers as they are sent.
 * Until the zone's lists have come, `template` and `type` may also hold a name (use-reconcile.ts).
 */
export type CreateValues = {
  zone: string
  name: string
  /** The number of identical instances; the names of several are numbered. */
  count: number
  template: string
  type: string
  disk: number
  keys: string[]
  /** Whether a key is made here; null until it is chosen (access/access.ts). */
  makeKey: boolean | null
  address: Address
  securityGroups: string[]
  /** Whether a group is made that lets people log in; null until it is chosen. */
  openLogin: boolean | null
  /** The address or network from which they may, as it was typed. */
  loginFrom: string
  /** `ip` is empty where the network chooses. */
  privateNetworks: NetworkRow[]
  elasticIps: string[]
  reverseDns: string
  antiAffinityGroups: string[]
  deployTarget: string
  userData: string
  labels: LabelRow[]
  start: boolean
  secureBoot: boolean
  tpm: boolean
  /**
   * Null until it is chosen: then the template's own default applies
   * (docs/platform.md#creating-an-instance).
   */
  consistentSnapshots: boolean | null
  protect: boolean
}

export type CreateField = keyof CreateValues

export const defaultValues: CreateValues = {
  zone: '',
  name: '',
  count: 1,
  template: '',
  type: '',
  disk: DEFAULT_DISK_GIB,
  keys: [],
  makeKey: null,
  address: 'inet4',
  securityGroups: [],
  openLogin: null,
  loginFrom: '',
  privateNetworks: [],
  elasticIps: [],
  reverseDns: '',
  antiAffinityGroups: [],
  deployTarget: '',
  userData: '',
  labels: [],
  start: true,
  secureBoot: false,
  tpm: false,
  consistentSnapshots: null,
  protect: false,
}

/** As they stand on the page, so that the first wrong one is the topmost. */
export const fieldOrder: CreateField[] = [
  'name',
  'count',
  'zone',
  'template',
  'type',
  'disk',
  'keys',
  'makeKey',
  'address',
  'securityGroups',
  'openLogin',
  'loginFrom',
  'privateNetworks',
  'elasticIps',
  'reverseDns',
  'antiAffinityGroups',
  'deployTarget',
  'userData',
  'labels',
  'start',
  'consistentSnapshots',
  'secureBoot',
  'tpm',
  'protect',
]

/** The id of the element around a field's controls. */
export const fieldId = (field: CreateField) => `create-${field}`

/** Moves the focus to a field: to its invalid control, else to its selected or first one. */
export function focusField(field: CreateField): void {
  const around = document.getElementById(fieldId(field))
  const control =
    around?.querySelector<HTMLElement>('[aria-invalid=true]') ??
    around?.querySelector<HTMLElement>('input:checked') ??
    around?.querySelector<HTMLElement>('input, select, textarea, button')
  control?.focus()
  around?.scrollIntoView({ block: 'nearest' })
}
