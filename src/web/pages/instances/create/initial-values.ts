import type { Draft } from './draft.ts'
import { friendlyName } from './friendly-name.ts'
import { defaultValues, type CreateValues } from './values.ts'

type Known = {
  zones: string[]
  /** Those of them that answer. */
  answering: string[]
  search: URLSearchParams
  draft: Draft | undefined
  lastZone: string | undefined
}

/**
 * What the form begins with: the address says most, then this tab's draft, then habit, and a zone that doesn't
 * answer is no habit.
 * `template` and `type` may be names here; use-reconcile.ts turns them into ids.
 */
export function initialValues({
  zones,
  answering,
  search,
  draft,
  lastZone,
}: Known): CreateValues {
  const wanted = [search.get('zone'), draft?.values.zone]
  const chosen = wanted.find((one) => one && zones.includes(one))
  const usual = answering.find((one) => one === lastZone) ?? answering[0]
  const zone = chosen ?? usual ?? zones[0] ?? ''
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
