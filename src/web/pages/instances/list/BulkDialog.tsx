/**
 * What is asked of several instances at once. The question shows what will happen to each of a
 * mixed selection; each request has its own result here, and what was refused can be asked again.
 */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Check, X } from 'lucide-react'
import { useState, type ReactNode } from 'react'

import type { Instance, Operation } from '#contract/types.ts'

import { callZone, problemOf } from '../../../api/client.ts'
import { useInventory, type Row } from '../../../api/inventory.ts'
import {
  addInstanceProtection,
  deleteInstance,
  rebootInstance,
  startInstance,
  stopInstance,
  updateInstance,
} from '../../../api/mutations.ts'
import { sessionQuery } from '../../../api/queries.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Field } from '../../../ui/Field.tsx'
import { TextInput } from '../../../ui/TextInput.tsx'
import { Countdown, focusOn } from '../dialogs/Countdown.tsx'
import { useGrace } from '../dialogs/use-grace.ts'
import { isInPool } from '../managed.ts'
import { takeSnapshot } from '../snapshot-picture.ts'
import { eachOf, planBulk, type BulkAction, type BulkPlan } from './bulk.ts'
import { keyOf } from './use-selection.ts'

const atOnce = 4
const namesShown = 8

const nameOf = (row: Row) => row.name ?? row.id

type Label = { key: string; value: string }

/** Read again before they are replaced: the platform knows only the whole map (6.9). */
async function addLabel(row: Row, { key, value }: Label): Promise<Operation> {
  const now = await callZone<Instance>('get-instance', {
    zone: row.zone,
    parameters: { id: row.id },
  })
  return updateInstance(row, { labels: { ...now.labels, [key.trim()]: value.trim() } })
}

/** `keepScreen`: a snapshot is taken with a picture of the screen. */
type Send = (row: Row, label: Label, keepScreen: boolean) => Promise<unknown>

const requests: Record<BulkAction, Send> = {
  start: (row) => startInstance(row),
  stop: (row) => stopInstance(row),
  reboot: (row) => rebootInstance(row),
  snapshot: (row, _label, keepScreen) => takeSnapshot(row, keepScreen),
  label: addLabel,
  protect: (row) => addInstanceProtection(row),
  delete: (row) => deleteInstance(row),
}

function Names({ rows }: { rows: readonly Row[] }) {
  const more = rows.length - namesShown
  return (
    <span className="block break-words text-muted" translate="no">
      {rows.slice(0, namesShown).map(nameOf).join(', ')}
      {more > 0 && ` +${more}`}
    </span>
  )
}

/** What happens to those it is asked of, in one sentence. */
function useOutlook(): (action: BulkAction, count: number) => ReactNode {
  return (action, count) => {
    const words: Record<BulkAction, ReactNode> = {
      start: <Trans>{count} will start</Trans>,
      stop: <Trans>{count} will stop and go offline</Trans>,
      reboot: <Trans>{count} will reboot and be offline meanwhile</Trans>,
      snapshot: <Trans>A snapshot is taken of {count}</Trans>,
      label: <Trans>{count} get the label; one of that key is replaced</Trans>,
      protect: <Trans>{count} are locked: deleting them is refused until unlocked</Trans>,
      delete: <Trans>{count} are lost for good, with their disks and snapshots</Trans>,
    }
    return words[action]
  }
}

/** What whoever manages some of them will make of it. */
function ManagedLines({ action, rows }: { action: BulkAction; rows: readonly Row[] }) {
  const managed = rows.filter(({ manager }) => manager)
  const inPools = managed.filter(isInPool)
  const nodes = managed.filter((row) => !isInPool(row))
  const count = managed.length
  if (action !== 'delete') {
    if (count === 0 || !['stop', 'reboot'].includes(action)) return null
    return (
      <li>
        <Plural
          value={count}
          one="# is managed by a pool or by SKS, which may start or replace it"
          other="# are managed by a pool or by SKS, which may start or replace them"
        />
        <Names rows={managed} />
      </li>
    )
  }
  return (
    <>
      {inPools.length > 0 && (
        <li>
          <Plural
            value={inPools.length}
            one="# is managed by a pool, which makes a new one in its place: evict it instead, on its page"
            other="# are managed by a pool, which makes new ones in their place: evict them instead, on their pages"
          />
          <Names rows={inPools} />
        </li>
      )}
      {nodes.length > 0 && (
        <li>
          <Plural
            value={nodes.length}
            one="# is a node of SKS, which makes a new one in its place: remove it there instead"
            other="# are nodes of SKS, which makes new ones in their place: remove them there instead"
          />
          <Names rows={nodes} />
        </li>
      )}
    </>
  )
}

