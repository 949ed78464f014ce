import { Trans, useLingui } from '@lingui/react/macro'

import type { Row } from '../../../api/inventory.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { useManaged } from '../managed.ts'
import { useSwapDialog } from './use-dialog.ts'

/** Asks that instead which makes the pool smaller, as deleting does not. */
function EvictInstead({ row }: { row: Row }) {
  const swap = useSwapDialog()
  return (
    <Button size="sm" onClick={() => swap('evict', row)}>
      <Trans>Evict from the pool…</Trans>
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
      <Banner kind="warning" title={t`SKS may start it again, or replace it.`}>
        <Trans>It is a node of a Kubernetes cluster. Move its work away first.</Trans>
      </Banner>
    )
  if (managed.by === 'sks')
    return (
      <Banner
        kind="warning"
        title={
          doing === 'delete'
            ? t`SKS will make a new node in its place.`
            : t`SKS knows nothing of this change, and may undo it.`
        }
      >
        {doing === 'delete' ? (
          <Trans>
            It is a node of a Kubernetes cluster. Take it out in SKS instead, where its work
            is moved away first.
          </Trans>
        ) : (
          <Trans>
            It is a node of a Kubernetes cluster. Change its node pool in SKS instead.
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
        title={t`The pool ${name} may start it again, or replace it.`}
        action={action}
      >
        <Trans>To be rid of it for good, evict it: then the pool gets smaller.</Trans>
      </Banner>
    )
  if (doing === 'change')
    return (
      <Banner
        kind="warning"
        title={t`The pool ${name} knows nothing of this change.`}
        action={action}
      >
        <Trans>
          When it makes this member anew, it takes its own size, disk and system. Change the
          pool instead.
        </Trans>
      </Banner>
    )
  return (
    <Banner
      kind="warning"
      title={t`The pool ${name} will make a new one in its place.`}
      action={action}
    >
      {size === undefined ? (
        <Trans>Deleting does not make the pool smaller. Evicting does.</Trans>
      ) : (
        <Trans>
          It keeps {size} of them. Deleting does not make it smaller. Evicting does.
        </Trans>
      )}
    </Banner>
  )
}
