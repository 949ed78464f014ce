import type { Draft } from './draft.ts'
import { friendlyName } from './friendly-name.ts'
import { defaultValues, type CreateValues } from './values.ts'

type Known = {
  zones: string[]
  search: URLSearchParams
  draft: Draft | undefined
  lastZone: string | undefined
}

/**
 * The initial values of the form: from the address, else from the draft, else from defaults. `template`
 * and `type` may be names here; use-reconcile.ts turns them into ids.
 */
export function initialValues({ zones, search, draft, lastZone }: Known): CreateValues {
  const wanted = [search.get('zone'), draft?.values.zone, lastZone]
  const zone = wanted.find((one) => one && zones.includes(one)) ?? zones[0] ?? ''
  const start = draft?.values ?? { ...defaultValues, name: friendlyName() }
  // Elsewhere the draft's template is only found by its name.
  const template = draft && draft.values.zone !== zone ? draft.templateName : start.template
  return {
    ...start,
    zone,
    template: search.get('template') ?? template,
    type: search.get('type') ?? start.type,
  }
}
