/** Shows which operations began or ended since the last visit, until it is dismissed. */
import { plural } from '@lingui/core/macro'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Link } from 'react-router'

import { useInventory } from '../../api/inventory.ts'
import { formatDateTime } from '../../components/format.ts'
import { toldOperations } from '../../components/operation-outcome.ts'
import { useEndpointWords } from '../../components/operation-words.ts'
import { countKinds, operationsSince } from '../../components/operations-since.ts'
import { useAway } from '../../stores/away.ts'
import { Banner } from '../../ui/Banner.tsx'

const kindsShown = 4

export function AwayLine({ since }: { since: number }) {
  const { t } = useLingui()
  const wordsOf = useEndpointWords()
  const all = useInventory((state) => state.operations)
  const chains = useInventory((state) => state.chains)
  const operations = operationsSince(toldOperations(all, chains), since)
  const { kinds, failed, running } = countKinds(operations)
  const total = operations.length
  if (total === 0) return null
  const moment = formatDateTime(since)
  const shown = kinds.slice(0, kindsShown)
  const more = shown.reduce((rest, [, count]) => rest - count, total)
  return (
    <Banner
      kind={failed > 0 ? 'warning' : 'info'}
      title={t`Since your last visit (${moment}): ${plural(total, {
        one: '# operation',
        other: '# operations',
      })}, ${plural(failed, {
        0: 'none failed',
        one: '# failed',
        other: '# failed',
      })}, ${plural(running, {
        0: 'none in progress',
        one: '# in progress',
        other: '# in progress',
      })}`}
      onDismiss={() => useAway.setState({ since: null })}
      action={
        <Link to={`/activity?since=${since}`} className="ui-link">
          <Trans>View activity</Trans>
        </Link>
      }
    >
      <ul className="flex flex-wrap gap-x-3 tabular-nums">
        {shown.map(([endpoint, count]) => {
          const operation = wordsOf(endpoint)
          return <li key={endpoint}>{t`${operation}: ${count}`}</li>
        })}
        {more > 0 && (
          <li>
            <Plural value={more} one="# more" other="# more" />
          </li>
        )}
      </ul>
    </Banner>
  )
}
