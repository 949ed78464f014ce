/** What to do when a file of this page is missing, because the server was updated since it was loaded. */
import { isServerThere } from '../api/server-there.ts'

const key = 'vedette:reloaded'

/** The address at which something was typed last, or that was left: a browser then gives up files on their way. */
let usedAt: string | undefined

/** Whether a reload would take something from a person: what was typed, or a connected screen. */
const isInUse = () =>
  usedAt === location.pathname || document.querySelector('[data-connection=open]') !== null

/**
 * Reloads the page. Twice within a minute would be a loop, and a page in use is left as it is: then an
 * error is shown where the file was needed. If the server doesn't respond, there is no newer page, and
 * this one keeps its data.
 */
async function loadAnew(): Promise<void> {
  try {
    if (Date.now() - Number(sessionStorage.getItem(key)) < 60_000) return
    if (!(await isServerThere()) || isInUse()) return
    sessionStorage.setItem(key, String(Date.now()))
  } catch {
    return
  }
  location.reload()
}

export function watchMissingFiles(): void {
  for (const event of ['input', 'beforeunload'])
    window.addEventListener(event, () => (usedAt = location.pathname))
  window.addEventListener('vite:preloadError', () => void loadAnew())
}
