import { Trans, useLingui } from '@lingui/react/macro'

import { useInstanceOperations } from '../../../api/inventory.ts'
import { OperationList } from '../../../components/OperationList.tsx'
import { NothingHappened } from '../../../ui/drawings/NothingHappened.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { useInstance } from './instance-context.ts'

export function ActivityTab() {
  const { t } = useLingui()
  const { row, name } = useInstance()
  const operations = useInstanceOperations(row.zone, row.id)
  if (operations.length === 0)
    return (
      <EmptyState
        drawing={<NothingHappened />}
        title={t`Nothing was asked of ${name} yet.`}
      >
        <Trans>What is done here is listed until the server starts again.</Trans>
      </EmptyState>
    )
  return <OperationList operations={operations} />
}
