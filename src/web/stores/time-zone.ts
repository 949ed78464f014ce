/**
 * Whether times are shown in UTC instead of the browser's time zone; people with accounts take the choice along
 * (api/follow-preferences.ts). components/format.ts and components/clock/wall-clock.ts read it.
 */
import { create } from 'zustand'

const key = 'vedette:time-zone'

function stored(): boolean {
  try {
    return localStorage.getItem(key) === 'utc'
  } catch {
    return false
  }
}

export const useTimeZone = create(() => ({ isUtc: stored() }))

export const isUtc = (): boolean => useTimeZone.getState().isUtc
