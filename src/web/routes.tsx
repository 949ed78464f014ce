import { lazy, useState, type ComponentType, type ReactElement } from 'react'
import { createRoutesFromElements, matchRoutes, Route, useRoutes } from 'react-router'

import { PageContained } from './layouts/PageContained.tsx'
import { Shell } from './layouts/Shell.tsx'
import { InstancesPage } from './pages/instances/InstancesPage.tsx'
import { WhenSignedOut } from './pages/sign-in/WhenSignedOut.tsx'

type LatePage = ComponentType & { load?: () => Promise<unknown> }

/** A page that is loaded when it is first opened; pages have named exports. */
function page<M>(load: () => Promise<M>, pick: (module: M) => ComponentType): LatePage {
  let loaded: ComponentType | undefined
  const Late = lazy(async () => ({ default: pick(await load()) }))
  function Page() {
    // A loaded page needs no fallback, which React would show for at least 300 ms
    // (findings/react-fallback-stays.sh).
    const [Content] = useState<ComponentType>(() => loaded ?? Late)
    return <Content />
  }
  Page.load = async () => {
    loaded = pick(await load())
  }
  return Page
}

const InstancePage = page(
  () => import('./pages/instances/InstancePage.tsx'),
  (module) => module.InstancePage,
)
const OverviewTab = page(
  () => import('./pages/instances/detail/OverviewTab.tsx'),
  (module) => module.OverviewTab,
)
const SnapshotsTab = page(
  () => import('./pages/instances/detail/SnapshotsTab.tsx'),
  (module) => module.SnapshotsTab,
)
const VolumesTab = page(
  () => import('./pages/instances/detail/VolumesTab.tsx'),
  (module) => module.VolumesTab,
)
const NetworkTab = page(
  () => import('./pages/instances/detail/NetworkTab.tsx'),
  (module) => module.NetworkTab,
)
const ActivityTab = page(
  () => import('./pages/instances/detail/ActivityTab.tsx'),
  (module) => module.ActivityTab,
)
const SettingsTab = page(
  () => import('./pages/instances/detail/SettingsTab.tsx'),
  (module) => module.SettingsTab,
)
const DataTab = page(
  () => import('./pages/instances/detail/DataTab.tsx'),
  (module) => module.DataTab,
)
const InstanceConsolePage = page(
  () => import('./pages/instances/InstanceConsolePage.tsx'),
  (module) => module.InstanceConsolePage,
)
const ConsoleWindowPage = page(
  () => import('./pages/instances/ConsoleWindowPage.tsx'),
  (module) => module.ConsoleWindowPage,
)
const OverviewPage = page(
  () => import('./pages/overview/OverviewPage.tsx'),
  (module) => module.OverviewPage,
)
const WallPage = page(
  () => import('./pages/wall/WallPage.tsx'),
  (module) => module.WallPage,
)
const ActivityPage = page(
  () => import('./pages/activity/ActivityPage.tsx'),
  (module) => module.ActivityPage,
)
const OperationsTab = page(
  () => import('./pages/activity/OperationsTab.tsx'),
  (module) => module.OperationsTab,
)
const AuditTab = page(
  () => import('./pages/activity/audit/AuditTab.tsx'),
  (module) => module.AuditTab,
)
const EventsTab = page(
  () => import('./pages/activity/EventsTab.tsx'),
  (module) => module.EventsTab,
)
const LimitsPage = page(
  () => import('./pages/limits/LimitsPage.tsx'),
  (module) => module.LimitsPage,
)
const SettingsPage = page(
  () => import('./pages/settings/SettingsPage.tsx'),
  (module) => module.SettingsPage,
)
const HelpPage = page(
  () => import('./pages/help/HelpPage.tsx'),
  (module) => module.HelpPage,
)
const ScenariosPage = page(
  () => import('./pages/scenarios/ScenariosPage.tsx'),
  (module) => module.ScenariosPage,
)
const NotFoundPage = page(
  () => import('./pages/NotFoundPage.tsx'),
  (module) => module.NotFoundPage,
)
const ReplayPage = page(
  () => import('./pages/replay/ReplayPage.tsx'),
  (module) => module.ReplayPage,
)
const InstanceCreatePage = page(
  () => import('./pages/instances/InstanceCreatePage.tsx'),
  (module) => module.InstanceCreatePage,
)

const SignInPage = page(
  () => import('./pages/sign-in/SignInPage.tsx'),
  (module) => module.SignInPage,
)
const SetUpPage = page(
  () => import('./pages/sign-in/SetUpPage.tsx'),
  (module) => module.SetUpPage,
)
const SignedInPage = page(
  () => import('./pages/sign-in/SignedInPage.tsx'),
  (module) => module.SignedInPage,
)
const PeoplePage = page(
  () => import('./pages/people/PeoplePage.tsx'),
  (module) => module.PeoplePage,
)
const RolesPage = page(
  () => import('./pages/people/RolesPage.tsx'),
  (module) => module.RolesPage,
)

/** The sitemap. The list is in the first load, because most visits start there. */
const sitemap = createRoutesFromElements(
  <>
    <Route element={<Shell />}>
      <Route index element={<OverviewPage />} />
      <Route path="/instances" element={<InstancesPage />} />
      <Route path="/instances/new" element={<InstanceCreatePage />} />
      <Route path="/instances/:zone/:id" element={<InstancePage />}>
        <Route index element={<OverviewTab />} />
        <Route path="snapshots" element={<SnapshotsTab />} />
        <Route path="volumes" element={<VolumesTab />} />
        <Route path="network" element={<NetworkTab />} />
        <Route path="activity" element={<ActivityTab />} />
        <Route path="settings" element={<SettingsTab />} />
        <Route path="data" element={<DataTab />} />
      </Route>
      <Route path="/instances/:zone/:id/console" element={<InstanceConsolePage />} />
      <Route path="/wall" element={<WallPage />} />
      <Route path="/activity" element={<ActivityPage />}>
        <Route index element={<OperationsTab />} />
        <Route path="audit" element={<AuditTab />} />
        <Route path="events" element={<EventsTab />} />
      </Route>
      <Route path="/limits" element={<LimitsPage />} />
      <Route path="/settings" element={<SettingsPage />} />
      <Route path="/people" element={<PeoplePage />} />
      <Route path="/people/roles" element={<RolesPage />} />
      <Route path="/help" element={<HelpPage />} />
      <Route path="/scenarios" element={<ScenariosPage />} />
      <Route path="*" element={<NotFoundPage />} />
    </Route>
    <Route path="/console/:zone/:id" element={<ConsoleWindowPage />} />
    <Route path="/replay" element={<ReplayPage />} />
    <Route path="/sign-in" element={<SignInPage />} />
    <Route path="/set-up" element={<SetUpPage />} />
    <Route path="/signed-in" element={<SignedInPage />} />
  </>,
)

/** Loads the page at an address, including its nested pages. */
export async function loadPage(pathname: string): Promise<void> {
  const pages = (matchRoutes(sitemap, pathname) ?? []).map(
    // Pages made by `page` have `load`; the others lack it.
    ({ route }) => (route.element as ReactElement<unknown, LatePage> | undefined)?.type,
  )
  await Promise.all(pages.map((page) => page?.load?.()))
}

export function Sitemap() {
  return (
    <WhenSignedOut>
      <PageContained>{useRoutes(sitemap)}</PageContained>
    </WhenSignedOut>
  )
}
