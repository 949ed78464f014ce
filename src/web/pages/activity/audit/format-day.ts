/** Formats the days that entries of the audit log are grouped by. */
import { dateTimeFormat } from '../../../components/format.ts'

const day = dateTimeFormat({
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
})

/** `Sunday, 29 November 2026`, in the reader's time zone. */
export const formatDay = (moment: number): string => day().format(new Date(moment))
