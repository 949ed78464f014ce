import type { Month } from '#contract/usage/usage.ts'

import { dateTimeFormat, unbroken } from '../../../components/format.ts'

// Exoscale's months are those of UTC.
const range = dateTimeFormat({ month: 'short', day: 'numeric', timeZone: 'UTC' })
const month = dateTimeFormat({ month: 'long', timeZone: 'UTC' })

/** `Nov 1 – 29`, by the rules of the language. */
export const formatSpan = ({ from, to }: Month): string =>
  unbroken(range().formatRange(Date.parse(from), Date.parse(to)))

export const formatMonth = ({ from }: Month): string => month().format(Date.parse(from))
