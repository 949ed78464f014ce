import { I18nProvider } from '@lingui/react'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { useLayoutEffect } from 'react'
import { createRoot } from 'react-dom/client'
import { BrowserRouter } from 'react-router'

import { RequestError } from './api/client.ts'
import { startFeed } from './api/feed.ts'
import { sessionQuery } from './api/queries.ts'
import { i18n } from './i18n.ts'
import { loadPage, Sitemap } from './routes.tsx'
import { preloadConsole, setConsolePage } from './screen/preload.ts'
import { useTheme } from './stores/theme.ts'
import './styles/app.css'

/** A refusal stays one; anything else may be a moment's weakness, and is asked once more. */
function mayRetry(failures: number, error: Error): boolean {
  const status = error instanceof RequestError ? error.problem.status : 0
  return failures < 1 && (status < 400 || status >= 500)
}

const queries = new QueryClient({
  defaultOptions: {
    queries: { retry: mayRetry, staleTime: 2_000, refetchOnWindowFocus: false },
  },
})
setConsolePage(() => import('./pages/instances/InstanceConsolePage.tsx'))
// Who comes to a screen's address needs its code next: it need not wait for the page to render.
if (/^\/console\/|\/console$/.test(location.pathname)) preloadConsole()
const known = Promise.all([
  startFeed(queries),
  queries.prefetchQuery(sessionQuery),
  // One that can't be loaded says so where it is shown.
  loadPage(location.pathname).catch(() => undefined),
])

/**
 * A page of before an update asks for files that are gone: the new page has new ones. Twice within a
 * minute would be a loop, so then the error is shown; and where nobody answers there is no newer
 * page, and this one still knows what it knew.
 */
async function loadAnew(): Promise<void> {
  const key = 'vedette:reloaded'
  try {
    if (Date.now() - Number(sessionStorage.getItem(key)) < 60_000) return
    const { ok } = await fetch('/healthz', { cache: 'no-store' })
    if (!ok) return
    sessionStorage.setItem(key, String(Date.now()))
  } catch {
    return
  }
  location.reload()
}
window.addEventListener('vite:preloadError', () => void loadAnew())

// The page's language for screen readers, hyphenation and the browser's own translation.
const followLocale = () => {
  document.documentElement.lang = i18n.locale
}
i18n.on('change', followLocale)
followLocale()

const root = document.querySelector('#root')
if (!root) throw new Error('index.html has no #root')

/** Resolves when the browser has shown something. */
function somethingShown(): Promise<void> {
  return new Promise((resolve) => {
    new PerformanceObserver((entries, observer) => {
      if (entries.getEntriesByName('first-contentful-paint').length === 0) return
      observer.disconnect()
      resolve()
    }).observe({ type: 'paint', buffered: true })
  })
}

const within = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

// What came with the page is seen before it is replaced: rendering would only delay it. On a
// phone it is not shown, so there is nothing to wait for.
if (document.querySelector('#first-page')?.checkVisibility() && !document.hidden)
  await Promise.race([somethingShown(), within(3_000)])
// Both were asked for before this code was even loaded, so they are mostly here: nothing is
// rendered twice. Whoever has to wait sees so soon.
await Promise.race([known, within(120)])

/** Takes the server's picture of the page away in the same frame that shows the page itself. */
function FirstPageGone() {
  useLayoutEffect(() => document.querySelector('#first-page')?.remove(), [])
  return null
}

createRoot(root).render(
  <I18nProvider i18n={i18n}>
    <QueryClientProvider client={queries}>
      <BrowserRouter>
        <Sitemap />
        <FirstPageGone />
      </BrowserRouter>
    </QueryClientProvider>
  </I18nProvider>,
)

// After the first paint: what this browser remembers is shown first.
let choseEarly = false
const unsubscribe = useTheme.subscribe(() => {
  choseEarly = true
})
void within(500)
  .then(() => import('./api/follow-person.ts'))
  .then(({ followPerson }) => {
    unsubscribe()
    return followPerson(choseEarly)
  })
  .catch(() => undefined)
void within(500)
  .then(() => import('./api/follow-presence.ts'))
  .then(({ followPresence }) => followPresence())
  .catch(() => undefined)
