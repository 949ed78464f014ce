/** The organization's SSH keys: added, made here, and deleted. Every zone knows the same. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'

import type { SshKey } from '#contract/types.ts'

import { useInventory, zoneToAsk } from '../../api/inventory.ts'
import { deleteSshKey } from '../../api/mutations.ts'
import { sshKeysQuery } from '../../api/queries.ts'
import { useOnce } from '../../api/use-once.ts'
import { ListState } from '../../components/ListState.tsx'
import { useRoleBlock } from '../../components/people/role-block.ts'
import { SendProblem } from '../../components/SendProblem.tsx'
import { Button } from '../../ui/Button.tsx'
import { CancelButton } from '../../ui/CancelButton.tsx'
import { Card } from '../../ui/Card.tsx'
import { Code } from '../../ui/Code.tsx'
import { LazyDialog, preloadDialog } from '../../ui/LazyDialog.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { AddKey } from '../instances/create/AddKey.tsx'

function DeleteQuestion({
  zone,
  name,
  onClose,
}: {
  zone: string
  name: string
  onClose: () => void
}) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const remove = useOnce({
    send: (key) => deleteSshKey(zone, key, name),
    closes: true,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: sshKeysQuery(zone).queryKey })
      onClose()
    },
  })
  return (
    <LazyDialog
      open
      onClose={onClose}
      role="alertdialog"
      title={t`Delete SSH key ${name}`}
      dismissible={!remove.isPending}
      footer={
        <>
          <CancelButton pending={remove.isPending} onClick={onClose} />
          <Button
            variant="danger"
            pending={remove.isPending}
            onClick={() => remove.mutate()}
          >{t`Delete SSH key ${name}`}</Button>
        </>
      }
    >
      <div className="grid gap-3 text-sm">
        <p>
          <Trans>
            You won’t be able to use this SSH key for new instances. Existing instances keep
            it, because Exoscale adds SSH keys only when an instance is created.
          </Trans>
        </p>
        <SendProblem sending={remove} />
      </div>
    </LazyDialog>
  )
}

function Keys({ zone, keys }: { zone: string; keys: readonly SshKey[] }) {
  const { t } = useLingui()
  const block = useRoleBlock()('delete-ssh-key')
  const [asked, setAsked] = useState<string>()
  return (
    <>
      <ul className="divide-y divide-border">
        {keys.map(({ name, fingerprint }) => (
          <li
            key={name}
            className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2 text-sm"
          >
            <span className="min-w-0 grow basis-40 font-medium break-all" translate="no">
              {name}
            </span>
            {fingerprint && <Code className="text-muted">{fingerprint}</Code>}
            <Button
              size="sm"
              variant="ghost"
              aria-label={t`Delete SSH key ${name}`}
              disabledReason={block}
              onPointerEnter={preloadDialog}
              onFocus={preloadDialog}
              onClick={() => setAsked(name)}
            >
              <Trans>Delete…</Trans>
            </Button>
          </li>
        ))}
      </ul>
      {asked && (
        <DeleteQuestion zone={zone} name={asked} onClose={() => setAsked(undefined)} />
      )}
    </>
  )
}

export function SshKeysCard() {
  const { t } = useLingui()
  const zones = useInventory((state) => state.zones)
  const zone = zoneToAsk(zones)
  const query = useQuery({ ...sshKeysQuery(zone ?? ''), enabled: zone !== undefined })
  const [adding, setAdding] = useState(false)
  const block = useRoleBlock()('register-ssh-key')
  return (
    <Card
      title={t`SSH keys`}
      actions={
        zone &&
        !adding && (
          <Button
            size="sm"
            icon={<Plus />}
            disabledReason={block}
            onClick={() => setAdding(true)}
          >
            <Trans>Add SSH key</Trans>
          </Button>
        )
      }
    >
      {zone ? (
        <div className="grid gap-3">
          {adding && (
            <AddKey
              zone={zone}
              onAdded={() => setAdding(false)}
              onClose={() => setAdding(false)}
            />
          )}
          <ListState query={query} empty={t`No SSH keys yet`}>
            {(keys) => <Keys zone={zone} keys={keys} />}
          </ListState>
        </div>
      ) : (
        <Skeleton className="h-11" />
      )}
    </Card>
  )
}
