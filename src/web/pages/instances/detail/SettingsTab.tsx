import { Trans, useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'

import type { UpdateInstance } from '#contract/types.ts'

import { problemOf } from '../../../api/client.ts'
import { setProtection, updateInstance } from '../../../api/mutations.ts'
import { instanceQuery, timelineQuery } from '../../../api/queries.ts'
import { useOnce, type Sending } from '../../../api/use-once.ts'
import { MissingValue } from '../../../components/reading/MissingValue.tsx'
import { SendProblem } from '../../../components/SendProblem.tsx'
import { useActions, useBlock } from '../../../instance/actions.tsx'
import { useOpenDialog } from '../../../instance/dialogs/use-dialog.ts'
import { useProtection } from '../../../instance/use-protection.ts'
import { useNeedsSecond } from '../../../stores/second-person.ts'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { Switch } from '../../../ui/Switch.tsx'
import { useInstance } from './instance-context.ts'
import { LabelsCard } from './LabelsCard.tsx'
import { UserDataCard } from './UserDataCard.tsx'

function Line(props: {
  title: string
  children: ReactNode
  actions: ReactNode
  sending?: Pick<Sending, 'error' | 'sendAgain'>
}) {
  const { title, children, actions, sending } = props
  return (
    <div className="grid gap-2 py-3 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-72">
          <p className="text-sm font-medium">{title}</p>
          <div className="text-sm text-muted">{children}</div>
        </div>
        <div className="flex flex-wrap items-center gap-2">{actions}</div>
      </div>
      {sending && <SendProblem sending={sending} />}
    </div>
  )
}

function useUpdate() {
  const { row, detail } = useInstance()
  const queries = useQueryClient()
  return useOnce({
    send: (key, body: UpdateInstance) =>
      updateInstance(row, key, body, { ...detail, ...row }),
    // A change by someone else is shown first; nothing is sent again automatically.
    onError: (error) =>
      problemOf(error).code === 'changed' &&
      queries.invalidateQueries({ queryKey: instanceQuery(row.zone, row.id).queryKey }),
  })
}

/**
 * Exoscale doesn't return the protection, so there are two buttons and no switch
 * (docs/platform.md#protection).
 */
function ProtectionLine() {
  const { t } = useLingui()
  const { row } = useInstance()
  const block = useBlock(row, 'add-instance-protection')
  const { state, words, isReading } = useProtection(row)
  const second = useNeedsSecond('remove-instance-protection')
  const queries = useQueryClient()
  const protect = useOnce({
    send: (key, on: boolean) => setProtection(row, key, on, state),
    // A change by someone else is shown beside the rejection.
    onError: (error) =>
      problemOf(error).code === 'changed' &&
      queries.invalidateQueries({ queryKey: timelineQuery(row.zone, row.id).queryKey }),
  })
  return (
    <Line
      title={t`Deletion protection`}
      sending={protect}
      actions={
        <>
          {state !== 'on' && (
            <Button
              size="sm"
              pending={protect.isPending && protect.variables}
              disabledReason={block}
              onClick={() => protect.mutate(true)}
            >
              <Trans>Turn on protection</Trans>
            </Button>
          )}
          {state !== 'off' && (
            <Button
              size="sm"
              pending={protect.isPending && !protect.variables}
              disabledReason={block}
              onClick={() => protect.mutate(false)}
            >
              {second ? (
                <Trans>Ask a second person to turn off protection</Trans>
              ) : (
                <Trans>Turn off protection</Trans>
              )}
            </Button>
          )}
        </>
      }
    >
      {isReading ? <Skeleton className="h-lh w-2/3" /> : words}
    </Line>
  )
}

function AddressLine() {
  const { t } = useLingui()
  const { row, detail, isReading } = useInstance()
  const block = useBlock(row, 'update-instance')
  const openDialog = useOpenDialog()
  const now = row['public-ip-assignment'] ?? detail?.['public-ip-assignment']
  const words: Record<string, string> = {
    inet4: t`IPv4. You can add IPv6, but you can’t remove it later.`,
    dual: t`IPv4 and IPv6. You can’t change this.`,
    none: t`None. You can’t change this.`,
  }
  return (
    <Line
      title={t`Public IP address`}
      actions={
        now === 'inet4' && (
          <Button size="sm" disabledReason={block} onClick={() => openDialog('ipv6', row)}>
            <Trans>Add IPv6…</Trans>
          </Button>
        )
      }
    >
      {words[now ?? ''] ?? <MissingValue isReading={isReading} />}
    </Line>
  )
}

function TpmLine() {
  const { t } = useLingui()
  const { row, detail, isReading } = useInstance()
  const actions = useActions(row)
  const on = detail?.['tpm-enabled']
  return (
    <Line
      title="TPM"
      actions={
        !isReading &&
        !on && (
          <Button
            size="sm"
            disabledReason={actions.tpm.disabledReason}
            onClick={actions.tpm.run}
          >
            {actions.tpm.label}
          </Button>
        )
      }
    >
      {on === undefined ? (
        <MissingValue isReading={isReading} className="h-[2lh] w-full" />
      ) : on ? (
        t`On. You can’t turn the TPM off.`
      ) : (
        t`Off. Needed for Windows 11, BitLocker and measured boot. You can’t turn the TPM off again.`
      )}
    </Line>
  )
}

function ConsistentSnapshots() {
  const { t } = useLingui()
  const { row, detail, isReading } = useInstance()
  const block = useBlock(row, 'update-instance')
  const update = useUpdate()
  const now = detail?.['application-consistent-snapshot-enabled']
  const set = (on: boolean) =>
    update.mutate({ 'application-consistent-snapshot-enabled': on })
  // A switch is either on or off, and neither is known.
  if (!isReading && now === undefined)
    return (
      <Line
        title={t`Application-consistent snapshots`}
        sending={update}
        actions={[true, false].map((on) => (
          <Button
            key={String(on)}
            size="sm"
            pending={update.isPending}
            disabledReason={block}
            aria-label={
              on
                ? t`Turn on application-consistent snapshots`
                : t`Turn off application-consistent snapshots`
            }
            onClick={() => set(on)}
          >
            {on ? <Trans>Turn on</Trans> : <Trans>Turn off</Trans>}
          </Button>
        ))}
      >
        <MissingValue isReading={false} />
      </Line>
    )
  return (
    <div className="py-3 last:pb-0">
      <Switch
        label={t`Application-consistent snapshots`}
        hint={t`The operating system writes all data to disk before each snapshot. This requires an agent in the operating system.`}
        checked={now ?? false}
        pending={update.isPending}
        isReading={isReading}
        disabledReason={block}
        onChange={({ target }) => set(target.checked)}
      />
      <SendProblem sending={update} />
    </div>
  )
}

export function SettingsTab() {
  const { t } = useLingui()
  const { row, name } = useInstance()
  const actions = useActions(row)
  const button = (id: 'rename' | 'reinstall' | 'delete') => (
    <Button
      size="sm"
      variant={id === 'rename' ? 'secondary' : 'danger'}
      disabledReason={actions[id].disabledReason}
      onClick={actions[id].run}
    >
      {actions[id].label}
    </Button>
  )
  return (
    <div className="grid max-w-184 gap-4">
      <Card title={t`General`}>
        <div className="divide-y divide-border">
          <Line title={t`Name`} actions={button('rename')}>
            <span translate="no">{name}</span>
          </Line>
          <AddressLine />
          <TpmLine />
          <ConsistentSnapshots />
        </div>
      </Card>
      <LabelsCard />
      <UserDataCard />
      <Card title={t`Danger zone`} className="border-error!">
        <div className="divide-y divide-border">
          <ProtectionLine />
          <Line title={t`Reinstall`} actions={button('reinstall')}>
            <Trans>Erases the disk and reinstalls the instance from a template.</Trans>
          </Line>
          <Line title={t`Delete`} actions={button('delete')}>
            <Trans>Permanently deletes the instance, its disk and all its snapshots.</Trans>
          </Line>
        </div>
      </Card>
    </div>
  )
}
