/**
 * Renders the list for the page that the server sends, so that rows are visible while the program is
 * still loading. The program replaces it with the real page. It has its own build
 * (vite.first-page.config.ts), which serve.ts passes to the server.
 */
import { I18nProvider } from '@lingui/react'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { renderToString } from 'react-dom/server'
import { Route, Routes, StaticRouter } from 'react-router'
import { texts } from 'virtual:texts/all'

import type { Inventory } from '#contract/feed.ts'
import { languages, type Language } from '#contract/languages.ts'
import type { Session } from '#contract/people/session.ts'

import { stateOf, useInventory } from './api/inventory.ts'
import { sessionQuery } from './api/queries.ts'
import { catalogues, i18n, speak } from './i18n.ts'
import { Shell } from './layouts/Shell.tsx'
import { InstancesPage } from './pages/instances/InstancesPage.tsx'
import { useQueryTools } from './pages/instances/query/load-tools.ts'
import { queryTools } from './pages/instances/query/tools.ts'

for (const language of languages) Object.assign(catalogues[language], texts[language])

/**
 * The markup of the list at `url`, a path with its query, for a window of usual size. `preferred` are the
 * tags of the reader's languages, the best first.
 */
export function renderFirstPage(
  inventory: Inventory,
  session: Session,
  url: string,
  language: Language,
  preferred: readonly string[],
): string {
  // Rendered at once, so no other request's language comes between.
  speak(language, preferred)
  const queries = new QueryClient()
  queries.setQueryData(sessionQuery.queryKey, session)
  // On the server, hooks read a store's initial state, and this object is it.
  Object.assign(useInventory.getInitialState(), stateOf(inventory))
  useQueryTools.getInitialState().tools = queryTools
  const markup = renderToString(
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={queries}>
        <StaticRouter location={url}>
          <Routes>
            <Route element={<Shell />}>
              <Route path="*" element={<InstancesPage />} />
            </Route>
          </Routes>
        </StaticRouter>
      </QueryClientProvider>
    </I18nProvider>,
  )
  // The page has its title already. Styles in attributes, which the policy forbids, are only the
  // heights of what is out of sight.
  return markup.replace(/<title>.*?<\/title>/s, '').replaceAll(/ style="[^"]*"/g, '')
}
