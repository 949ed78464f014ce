/** Changes the time zone in which times are shown, here and in the browser's other tabs. */
import { i18n } from '../i18n.ts'
import { useTimeZone } from '../stores/time-zone.ts'

const key = 'vedette:time-zone'

/** All texts are written again, as after a change of the language. */
function show(isUtc: boolean): void {
  if (useTimeZone.getState().isUtc === isUtc) return
  useTimeZone.setState({ isUtc })
  i18n.activate(i18n.locale, i18n.locales)
}

export function setUtc(isUtc: boolean): void {
  try {
    if (isUtc) localStorage.setItem(key, 'utc')
    else localStorage.removeItem(key)
  } catch {
    // The choice then lasts as long as the page.
  }
  show(isUtc)
}

/** Follows the other tabs until the returned function is called. */
export function followTimeZone(): () => void {
  const follow = (event: StorageEvent) => {
    if (event.key === key || event.key === null) show(localStorage.getItem(key) === 'utc')
  }
  addEventListener('storage', follow)
  return () => removeEventListener('storage', follow)
}
