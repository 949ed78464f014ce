import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Camera, Download, Ellipsis, Trash2, Undo2 } from 'lucide-react'

import type { EndpointId } from '#contract/endpoints.ts'
import { mayBeUsed } from '#contract/plan.ts'
import type { Snapshot } from '#contract/types.ts'

import { exportSnapshot } from '../../../api/mutations.ts'
import { pressOf } from '../../../api/once.ts'
import { snapshotsQuery } from '../../../api/queries.ts'
import {
  compareText,
  dot,
  formatDateTime,
  formatGib,
  formatRelative,
} from '../../../components/format.ts'
import { InstanceState } from '../../../components/InstanceState.tsx'
import { ListState } from '../../../components/ListState.tsx'
import { SnapshotPicture } from '../../../components/SnapshotPicture.tsx'
import { Unknown } from '../../../components/Unknown.tsx'
import { useSend } from '../../../components/use-send.tsx'
import { useNow } from '../../../hooks/use-now.ts'
import { useActions, useBlockOf } from '../../../instance/actions.tsx'
import { useOpenDialog } from '../../../instance/dialogs/use-dialog.ts'
import { Badge } from '../../../ui/Badge.tsx'
import { Button } from '../../../ui/Button.tsx'
import { NoSnapshots } from '../../../ui/drawings/NoSnapshots.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { MenuButton } from '../../../ui/MenuButton.tsx'
import { Spinner } from '../../../ui/Spinner.tsx'
import { useInstance } from './instance-context.ts'
import { SnapshotNote } from './SnapshotNote.tsx'

const isReady = ({ state }: Snapshot) => state === 'ready' || state === 'exported'
const isChanging = ({ state = '' }: Snapshot) =>
  ['snapshotting', 'exporting', 'deleting'].includes(state)

function SnapshotState({ snapshot }: { snapshot: Snapshot }) {
  const { t } = useLingui()
  const { state = '' } = snapshot
  const words: Record<string, string> = {
    snapshotting: t`Creating…`,
    exporting: t`Exporting…`,
    deleting: t`Deleting…`,
    ready: t`Ready`,
    exported: t`Ready, exported`,
    error: t`Failed`,
  }
  const label = words[state] ?? (state || t`Unknown`)
  if (isChanging(snapshot))
    return (
      <span className="inline-flex items-center gap-1.5 text-transitional">
        <Spinner /> {label}
      </span>
    )
  const tone = isReady(snapshot) ? 'running' : state === 'error' ? 'error' : 'neutral'
  return <Badge tone={tone}>{label}</Badge>
}

function TakeButton() {
  const { row } = useInstance()
  const { label, disabledReason, run } = useActions(row).snapshot
  return (
    <Button
      data-tour="snapshot"
      icon={<Camera />}
      disabledReason={disabledReason}
      onClick={run}
    >
      {label}
    </Button>
  )
}

function SnapshotMenu({ snapshot, moment }: { snapshot: Snapshot; moment: string }) {
  const { t } = useLingui()
  const { row } = useInstance()
  const open = useOpenDialog()
  const blockOf = useBlockOf()
  const send = useSend()
  const link = snapshot.export?.['presigned-url']
  const exportIt = () =>
    send({
      title: t`Export snapshot`,
      press: pressOf(`export ${snapshot.id}`),
      send: (key) => exportSnapshot({ zone: row.zone, id: snapshot.id }, key),
    })
  const changing = isChanging(snapshot)
    ? t`A change is in progress. Wait until it finishes.`
    : null
  const unusable = mayBeUsed(snapshot) ? null : t`This snapshot isn’t usable.`
  return (
    <MenuButton
      label={t`Actions for snapshot ${moment}`}
      icon={<Ellipsis />}
      variant="ghost"
      size="sm"
      items={() => {
        const busy = (endpoint: EndpointId) => blockOf(row, endpoint) ?? changing
        const why = (endpoint: EndpointId) => busy(endpoint) ?? unusable
        return [
          {
            label: t`Revert to snapshot…`,
            icon: <Undo2 />,
            disabledReason: why('revert-instance-to-snapshot'),
            onSelect: () => open('revert', row, snapshot.id),
          },
          link
            ? {
                label: t`Download export`,
                icon: <Download />,
                render: <a href={link} rel="noreferrer" aria-label={t`Download export`} />,
              }
            : {
                label: t`Export`,
                icon: <Download />,
                detail: t`Creates a download link`,
                disabledReason: why('export-snapshot'),
                onSelect: exportIt,
              },
          { separator: true },
          {
            label: t`Delete…`,
            icon: <Trash2 />,
            danger: true,
            // Also for a failed snapshot: nothing else can be done with it.
            disabledReason: busy('delete-snapshot'),
            onSelect: () => open('delete-snapshot', row, snapshot.id),
          },
        ]
      }}
    />
  )
}

