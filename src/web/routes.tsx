import { lazy, Suspense } from 'react'
import { Navigate, Route, Routes } from 'react-router'

import { Shell } from './layouts/Shell.tsx'
import { InstancesPage } from './pages/instances/InstancesPage.tsx'

const InstancePage = lazy(() =>
  import('./pages/instances/InstancePage.tsx').then((page) => ({
    default: page.InstancePage,
  })),
)
const InstanceCreatePage = lazy(() =>
  import('./pages/instances/InstanceCreatePage.tsx').then((page) => ({
    default: page.InstanceCreatePage,
  })),
)

/** The sitemap. */
export function Sitemap() {
  return (
    <Suspense>
      <Routes>
        <Route element={<Shell />}>
          <Route path="/instances" element={<InstancesPage />} />
          <Route path="/instances/new" element={<InstanceCreatePage />} />
          <Route path="/instances/:zone/:id/*" element={<InstancePage />} />
          <Route path="*" element={<Navigate to="/instances" replace />} />
        </Route>
      </Routes>
    </Suspense>
  )
}
