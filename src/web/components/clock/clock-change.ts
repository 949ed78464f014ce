import { isUtc } from '../../stores/time-zone.ts'

/** How long before and after a change of the clocks a local time may be misread. */
const nearMs = 6 * 3_600_000

/** Minutes east of UTC at a moment, in the time zone in which times are shown. */
export const minutesEast = (at: number): number =>
  isUtc() ? 0 : -new Date(at).getTimezoneOffset()

/** Whether the clocks change so soon before or after a moment that its local time needs its zone. */
export function isNearClockChange(moment: string | number): boolean {
  const at = new Date(moment).getTime()
  return minutesEast(at - nearMs) !== minutesEast(at + nearMs)
}

/** The date whose fields in UTC are what the clock and the calendar on the wall show at a moment. */
export const onTheWall = (at: number): Date => new Date(at + minutesEast(at) * 60_000)