function SnapshotLine({ snapshot, now }: { snapshot: Snapshot; now: number }) {
  const at = snapshot['created-at']
  const moment = at ? formatDateTime(at) : snapshot.id
  const sum = snapshot.export?.md5sum
  const { row } = useInstance()
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 text-sm">
      <SnapshotPicture target={row} snapshotId={snapshot.id} className="w-36" />
      <div className="min-w-0 grow basis-56">
        <p className="font-medium">{moment}</p>
        <SnapshotNote snapshotId={snapshot.id} moment={moment} />
        <p className="truncate text-xs text-muted" translate="no">
          {snapshot.name ?? snapshot.id}
          {sum && `${dot}md5 ${sum}`}
        </p>
      </div>
      <span className="w-28 text-muted max-sm:w-24">{at && formatRelative(at, now)}</span>
      <span className="w-16 tabular-nums">
        {snapshot.size ? formatGib(snapshot.size) : <Unknown />}
      </span>
      <span className="w-32 max-sm:w-auto">
        <SnapshotState snapshot={snapshot} />
      </span>
      <span className="ms-auto" data-tour="snapshot-menu">
        <SnapshotMenu snapshot={snapshot} moment={moment} />
      </span>
    </li>
  )
}

const listClass = 'divide-y divide-border rounded-lg border bg-surface'

/** Where the list can't be read: those that the instance itself names, and the way to more. */
function KnownSnapshots({ now }: { now: number }) {
  const { detail } = useInstance()
  const own = detail?.snapshots ?? []
  return (
    <>
      <div className="flex justify-end">
        <TakeButton />
      </div>
      {own.length > 0 && (
        <ul className={listClass}>
          {own.map((snapshot) => (
            <SnapshotLine key={snapshot.id} snapshot={snapshot} now={now} />
          ))}
        </ul>
      )}
    </>
  )
}

export function SnapshotsTab() {
  const { t } = useLingui()
  const { row, name } = useInstance()
  const query = useQuery({
    ...snapshotsQuery(row.zone),
    select: (all) =>
      all
        .filter(({ instance }) => instance?.id === row.id)
        .sort((a, b) => compareText(b['created-at'] ?? '', a['created-at'] ?? '')),
  })
  const now = useNow(true, 30_000)
  return (
    <>
      {query.isError && <KnownSnapshots now={now} />}
      <ListState query={query} problem={t`Couldn’t read the snapshots`}>
        {(snapshots) =>
          snapshots.length === 0 ? (
            <EmptyState
              drawing={<NoSnapshots />}
              title={t`${name} has no snapshots yet`}
              action={<TakeButton />}
            >
              <Trans>
                A snapshot saves the current disk so that you can revert to it later.
              </Trans>
            </EmptyState>
          ) : (
            <>
              <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
                <p className="min-w-0 flex-1 basis-80 text-sm text-muted">
                  <Trans>Snapshots are deleted when you delete the instance.</Trans>
                </p>
                <TakeButton />
              </div>
              <ul className={listClass}>
                <li className="flex items-center gap-3 px-4 py-2.5 text-sm">
                  <InstanceState state={row.state} />
                  <span className="font-medium">
                    <Trans>Current state</Trans>
                  </span>
                </li>
                {snapshots.map((snapshot) => (
                  <SnapshotLine key={snapshot.id} snapshot={snapshot} now={now} />
                ))}
              </ul>
            </>
          )
        }
      </ListState>
    </>
  )
}
