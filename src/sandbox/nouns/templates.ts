/**
 * Serves templates of a zone: public ones and the organization's own (docs/platform.md#templates).
 */
import type { Template } from '#contract/types.ts'

import { notFound } from '../refusal.ts'
import type { ZoneStore } from '../world.ts'

/** Templates of one visibility (public by default), and of one family if requested. */
export function listTemplates(zone: ZoneStore, query: URLSearchParams) {
  const visibility = query.get('visibility') ?? 'public'
  const family = query.get('family')
  const templates = [...zone.templates.values()].filter(
    (one) => one.visibility === visibility && (family === null || one.family === family),
  )
  return { templates }
}

export function findTemplate(zone: ZoneStore, id: string): Template {
  const template = zone.templates.get(id)
  if (!template) throw notFound()
  return template
}
