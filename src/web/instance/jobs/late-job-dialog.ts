/** Loads the dialog of a job when one is first needed, or expected. */
import type { ComponentType } from 'react'

import type { JobDialogProps } from './JobDialog.tsx'

let loaded: ComponentType<JobDialogProps> | undefined

/** The dialog, if its code is there already: then it appears with its address, and not later. */
export const jobDialogNow = () => loaded

export async function loadJobDialog(): Promise<ComponentType<JobDialogProps>> {
  const { JobDialog } = await import('./JobDialog.tsx')
  loaded = JobDialog
  return JobDialog
}
