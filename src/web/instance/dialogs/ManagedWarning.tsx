import { Trans, useLingui } from '@lingui/react/macro'

import type { Row } from '../../api/inventory.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { useManaged } from '../managed.ts'
import { useSwapDialog } from './use-dialog.ts'

/** Asks that instead which makes the pool smaller, as deleting does not. */
function EvictInstead({ row }: { row: Row }) {
  const swap = useSwapDialog()
  return (
    <Button size="sm" onClick={() => swap('evict', row)}>
      <Trans>Evict from pool…</Trans>
    </Button>
  )
}

/** Inside a question: what whoever manages the instance will make of the answer. */
export function ManagedWarning({
  row,
  doing,
}: {
  row: Row
  /** `power`: it is stopped or restarted, and stays what it is. */
  doing: 'delete' | 'change' | 'power'
}) {
  const { t } = useLingui()
  const managed = useManaged(row)
  if (!managed) return null
  if (managed.by === 'sks' && doing === 'power')
    return (
      <Banner kind="warning" title={t`SKS may restart or replace this instance`}>
        <Trans>
          This instance is a node of a Kubernetes cluster. Drain the node first.
        </Trans>
      </Banner>
    )
  if (managed.by === 'sks')
    return (
      <Banner
        kind="warning"
        title={
          doing === 'delete'
            ? t`SKS will replace this node`
            : t`SKS isn’t aware of this change and may revert it`
        }
      >
        {doing === 'delete' ? (
          <Trans>
            This instance is a node of a Kubernetes cluster. Remove it in SKS instead, which
            drains the node first.
          </Trans>
        ) : (
          <Trans>
            This instance is a node of a Kubernetes cluster. Change the node pool in SKS
            instead.
          </Trans>
        )}
      </Banner>
    )
  const size = managed.pool?.size
  const name = managed.pool?.name ?? t`that manages it`
  const action = <EvictInstead row={row} />
  if (doing === 'power')
    return (
      <Banner
        kind="warning"
        title={t`The instance pool ${name} may restart or replace this instance`}
        action={action}
      >
        <Trans>
          To remove this instance permanently, evict it. This makes the pool smaller.
        </Trans>
      </Banner>
    )
  if (doing === 'change')
    return (
      <Banner
        kind="warning"
        title={t`The instance pool ${name} isn’t aware of this change`}
        action={action}
      >
        <Trans>
          If the pool replaces this instance, it uses the pool’s own size, disk and
          template. Change the pool instead.
        </Trans>
      </Banner>
    )
  return (
    <Banner
      kind="warning"
      title={t`The instance pool ${name} will replace this instance`}
      action={action}
    >
      {size === undefined ? (
        <Trans>
          Deleting this instance doesn’t make the pool smaller. Evict it instead.
        </Trans>
      ) : (
        <Trans>
          It keeps {size} of them. Deleting does not make it smaller. Evicting does.
        </Trans>
      )}
    </Banner>
  )
}
