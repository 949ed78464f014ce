import { plural } from '@lingui/core/macro'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'

import { useInventory } from '../../../api/inventory.ts'
import { sessionQuery } from '../../../api/queries.ts'
import { useAreaWords } from '../../../components/people/area-words.ts'
import { useFavorites } from '../../../stores/favorites.ts'
import { hideFixtures } from '../../../stores/hide-fixtures.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { NoInstances } from '../../../ui/drawings/NoInstances.tsx'
import { NoMatch } from '../../../ui/drawings/NoMatch.tsx'
import { ZoneDark } from '../../../ui/drawings/ZoneDark.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { NewInstanceButton } from './NewInstanceButton.tsx'

/** Says that the list leaves out the sandbox's test fixtures, and shows them again. */
function FixturesNote({ count }: { count: number }) {
  const { t } = useLingui()
  return (
    <p className="flex flex-wrap items-center gap-x-3 text-sm text-muted">
      {t`${plural(count, { one: '# test fixture is hidden.', other: '# test fixtures are hidden.' })}`}
      <button type="button" className="ui-link" onClick={() => hideFixtures(false)}>
        <Trans>Show test fixtures</Trans>
      </button>
    </p>
  )
}

/** Why none of `total` instances is shown, and what to do about it. */
function NothingShown({ total, onShowAll }: { total: number; onShowAll: () => void }) {
  const { t } = useLingui()
  const unread = useInventory(({ zones }) => zones.some((zone) => zone.at === undefined))
  const { data: session } = useQuery(sessionQuery)
  const areaWords = useAreaWords()
  const limits = session && areaWords(session.person)
  if (total > 0)
    return (
      <EmptyState
        drawing={<NoMatch />}
        title={t`No instances match your search and filters`}
        action={
          <Button onClick={onShowAll}>
            <Plural value={total} one="Show # instance" other="Show all # instances" />
          </Button>
        }
      />
    )
  if (unread)
    return (
      <EmptyState drawing={<ZoneDark />} title={t`Some zones haven’t responded yet`}>
        <Trans>Vedette keeps trying. Instances appear as soon as a zone responds.</Trans>
      </EmptyState>
    )
  return (
    <EmptyState
      drawing={<NoInstances />}
      title={t`No instances yet`}
      action={<NewInstanceButton />}
    >
      {limits !== undefined && (
        <>
          <span className="block font-medium">{limits}</span>
          <Trans>An admin limited your account, and can change that.</Trans>
        </>
      )}
    </EmptyState>
  )
}

/** Says that the view needs the person's favorites, and asks for them again. */
function UnreadNote() {
  const { t } = useLingui()
  const retry = useFavorites((state) => state.retry)
  return (
    <Banner
      kind="warning"
      title={t`Your favorites couldn’t be loaded`}
      action={<Button size="sm" onClick={retry}>{t`Retry`}</Button>}
    >
      <Trans>
        This view needs them to filter or sort instances. Vedette keeps trying to load them.
      </Trans>
    </Banner>
  )
}

/** What is said above the list: which fixtures it leaves out, what it lacks, and why it is empty. */
export function ListNotices({
  left,
  unread,
  isEmpty,
  ...empty
}: {
  left: number
  /** Favorites are needed, and couldn't be read. */
  unread: boolean
  isEmpty: boolean
  total: number
  onShowAll: () => void
}) {
  return (
    <>
      {left > 0 && <FixturesNote count={left} />}
      {unread && <UnreadNote />}
      {isEmpty && !unread && <NothingShown {...empty} />}
    </>
  )
}
