/** What this console asked while its person was away, in one line, until it was read. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Link } from 'react-router'

import { useInventory } from '../../api/inventory.ts'
import { formatDateTime } from '../../components/format.ts'
import { useEndpointWords } from '../../components/operation-words.ts'
import { countKinds, operationsSince } from '../../components/operations-since.ts'
import { useAway } from '../../stores/away.ts'
import { Banner } from '../../ui/Banner.tsx'

const kindsShown = 4

export function AwayLine({ since }: { since: number }) {
  const { t } = useLingui()
  const wordsOf = useEndpointWords()
  const operations = useInventory((state) => state.operations)
  const { kinds, failed, running } = countKinds(operationsSince(operations, since))
  if (kinds.length === 0) return null
  const moment = formatDateTime(since)
  const more = kinds.slice(kindsShown).reduce((sum, [, count]) => sum + count, 0)
  return (
    <Banner
      kind={failed > 0 ? 'warning' : 'info'}
      onDismiss={() => useAway.setState({ since: null })}
      action={
        <Link to={`/activity?since=${since}`} className="ui-link">
          <Trans>View activity</Trans>
        </Link>
      }
    >
      <span className="font-medium">
        <Trans>Since your last visit ({moment}):</Trans>
      </span>{' '}
      {kinds.slice(0, kindsShown).map(([endpoint, count], index) => (
        <span key={endpoint}>
          {index > 0 && ' · '}
          {wordsOf(endpoint)} <span className="tabular-nums">{count}</span>
        </span>
      ))}
      {more > 0 && (
        <>
          {' · '}
          <Trans>{more} more</Trans>
        </>
      )}
      {failed > 0 && (
        <>
          {' – '}
          {t`${failed} failed`}
        </>
      )}
      {running > 0 && (
        <>
          {' – '}
          {t`${running} in progress`}
        </>
      )}
    </Banner>
  )
}