function Preview({ action, plan }: { action: BulkAction; plan: BulkPlan }) {
  const outlookOf = useOutlook()
  const { go, already, cannot } = plan
  return (
    <ul className="grid gap-2 text-sm">
      {go.length > 0 && (
        <li>
          {outlookOf(action, go.length)}
          <Names rows={go} />
        </li>
      )}
      <ManagedLines action={action} rows={go} />
      {already.length > 0 && (
        <li>
          {action === 'start' ? (
            <Plural
              value={already.length}
              one="# is already running"
              other="# are already running"
            />
          ) : (
            <Plural
              value={already.length}
              one="# is already stopped"
              other="# are already stopped"
            />
          )}
          <Names rows={already} />
        </li>
      )}
      {cannot.length > 0 && (
        <li>
          <Plural
            value={cannot.length}
            one="# can’t now and is left alone"
            other="# can’t now and are left alone"
          />
          <Names rows={cannot} />
        </li>
      )}
    </ul>
  )
}

type Result = { row: Row; refused: string | null }

function Results({ results }: { results: readonly Result[] }) {
  const { t } = useLingui()
  // What was refused is what somebody has to look at.
  const sorted = results.toSorted((a, b) => Number(!a.refused) - Number(!b.refused))
  return (
    <ul
      aria-label={t`What became of each`}
      className="ui-scroll grid max-h-80 gap-1 overflow-y-auto text-sm"
    >
      {sorted.map(({ row, refused }) => (
        <li key={keyOf(row)} className="flex gap-2">
          {refused ? (
            <X size={16} aria-label={t`Refused`} className="mt-0.5 shrink-0 text-error" />
          ) : (
            <Check
              size={16}
              aria-label={t`Asked`}
              className="mt-0.5 shrink-0 text-running"
            />
          )}
          <span className="min-w-0">
            <bdi translate="no">{nameOf(row)}</bdi>
            {refused && <span className="block break-words text-error">{refused}</span>}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** What has to be filled in first, and why it can't be sent yet. */
function useInput(action: BulkAction, count: number) {
  const { t } = useLingui()
  const [label, setLabel] = useState<Label>({ key: '', value: '' })
  const [typed, setTyped] = useState('')
  if (action === 'label')
    return {
      label,
      missing: label.key.trim() ? null : t`Give the label a key.`,
      fields: (
        <div className="grid grid-cols-2 gap-2">
          <Field label={t`Key`}>
            <TextInput
              value={label.key}
              onChange={({ target }) => setLabel({ ...label, key: target.value })}
            />
          </Field>
          <Field label={t`Value`}>
            <TextInput
              value={label.value}
              onChange={({ target }) => setLabel({ ...label, value: target.value })}
            />
          </Field>
        </div>
      ),
    }
  if (action === 'delete')
    return {
      label,
      missing: typed.trim() === String(count) ? null : t`Type the number first.`,
      fields: (
        <Field label={t`Type ${count} to confirm`}>
          <TextInput
            inputMode="numeric"
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
        </Field>
      ),
    }
  return { label, missing: null, fields: null }
}

/** Sends to all, a few at a time; tells how far it is and what became of each. */
function useRun(action: BulkAction, onAsked: () => void, onClose: () => void) {
  const { data: session } = useQuery(sessionQuery)
  const [done, setDone] = useState<number>()
  const [results, setResults] = useState<Result[]>([])
  const run = async (rows: readonly Row[], label: Label) => {
    setDone(0)
    const settled = await eachOf(rows, atOnce, async (row) => {
      try {
        return await requests[action](row, label, session?.sandbox ?? false)
      } finally {
        setDone((count = 0) => count + 1)
      }
    })
    const latest = settled.flatMap((one, index): Result[] => {
      const row = rows[index]
      if (!row) return []
      const refused = one.status === 'rejected' ? problemOf(one.reason).message : null
      return [{ row, refused }]
    })
    const again = new Set(rows.map(keyOf))
    setResults((before) => [
      ...before.filter(({ row }) => !again.has(keyOf(row))),
      ...latest,
    ])
    setDone(undefined)
    onAsked()
    // What all of them took is told by the tray; only a refusal has to be read here.
    if (latest.every(({ refused }) => refused === null)) onClose()
  }
  return { run, done, results }
}

export function BulkDialog({
  action,
  keys,
  downZones,
  onClose,
  onAsked,
}: {
  action: BulkAction
  keys: readonly string[]
  downZones: ReadonlySet<string>
  onClose: () => void
  /** They were asked: the selection has had its use. */
  onAsked: () => void
}) {
  const { t } = useLingui()
  const all = useInventory((state) => state.rows)
  const rows = keys.flatMap((key) => all.get(key) ?? [])
  const plan = planBulk(action, rows, downZones)
  const count = plan.go.length
  const { label, missing, fields } = useInput(action, count)
  const { run, done, results } = useRun(action, onAsked, onClose)
  const grace = useGrace(() => void run(plan.go, label))
  const waits = grace.secondsLeft !== undefined
  const pending = done !== undefined
  const ended = results.length > 0
  const failed = results.filter(({ refused }) => refused !== null)
  const verbs: Record<BulkAction, string> = {
    start: t`Start`,
    stop: t`Stop`,
    reboot: t`Reboot`,
    snapshot: t`Take snapshots of`,
    label: t`Label`,
    protect: t`Lock`,
    delete: t`Delete`,
  }
  const title = (
    <>
      {verbs[action]}{' '}
      <Plural value={ended ? results.length : count} one="# instance" other="# instances" />
    </>
  )
  const send = () => {
    if (action === 'delete') grace.begin()
    else void run(plan.go, label)
  }
  const why = count === 0 ? t`None of them can.` : missing
  return (
    <Dialog
      open
      onClose={onClose}
      role="alertdialog"
      title={title}
      dismissible={!pending}
      onSubmit={(event) => {
        event.preventDefault()
        if (!why && !waits && !ended && !pending) send()
      }}
      footer={
        waits ? (
          <Button ref={focusOn} className="h-11 grow" onClick={grace.cancel}>
            <Trans>Cancel: nothing has been sent yet</Trans>
          </Button>
        ) : ended ? (
          <>
            {failed.length > 0 && (
              <Button
                pending={pending}
                onClick={() =>
                  void run(
                    failed.map(({ row }) => row),
                    label,
                  )
                }
              >
                <Trans>Retry the failed ones</Trans>
              </Button>
            )}
            <Button variant="primary" onClick={onClose}>
              <Trans>Close</Trans>
            </Button>
          </>
        ) : (
          <>
            <Button onClick={onClose}>
              <Trans>Cancel</Trans>
            </Button>
            <Button
              type="submit"
              variant={action === 'delete' ? 'danger' : 'primary'}
              pending={pending}
              disabledReason={why}
            >
              {title}
            </Button>
          </>
        )
      }
    >
      {waits && <Countdown words={t`Deleting them`} secondsLeft={grace.secondsLeft ?? 0} />}
      {pending && (
        <output className="mb-3 block text-sm tabular-nums">
          <Trans>
            {done} of {count} asked
          </Trans>
        </output>
      )}
      {ended ? (
        <Results results={results} />
      ) : (
        <div className={waits ? 'hidden' : 'grid gap-4'}>
          <Preview action={action} plan={plan} />
          {fields}
        </div>
      )}
    </Dialog>
  )
}
