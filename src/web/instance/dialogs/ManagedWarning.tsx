import { Plural, Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'

import type { InstancePool } from '#contract/types.ts'

import type { Row } from '../../api/inventory.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { useManaged } from '../managed.ts'
import { useSwapDialog } from './use-dialog.ts'

/** Opens the question that makes the pool smaller, which deleting doesn't do. */
function EvictInstead({ row }: { row: Row }) {
  const swap = useSwapDialog()
  return (
    <Button size="sm" onClick={() => swap('evict', row)}>
      <Trans>Evict from pool…</Trans>
    </Button>
  )
}

/** `power`: the instance is stopped or restarted, and isn't changed. */
type Doing = 'delete' | 'change' | 'power'

/** What the instance pool will do; its name is unknown until the pools have been read. */
function PoolWarning({
  row,
  doing,
  pool,
}: {
  row: Row
  doing: Doing
  pool: InstancePool | undefined
}) {
  const { t } = useLingui()
  const name = pool?.name
  const size = pool?.size
  const titles: Record<Doing, string> = name
    ? {
        power: t`The instance pool ${name} may restart or replace this instance`,
        change: t`The instance pool ${name} isn’t aware of this change`,
        delete: t`The instance pool ${name} will replace this instance`,
      }
    : {
        power: t`The instance pool may restart or replace this instance`,
        change: t`The instance pool isn’t aware of this change`,
        delete: t`The instance pool will replace this instance`,
      }
  const notes: Record<Doing, ReactNode> = {
    power: (
      <Trans>
        To remove this instance permanently, evict it. This makes the pool smaller.
      </Trans>
    ),
    change: (
      <Trans>
        If the pool replaces this instance, it uses the pool’s own size, disk and template.
        Change the pool instead.
      </Trans>
    ),
    delete: (
      <>
        {size !== undefined && (
          <>
            <Plural
              value={size}
              one="The pool keeps # instance."
              other="The pool keeps # instances."
            />{' '}
          </>
        )}
        <Trans>
          Deleting this instance doesn’t make the pool smaller. Evict it instead.
        </Trans>
      </>
    ),
  }
  return (
    <Banner kind="warning" title={titles[doing]} action={<EvictInstead row={row} />}>
      {notes[doing]}
    </Banner>
  )
}

/** Of something that manages instances and that Vedette doesn’t know, only that it does is known. */
function UnknownManagerWarning({ doing }: { doing: Doing }) {
  const { t } = useLingui()
  const titles: Record<Doing, string> = {
    power: t`This instance is managed and may be restarted or replaced`,
    change: t`This instance is managed, so this change may be reverted`,
    delete: t`This instance is managed and may be replaced`,
  }
  return (
    <Banner kind="warning" title={titles[doing]}>
      <Trans>
        Something else at Exoscale manages this instance. Vedette doesn’t know what it is.
      </Trans>
    </Banner>
  )
}

/** Inside a question: what the pool or SKS that manages the instance will do about the change. */
export function ManagedWarning({ row, doing }: { row: Row; doing: Doing }) {
  const { t } = useLingui()
  const managed = useManaged(row)
  if (!managed) return null
  if (managed.by === 'other') return <UnknownManagerWarning doing={doing} />
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
  return <PoolWarning {...{ row, doing }} pool={managed.pool} />
}
