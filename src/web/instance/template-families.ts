import type { Template } from '#contract/types.ts'

import { compareText } from '../components/format.ts'

/** Proper names of families; any other family is shown as Exoscale writes it. */
const familyNames: Record<string, string> = {
  ubuntu: 'Ubuntu',
  debian: 'Debian',
  rocky: 'Rocky Linux',
  almalinux: 'AlmaLinux',
  centos: 'CentOS',
  fedora: 'Fedora',
  opensuse: 'openSUSE',
  rhel: 'Red Hat',
  windows: 'Windows',
  flatcar: 'Flatcar',
  freebsd: 'FreeBSD',
  openbsd: 'OpenBSD',
  talos: 'Talos',
  vyos: 'VyOS',
}
const order = Object.keys(familyNames)

export const templateFamily = (template: Template) => template.family ?? 'other'
export const templateFamilyName = (family: string) => familyNames[family] ?? family

function rank(family: string): number {
  const index = order.indexOf(family)
  return index < 0 ? order.length : index
}

/** The families that occur, the most common ones first. */
export function templateFamilies(templates: Template[]): string[] {
  const families = [...new Set(templates.map(templateFamily))]
  return families.sort((a, b) => rank(a) - rank(b) || compareText(a, b))
}

/** Newest version first, then by name. */
export function newestFirst(templates: Template[]): Template[] {
  return [...templates].sort(
    (a, b) =>
      compareText(b.version ?? '', a.version ?? '') ||
      compareText(a.name ?? '', b.name ?? ''),
  )
}

/** The templates of a family, or of all families while something is searched for. */
export function shownTemplates(
  templates: Template[],
  family: string,
  text: string,
): Template[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const fits = (template: Template) => {
    if (words.length === 0) return templateFamily(template) === family
    const all = [template.name, template.family, template.version, template['default-user']]
    const hay = all.join(' ').toLowerCase()
    return words.every((word) => hay.includes(word))
  }
  return newestFirst(templates.filter(fits))
}

/** The template to begin with: the newest public Ubuntu, else the first. */
export function defaultTemplate(templates: Template[]): Template | undefined {
  const ubuntu = templates
    .filter(({ visibility }) => visibility !== 'private')
    .filter((template) => templateFamily(template) === 'ubuntu')
  return newestFirst(ubuntu)[0] ?? templates[0]
}
