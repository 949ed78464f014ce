/** How long before and after a change of the clocks a local time may be misread. */
const nearMs = 6 * 3_600_000

/** Minutes east of UTC at a moment, in the browser's time zone. */
const minutesEast = (ms: number) => -new Date(ms).getTimezoneOffset()

/** Whether the clocks change so soon before or after a moment that its local time needs an offset. */
export function isNearClockChange(moment: string | number): boolean {
  const at = new Date(moment).getTime()
  return minutesEast(at - nearMs) !== minutesEast(at + nearMs)
}

/** The offset as it is written in file names, `+0200`; nothing far from a change of the clocks. */
export function offsetInName(moment: number): string {
  if (!isNearClockChange(moment)) return ''
  const minutes = minutesEast(moment)
  const two = (value: number) => String(value).padStart(2, '0')
  const distance = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(distance / 60))}${two(distance % 60)}`
}
