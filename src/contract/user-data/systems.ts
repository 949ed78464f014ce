/**
 * Says which user data an operating system reads, what a text is to it, and whether it may be
 * packed (docs/platform.md#user-data). Some templates don't use cloud-init.
 */
import type { Template } from '../types.ts'
import { cloudInitKind, trimmedStart, type CloudInitKind } from './cloud-init.ts'

/**
 * What reads the user data; `windows` is cloudbase-init, and `unknown` is probably cloud-init, of a
 * template that could not be read.
 */
export type UserDataSystem =
  | 'cloud-init'
  | 'windows'
  | 'flatcar'
  | 'coreos'
  | 'talos'
  | 'unknown'

export type UserDataKind =
  | CloudInitKind
  | 'ignition'
  /** It begins like JSON, which Ignition needs, but can't be read as JSON. */
  | 'broken-json'
  /** What people write and convert to Ignition. */
  | 'butane'
  | 'talos'
  | 'powershell'
  | 'batch'
  /** Scripts between `<script>` or `<powershell>`. */
  | 'tagged-script'

/** What reads the user data of a template; cloud-init, where nothing else is known of it. */
export function userDataSystem(
  template: Pick<Template, 'family' | 'name'> | undefined,
): UserDataSystem {
  if (!template) return 'unknown'
  const text = `${template.family ?? ''} ${template.name ?? ''}`.toLowerCase()
  if (/\bflatcar\b/.test(text)) return 'flatcar'
  if (/\b(fedora[- ]?)?coreos\b|\bfcos\b/.test(text)) return 'coreos'
  if (/\btalos\b/.test(text)) return 'talos'
  if (/\bwindows\b/.test(text)) return 'windows'
  return 'cloud-init'
}

type Packing = 'useful' | 'needed' | 'never'

const packing: Record<UserDataSystem, Packing> = {
  'cloud-init': 'useful',
  windows: 'needed',
  unknown: 'needed',
  flatcar: 'never',
  coreos: 'never',
  talos: 'never',
}

/** The kinds that nothing unpacks, whatever the template is. */
const plain = new Set<UserDataKind>(['ignition', 'broken-json', 'butane', 'talos'])

/** Whether a text is packed: where it saves a good deal, only where it must be, or never. */
export const packingOf = (text: string, system: UserDataSystem): Packing =>
  plain.has(userDataKind(text, system)) ? 'never' : packing[system]

const cloudInitReads = new Set<UserDataKind>([
  'cloud-config',
  'archive',
  'json-patch',
  'jinja',
  'script',
  'boothook',
  'include',
  'part-handler',
  'multipart',
])

/** The kinds that a system reads. */
const reads: Record<UserDataSystem, ReadonlySet<UserDataKind>> = {
  'cloud-init': cloudInitReads,
  unknown: cloudInitReads,
  windows: new Set<UserDataKind>([
    'cloud-config',
    'script',
    'multipart',
    'powershell',
    'batch',
    'tagged-script',
  ]),
  // Beside Ignition, Flatcar has a small cloud-init of its own.
  flatcar: new Set<UserDataKind>(['ignition', 'cloud-config', 'script', 'multipart']),
  coreos: new Set<UserDataKind>(['ignition']),
  talos: new Set<UserDataKind>(['talos']),
}

function isIgnition(json: string): boolean {
  const value: unknown = JSON.parse(json)
  return typeof value === 'object' && value !== null && 'ignition' in value
}

function jsonKind(text: string): UserDataKind | undefined {
  const start = trimmedStart(text)
  if (!start.startsWith('{')) return undefined
  try {
    return isIgnition(start) ? 'ignition' : undefined
  } catch {
    return /"ignition"\s*:/.test(start) ? 'broken-json' : undefined
  }
}

const isButane = (text: string) => /^variant:/m.test(text) && /^version:/m.test(text)

/** A machine configuration, or one of the documents that may stand beside it. */
const isTalos = (text: string) =>
  /^version:\s*v1alpha1\b/m.test(text) ||
  /^machine:\s*(#.*)?$/m.test(text) ||
  (/^apiVersion:\s*v1alpha1\b/m.test(text) && /^kind:/m.test(text))

/** cloudbase-init looks at the very beginning, and at its case. */
function windowsKind(text: string): UserDataKind | undefined {
  if (text.startsWith('#cloud-config')) return 'cloud-config'
  if (text.startsWith('Content-Type: multipart')) return 'multipart'
  if (/^rem\s+cmd\s/i.test(text)) return 'batch'
  if (/^#ps1(_sysnative|_x86)?\s/.test(text)) return 'powershell'
  if (/^<\/?(script|powershell)>/.test(text)) return 'tagged-script'
  if (text.startsWith('#!')) return 'script'
  return undefined
}

/** What a text would be to another system than the chosen one. */
const kindElsewhere = (text: string): UserDataKind | undefined =>
  jsonKind(text) ??
  (isButane(text) ? 'butane' : undefined) ??
  (isTalos(text) ? 'talos' : undefined) ??
  windowsKind(text)

/** What a text is to a system; what that can't read is named all the same where it is known. */
export function userDataKind(
  text: string,
  system: UserDataSystem = 'cloud-init',
): UserDataKind {
  if (trimmedStart(text) === '') return 'empty'
  const general = cloudInitKind(text)
  const otherwise = () =>
    general === 'unknown' ? (kindElsewhere(text) ?? 'unknown') : general
  switch (system) {
    case 'windows':
      // What only cloud-init reads, because of its case or the white space before it, is unknown.
      return windowsKind(text) ?? (reads.windows.has(general) ? 'unknown' : otherwise())
    case 'talos':
      return isTalos(text) ? 'talos' : otherwise()
    case 'flatcar':
    case 'coreos':
      return jsonKind(text) ?? otherwise()
    default:
      return otherwise()
  }
}

/** Whether a system reads a kind. */
export const systemReads = (system: UserDataSystem, kind: UserDataKind): boolean =>
  kind === 'empty' || reads[system].has(kind)
