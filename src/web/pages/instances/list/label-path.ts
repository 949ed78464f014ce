import { phraseOf } from './select-rows.ts'

/** The list of all instances that have a label, written as `key=value`. */
export const labelPath = (label: string) =>
  `/instances?q=${encodeURIComponent(phraseOf(label))}`
