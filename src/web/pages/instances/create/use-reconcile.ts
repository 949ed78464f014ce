import { useEffect, useRef, useState } from 'react'
import type { UseFormReturn } from 'react-hook-form'

import { reconcile } from './reconcile.ts'
import { useCatalogue } from './use-catalogue.ts'
import type { CreateValues } from './values.ts'

/**
 * Fits the choices to the zone, once per zone and only when all its lists have answered; tells
 * what had to be dropped. Later changes of the lists leave the choices alone.
 */
export function useReconcile(form: UseFormReturn<CreateValues>, zone: string) {
  const { catalogue, names } = useCatalogue(zone)
  const known = useRef(new Map<string, string>())
  const fitted = useRef('')
  const [dropped, setDropped] = useState<string[]>([])

  useEffect(() => {
    for (const [id, name] of names) known.current.set(id, name)
    if (!catalogue || fitted.current === zone) return
    fitted.current = zone
    const { values, dropped } = reconcile(form.getValues(), catalogue, known.current)
    for (const [field, value] of Object.entries(values)) {
      // Object.entries forgets which value belongs to which field.
      form.setValue(field as keyof CreateValues, value as never)
    }
    setDropped(dropped)
  }, [catalogue, names, zone, form])

  return { ready: Boolean(catalogue), dropped, forget: () => setDropped([]) }
}
