import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'
import { BrowserRouter } from 'react-router'

import { RequestError } from './api/client.ts'
import { startFeed } from './api/feed.ts'
import { Sitemap } from './routes.tsx'
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
const firstInventory = startFeed(queries)

// A page of before an update asks for files that are gone: the new page has new ones. Twice
// within a minute would be a loop, so then the error is shown.
window.addEventListener('vite:preloadError', (event) => {
  const key = 'vedette:reloaded'
  try {
    if (Date.now() - Number(sessionStorage.getItem(key)) < 60_000) return
    sessionStorage.setItem(key, String(Date.now()))
  } catch {
    return
  }
  event.preventDefault()
  location.reload()
})

// English is the source and has no catalogue. What needs compiling was compiled by the build
// (vite.config.ts); the rest is text as it stands.
i18n.setMessagesCompiler((message) => [message])
i18n.load('en', {})
i18n.activate('en')

const root = document.querySelector('#root')
if (!root) throw new Error('index.html has no #root')

// The inventory was asked for before this code was even loaded, so it is mostly here: the first
// thing painted are rows, and nothing is rendered twice. Whoever has to wait sees so soon.
const patience = new Promise((resolve) => setTimeout(resolve, 120))
await Promise.race([firstInventory, patience])

createRoot(root).render(
  <I18nProvider i18n={i18n}>
    <QueryClientProvider client={queries}>
      <BrowserRouter>
        <Sitemap />
      </BrowserRouter>
    </QueryClientProvider>
  </I18nProvider>,
)
