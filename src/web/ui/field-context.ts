/** The attributes that a `Field` gives to the control inside it. */
import { createContext, use } from 'react'

export type FieldControl = {
  id?: string
  'aria-describedby'?: string
  'aria-invalid'?: true
  required?: boolean
}

export const FieldContext = createContext<FieldControl>({})

export function useFieldControl(): FieldControl {
  return use(FieldContext)
}

/** Boxed controls look alike; widths are the page's business. */
export const controlClass =
  'w-full min-w-0 rounded-md border border-control bg-surface text-sm text-text hover:border-muted focus-visible:-outline-offset-1 aria-invalid:border-error disabled:border-border disabled:bg-sunken disabled:text-muted read-only:[&:not(select)]:bg-sunken'
