/**
 * Whether this browser shows notifications of the desktop. The permission belongs to a browser and not to a person,
 * so the choice stays in it.
 */
import { create } from 'zustand'

const key = 'vedette:desktop-notices'

function stored(): boolean {
  try {
    return localStorage.getItem(key) === 'on'
  } catch {
    return false
  }
}

export const useDesktopNotices = create(() => ({ isOn: stored() }))

export function setDesktopNotices(isOn: boolean): void {
  try {
    if (isOn) localStorage.setItem(key, 'on')
    else localStorage.removeItem(key)
  } catch {
    // The choice then lasts as long as the page.
  }
  useDesktopNotices.setState({ isOn })
}

globalThis.window?.addEventListener('storage', (event) => {
  if (event.key === key || event.key === null)
    useDesktopNotices.setState({ isOn: stored() })
})

/** What the browser allows; `unsupported` also where the page has no secure connection. */
export const permission = (): NotificationPermission | 'unsupported' =>
  'Notification' in globalThis && isSecureContext ? Notification.permission : 'unsupported'
