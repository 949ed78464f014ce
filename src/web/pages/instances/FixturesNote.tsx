/** Says that the list leaves out the sandbox's test fixtures, and shows them again. */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'

import { useFixtures } from '../../stores/fixtures.ts'

export function FixturesNote({ count }: { count: number }) {
  const { t } = useLingui()
  const setHidden = useFixtures((state) => state.setHidden)
  return (
    <p className="flex flex-wrap items-center gap-x-3 text-sm text-muted">
      {t`${plural(count, { one: '# test fixture is hidden.', other: '# test fixtures are hidden.' })}`}
      <button type="button" className="ui-link" onClick={() => setHidden(false)}>
        <Trans>Show test fixtures</Trans>
      </button>
    </p>
  )
}
