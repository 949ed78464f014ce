import { i18n } from '@lingui/core'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import { I18nProvider } from '@lingui/react'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'
import { BrowserRouter } from 'react-router'

import { startFeed } from './api/feed.ts'
import { Sitemap } from './routes.tsx'
import './styles/app.css'

const queries = new QueryClient({
  defaultOptions: { queries: { retry: false, refetchOnWindowFocus: false } },
})
startFeed(queries)

// English is the source and has no catalogue, so its messages are compiled as they come.
i18n.setMessagesCompiler(compileMessage)
i18n.load('en', {})
i18n.activate('en')

const root = document.querySelector('#root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <I18nProvider i18n={i18n}>
    <QueryClientProvider client={queries}>
      <BrowserRouter>
        <Sitemap />
      </BrowserRouter>
    </QueryClientProvider>
  </I18nProvider>,
)
