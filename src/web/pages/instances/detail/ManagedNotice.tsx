import { Plural, Trans, useLingui } from '@lingui/react/macro'

import type { Row } from '../../../api/inventory.ts'
import { useOpenDialog } from '../../../instance/dialogs/use-dialog.ts'
import { useManaged } from '../../../instance/managed.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'

/** Says what manages this instance, and what that means for changes to it. */
export function ManagedNotice({ row }: { row: Row }) {
  const { t } = useLingui()
  const managed = useManaged(row)
  const open = useOpenDialog()
  if (!managed) return null
  if (managed.by === 'sks')
    return (
      <Banner kind="info" title={t`Managed by SKS`}>
        <Trans>
          This instance is a node of a Kubernetes cluster. Change or remove it in SKS.
          Changes made here may be reverted, and a node that you delete here is replaced.
        </Trans>
      </Banner>
    )
  if (managed.by === 'other')
    return (
      <Banner kind="info" title={t`Managed instance`}>
        <Trans>
          Something else at Exoscale manages this instance. Vedette doesn’t know what it is.
          Changes made here may be reverted, and the instance may be replaced if you delete
          it here.
        </Trans>
      </Banner>
    )
  const { pool } = managed
  const name = pool?.name ?? managed.poolId
  const size = pool?.size
  return (
    <Banner
      kind="info"
      title={
        managed.isReading
          ? t`Managed by an instance pool`
          : t`Managed by instance pool ${name}`
      }
      action={
        <Button size="sm" onClick={() => open('evict', row)}>
          <Trans>Evict from pool…</Trans>
        </Button>
      }
    >
      {size !== undefined && (
        <>
          <Plural
            value={size}
            one="The pool keeps # identical instance."
            other="The pool keeps # identical instances."
          />{' '}
        </>
      )}
      <Trans>
        If you delete this instance, the pool creates a replacement without your changes. To
        make the pool smaller, evict the instance instead.
      </Trans>
    </Banner>
  )
}
