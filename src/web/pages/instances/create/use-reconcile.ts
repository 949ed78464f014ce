import { useEffect, useRef, useState } from 'react'
import { useFormState, type UseFormReturn } from 'react-hook-form'

import { reconcile, type Catalogue } from './reconcile.ts'
import { useCatalogue } from './use-catalogue.ts'
import type { CreateValues } from './values.ts'

/** The zone's lists that have just been loaded: each is applied once. */
function takeNew(catalogue: Catalogue, fitted: Set<string>): Catalogue {
  const fresh = Object.entries(catalogue).filter(
    ([field, list]) => list !== undefined && !fitted.has(field),
  )
  for (const [field] of fresh) fitted.add(field)
  return Object.fromEntries(fresh)
}

/**
 * Adapts the choices to the zone, each once per zone as soon as its own list is loaded: one slow list
 * must not delay the others. Returns what had to be dropped. Later changes of the lists don't change
 * the choices.
 */
export function useReconcile(form: UseFormReturn<CreateValues>, zone: string) {
  const { catalogue, names } = useCatalogue(zone)
  const { isSubmitted, dirtyFields } = useFormState({ control: form.control })
  const typedDisk = dirtyFields.disk === true
  const known = useRef(new Map<string, string>())
  const progress = useRef({ zone, fitted: new Set<string>() })
  const [dropped, setDropped] = useState<{ zone: string; names: string[] }>()

  useEffect(() => {
    for (const [id, name] of names) known.current.set(id, name)
    if (progress.current.zone !== zone) progress.current = { zone, fitted: new Set() }
    const fresh = takeNew(catalogue, progress.current.fitted)
    if (Object.keys(fresh).length === 0) return
    const { values, dropped } = reconcile(form.getValues(), fresh, known.current)
    for (const [field, value] of Object.entries(values)) {
      // A typed value gets an error message instead of being changed.
      if (field === 'disk' && typedDisk) continue
      // Object.entries loses the type of each field's value.
      form.setValue(field as keyof CreateValues, value as never)
    }
    // Values that were missing before the lists were loaded may be valid now.
    if (isSubmitted) void form.trigger()
    if (dropped.length === 0) return
    setDropped((before) => ({
      zone,
      names: [...(before?.zone === zone ? before.names : []), ...dropped],
    }))
  }, [catalogue, names, zone, form, isSubmitted, typedDisk])

  return {
    dropped: dropped?.zone === zone ? dropped.names : [],
    forget: () => setDropped(undefined),
  }
}
