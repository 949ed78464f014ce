import { templateMinGib, typeName } from '#contract/limits.ts'
import type { InstanceType, Template } from '#contract/types.ts'

import { defaultTemplate } from '../../../instance/template-families.ts'
import { defaultType, typeRefusal } from '../../../instance/type-families.ts'
import type { CreateValues } from './values.ts'

/**
 * What a zone has to choose from, under the field that chooses. A list that isn't loaded, or couldn't be read, is absent, and its field stays as it is.
 */
export type Catalogue = {
  template?: Template[] | undefined
  type?: InstanceType[] | undefined
  keys?: string[] | undefined
  securityGroups?: string[] | undefined
  privateNetworks?: string[] | undefined
  elasticIps?: string[] | undefined
  antiAffinityGroups?: string[] | undefined
  deployTarget?: string[] | undefined
}

type Reconciled = {
  values: Partial<CreateValues>
  /** Names of what was chosen and is not to be had here. */
  dropped: string[]
}

/**
 * Adapts the choices to a zone: what exists there is kept, anything else is reset to the default and
 * reported. Template ids differ per zone (docs/platform.md#zone-local-resources), so a template is
 * also found by its name; `names` has the names of other zones' ids.
 */
export function reconcile(
  values: CreateValues,
  catalogue: Catalogue,
  names: ReadonlyMap<string, string>,
): Reconciled {
  const fitted: Partial<CreateValues> = {}
  const dropped: string[] = []
  const drop = (wanted: string) => {
    if (wanted) dropped.push(names.get(wanted) ?? wanted)
  }

  if (catalogue.template) {
    const wanted = names.get(values.template) ?? values.template
    const found =
      catalogue.template.find(({ id }) => id === values.template) ??
      catalogue.template.find(({ name }) => name === wanted)
    if (!found) drop(values.template)
    const template = found ?? defaultTemplate(catalogue.template)
    fitted.template = template?.id ?? ''
    fitted.disk = Math.max(values.disk, templateMinGib(template))
  }
  if (catalogue.type) {
    const found = catalogue.type.find(
      (one) => one.id === values.type || typeName(one) === values.type,
    )
    const fits = found && !typeRefusal(found, values.zone)
    if (!fits) drop(found ? typeName(found) : values.type)
    const type = fits ? found : defaultType(catalogue.type, values.zone)
    fitted.type = type?.id ?? ''
  }
  const { privateNetworks: networks } = catalogue
  if (networks) {
    for (const { id } of values.privateNetworks) if (!networks.includes(id)) drop(id)
    fitted.privateNetworks = values.privateNetworks.filter(({ id }) =>
      networks.includes(id),
    )
  }
  for (const field of [
    'keys',
    'securityGroups',
    'elasticIps',
    'antiAffinityGroups',
  ] as const) {
    const known = catalogue[field]
    if (!known) continue
    for (const one of values[field]) if (!known.includes(one)) drop(one)
    fitted[field] = values[field].filter((one) => known.includes(one))
  }
  if (catalogue.deployTarget && !catalogue.deployTarget.includes(values.deployTarget)) {
    drop(values.deployTarget)
    fitted.deployTarget = ''
  }
  return { values: fitted, dropped }
}
