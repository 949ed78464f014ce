import { friendlyName } from './friendly-name.ts'
import { defaultValues, type CreateValues } from './values.ts'

type Known = {
  zones: string[]
  search: URLSearchParams
  draft: CreateValues | undefined
  lastZone: string | undefined
}

/**
 * What the form begins with: the address says most, then this tab's draft, then habit.
 * `template` and `type` may be names here; use-reconcile.ts turns them into ids.
 */
export function initialValues({ zones, search, draft, lastZone }: Known): CreateValues {
  const wanted = [search.get('zone'), draft?.zone, lastZone]
  const zone = wanted.find((one) => one && zones.includes(one)) ?? zones[0] ?? ''
  const start = draft ?? { ...defaultValues, name: friendlyName() }
  return {
    ...start,
    zone,
    template: search.get('template') ?? start.template,
    type: search.get('type') ?? start.type,
  }
}
