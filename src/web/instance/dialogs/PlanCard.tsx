/** Shows what a change will do: before and after, its effects, and the requests in order. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { ArrowRight } from 'lucide-react'
import { Fragment } from 'react'

import { typeName } from '#contract/limits.ts'
import type { Effect, PlannedStep } from '#contract/plan.ts'
import type { Instance, InstanceType, Template } from '#contract/types.ts'
import { offlineMs, type Usual } from '#contract/usual.ts'

import type { Row } from '../../api/inventory.ts'
import { callOf } from '../../api/mutations.ts'
import { usualQuery } from '../../api/queries.ts'
import { formatBytes, formatGib } from '../../components/format.ts'
import { useEndpointWords } from '../../components/operation-words.ts'
import { useEffectWords } from '../../components/plan-words.ts'
import { SameAs } from '../../components/SameAs.tsx'
import { useSpanWords } from '../../components/UsualTime.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { Consequences, useUnreadWords } from './AskDialog.tsx'
import type { Change } from './use-change.ts'

type Named = { types: readonly InstanceType[]; templates: readonly Template[] }
type Line = { label: string; before: string; after: string }

/** What differs between the two, in words. */
function useLines(): (before: Instance, after: Instance, named: Named) => Line[] {
  const { t } = useLingui()
  return (before, after, { types, templates }) => {
    const typeOf = (one: Instance) =>
      types.find(({ id }) => id === one['instance-type']?.id)
    const unknown = t`Unknown`
    const memory = (one: Instance) => {
      const bytes = typeOf(one)?.memory
      return bytes === undefined ? unknown : formatBytes(bytes)
    }
    const size = (one: Instance) => {
      const type = typeOf(one)
      return type ? typeName(type) : (one['instance-type']?.id ?? unknown)
    }
    const system = (one: Instance) =>
      templates.find(({ id }) => id === one.template?.id)?.name ??
      one.template?.id ??
      unknown
    const states: Record<string, string> = { running: t`Running`, stopped: t`Stopped` }
    const state = (one: Instance) => states[one.state ?? ''] ?? one.state ?? unknown
    const tpm = ({ 'tpm-enabled': on }: Instance) =>
      on === undefined ? unknown : on ? t`On` : t`Off`
    const disk = ({ 'disk-size': gib }: Instance) =>
      gib === undefined ? unknown : formatGib(gib)
    const rows: [string, (one: Instance) => string][] = [
      [t({ message: 'Size', context: 'instance' }), size],
      [t`vCPUs`, (one) => String(typeOf(one)?.cpus ?? unknown)],
      [t({ message: 'Memory', context: 'amount' }), memory],
      [t`Disk`, disk],
      [t`Template`, system],
      ['TPM', tpm],
      [t`State`, state],
    ]
    return rows
      .map(([label, read]) => ({ label, before: read(before), after: read(after) }))
      .filter(({ before: now, after: then }) => now !== then)
  }
}

/** A size may break after its family, because “standard.extra-large” is wider than its column in some languages. */
function Value({ text }: { text: string }) {
  return text.split(/(?<=\.)/).map((part, at) => (
    <Fragment key={part}>
      {at > 0 && <wbr />}
      {part}
    </Fragment>
  ))
}

function BeforeAfter({ lines }: { lines: readonly Line[] }) {
  return (
    <table className="w-full text-sm">
      <thead className="text-start text-xs text-muted">
        <tr>
          <td />
          <th scope="col" className="px-2 pt-2 text-start font-medium">
            <Trans>Now</Trans>
          </th>
          <td />
          <th scope="col" className="px-2 pt-2 text-start font-medium">
            <Trans>After</Trans>
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ label, before, after }) => (
          <tr key={label}>
            <th scope="row" className="px-2 py-1 text-start font-normal text-muted">
              {label}
            </th>
            <td className="px-2 py-1" translate="no">
              <Value text={before} />
            </td>
            <td className="text-muted">
              <ArrowRight size={14} aria-hidden="true" />
            </td>
            <td className="px-2 py-1 font-semibold" translate="no">
              <Value text={after} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Effects({
  effects,
  offline,
}: {
  effects: readonly Effect[]
  /** How long the instance is offline, where known. */
  offline: number | undefined
}) {
  const wordsOf = useEffectWords()
  const spanOf = useSpanWords()
  const span = offline === undefined ? '' : spanOf(offline)
  // An empty list would be announced, and leave a gap.
  if (effects.length === 0 && !span) return null
  return (
    <ul className="grid list-disc gap-1 px-3 ps-7 text-sm">
      {effects.map((effect) => (
        <li key={effect}>{wordsOf(effect)}</li>
      ))}
      {span && (
        <li>
          <Trans>Usually offline for about {span}.</Trans>
        </li>
      )}
    </ul>
  )
}

function Calls({ steps, usual }: { steps: readonly PlannedStep[]; usual: Usual }) {
  const { t } = useLingui()
  const wordsOf = useEndpointWords()
  const spanOf = useSpanWords()
  return (
    <ol
      aria-label={t`API operations in order`}
      className="flex flex-wrap gap-x-4 gap-y-1 border-t border-border px-3 py-2 text-xs text-muted"
    >
      {steps.map(({ endpoint }, index) => (
        <li key={endpoint} title={endpoint} className="flex gap-1.5">
          <span className="tabular-nums">{index + 1}</span>
          <span className="text-text">{wordsOf(endpoint)}</span>
          {usual[endpoint] !== undefined && (
            <span title={t`Usual duration`}>{spanOf(usual[endpoint])}</span>
          )}
        </li>
      ))}
    </ol>
  )
}

export function PlanCard({ row, change }: { row: Row; change: Change }) {
  const { t } = useLingui()
  const linesOf = useLines()
  const { data: usual = {} } = useQuery(usualQuery(row.zone))
  const unreadWords = useUnreadWords()
  const { planned, detail, known, isReading, isUnread } = change
  if (isReading) return <Skeleton className="h-24 w-full" />
  if (!planned || planned.refused !== undefined || !detail) return null
  const { after, effects, steps } = planned
  const named = { types: known.types ?? [], templates: known.templates ?? [] }
  const lines = after ? linesOf(detail, after, named) : []
  return (
    <>
      <section
        aria-label={t`What will happen`}
        className="grid min-w-0 gap-2 rounded-md bg-sunken px-1"
      >
        {lines.length > 0 && <BeforeAfter lines={lines} />}
        <div className={`empty:hidden ${lines.length > 0 ? '' : 'pt-2'}`}>
          <Effects effects={effects} offline={offlineMs(steps, usual)} />
        </div>
        {isUnread && (
          <div className="px-3">
            <Consequences lines={[unreadWords({ isError: true })]} />
          </div>
        )}
        <Calls steps={steps} usual={usual} />
      </section>
      <SameAs calls={steps.map((step) => callOf(row, step))} naming={known} />
    </>
  )
}
