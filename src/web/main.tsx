import { I18nProvider } from '@lingui/react'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { useLayoutEffect } from 'react'
import { createRoot } from 'react-dom/client'
import { BrowserRouter } from 'react-router'

import { RequestError } from './api/client.ts'
import { followFeed } from './api/feed.ts'
import { sessionQuery } from './api/queries.ts'
import { showFailed, stayHidden } from './components/presenter/load-failed.ts'
import { i18n } from './i18n.ts'
import { showFirst } from './languages.ts'
import { watchMissingFiles } from './layouts/missing-files.ts'
import { loadCards, narrowScreen } from './pages/instances/list/load-cards.ts'
import { loadQueryTools } from './pages/instances/query/load-tools.ts'
import { loadPage, Sitemap } from './routes.tsx'
import { openByAddress, setConsolePage } from './screen/preload.ts'
import './styles/app.css'
import './styles/print.css'

/** A rejected request isn't retried; any other failure may be temporary and is retried once. */
function mayRetry(failures: number, error: Error): boolean {
  const status = error instanceof RequestError ? error.problem.status : 0
  return failures < 1 && (status < 400 || status >= 500)
}

const queries = new QueryClient({
  defaultOptions: {
    queries: { retry: mayRetry, staleTime: 2_000, refetchOnWindowFocus: false },
  },
})
const speaking = showFirst()
// Its failure is for the rendering, which comes to it later.
speaking.catch(() => undefined)
setConsolePage(() => import('./pages/instances/InstanceConsolePage.tsx'))
const told = followFeed(queries)
const screen = openByAddress(location.pathname, told)
const known = Promise.all([told, queries.prefetchQuery(sessionQuery)])
const code = Promise.all([
  // A page that can't be loaded shows an error in its place.
  loadPage(location.pathname).catch(() => undefined),
  // Without them, a list with a query would first show that it is loading.
  /^\/(instances|wall)?\/?$/.test(location.pathname) && location.search
    ? loadQueryTools()
    : undefined,
  location.pathname === '/instances' && matchMedia(narrowScreen).matches
    ? loadCards()
    : undefined,
])

watchMissingFiles()

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

/** Removes what was shown before in the same frame that shows the page itself. */
function FirstPageGone() {
  useLayoutEffect(() => {
    document.querySelector('#first-page')?.remove()
    void screen.then((gone) => gone())
  }, [])
  return null
}

/** Renders the page as soon as that delays nothing. Other files wait for this one, so it doesn't wait itself. */
async function render(root: Element): Promise<void> {
  // The list that came with the page is painted before it is replaced, because rendering would delay
  // it. On a phone it isn't shown, so there is nothing to wait for.
  if (document.querySelector('#first-page')?.checkVisibility() && !document.hidden)
    await Promise.race([somethingShown(), within(3_000)])
  // Without it React would show nothing in its place, for at least 300 ms (findings/react-fallback-stays.sh).
  await Promise.race([code, within(600)])
  // Both were requested before this code was loaded, so they have usually arrived and nothing is
  // rendered twice. Otherwise the page soon shows that it is loading.
  await Promise.race([known, within(120)])
  await Promise.race([screen, within(300)])
  await speaking
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
}
render(root).catch((error: unknown) => {
  showFailed()
  throw error
})

// After the first paint.
void within(500)
  .then(() => import('./layouts/late.ts'))
  .then(({ startLate }) => startLate(queries))
  .catch(stayHidden)
