import { templateMinGib, typeName } from '#contract/limits.ts'
import type { InstanceType, Template } from '#contract/types.ts'

import { defaultTemplate } from './template-families.ts'
import { defaultType, typeRefusal } from './type-families.ts'
import type { CreateValues } from './values.ts'

/** What a zone has to choose from. A list that could not be read is left undefined. */
export type Catalogue = {
  templates: Template[]
  types: InstanceType[]
  keys: string[] | undefined
  securityGroups: string[] | undefined
  antiAffinityGroups: string[] | undefined
  deployTargets: string[] | undefined
}

export type Reconciled = {
  values: Partial<CreateValues>
  /** Names of what was chosen and is not to be had here. */
  dropped: string[]
}

/**
 * Fits the choices to a zone: what exists there stays, what does not falls back to the default
 * and is named. Template ids differ per zone (1.4), so a template is also found by its name;
 * `names` tells the names of ids of other zones.
 */
export function reconcile(
  values: CreateValues,
  catalogue: Catalogue,
  names: ReadonlyMap<string, string>,
): Reconciled {
  const dropped: string[] = []
  const drop = (wanted: string) => {
    if (wanted) dropped.push(names.get(wanted) ?? wanted)
  }
  const only = (wanted: string[], known: string[] | undefined) => {
    if (!known) return wanted
    for (const one of wanted) if (!known.includes(one)) drop(one)
    return wanted.filter((one) => known.includes(one))
  }

  const { templates, types } = catalogue
  const templateName = names.get(values.template) ?? values.template
  let template =
    templates.find(({ id }) => id === values.template) ??
    templates.find(({ name }) => name === templateName)
  if (!template) {
    drop(values.template)
    template = defaultTemplate(templates)
  }

  let type = types.find((one) => one.id === values.type || typeName(one) === values.type)
  if (!type || typeRefusal(type, values.zone)) {
    drop(type ? typeName(type) : values.type)
    type = defaultType(types, values.zone)
  }

  const [deployTarget = ''] = only(
    values.deployTarget ? [values.deployTarget] : [],
    catalogue.deployTargets,
  )
  return {
    values: {
      template: template?.id ?? '',
      type: type?.id ?? '',
      disk: Math.max(values.disk, templateMinGib(template)),
      keys: only(values.keys, catalogue.keys),
      securityGroups: only(values.securityGroups, catalogue.securityGroups),
      antiAffinityGroups: only(values.antiAffinityGroups, catalogue.antiAffinityGroups),
      deployTarget,
    },
    dropped,
  }
}
