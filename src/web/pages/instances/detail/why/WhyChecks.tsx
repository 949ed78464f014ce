/** Why an instance may not respond: what explains it first, what couldn't be read, and what is fine in one line. */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { ChevronDown, CircleCheck, CircleHelp } from 'lucide-react'

import { problemOf } from '../../../../api/client.ts'
import { formatRelative } from '../../../../components/format.ts'
import { ProblemText } from '../../../../components/ProblemText.tsx'
import { useReasonWords } from '../../../../screen/connection-words.ts'
import { FrameError } from '../../../../screen/glance/grab-frame.ts'
import { Spinner } from '../../../../ui/Spinner.tsx'
import { StateIcon } from '../../../../ui/StateIcon.tsx'
import { NextStep } from './NextStep.tsx'
import { useWhyWords } from './use-why-words.ts'
import { useWhy, type Why } from './use-why.ts'
import type { Verdict, WhyCheck } from './why-checks.ts'

/** What keeps the instance off, whatever its network is. */
const serious: ReadonlySet<WhyCheck['check']> = new Set(['state', 'rescue', 'screen'])

function Icon({ check: { check, verdict } }: { check: WhyCheck }) {
  if (verdict === 'reading') return <Spinner />
  if (verdict === 'unknown')
    return <CircleHelp size={16} aria-hidden="true" className="shrink-0 text-muted" />
  if (verdict === 'passed')
    return <CircleCheck size={16} aria-hidden="true" className="shrink-0 text-running" />
  const isSerious = verdict === 'cause' && serious.has(check)
  return <StateIcon state={isSerious ? 'error' : 'warning'} />
}

/** Why something couldn't be read, in the words of what rejected it. */
function Failed({ check, why }: { check: WhyCheck; why: Why }) {
  const reasonWords = useReasonWords()
  if (check.verdict !== 'unknown') return null
  if (check.check === 'screen') {
    const { block, error } = why.screen
    const words = error instanceof FrameError ? reasonWords(error.reason) : error?.message
    return block ?? words ?? null
  }
  const error =
    check.check === 'firewall'
      ? why.groups.error
      : check.check === 'change' || check.check === 'rescue'
        ? why.history.error
        : null
  return error ? <ProblemText problems={[problemOf(error)]} /> : null
}

function useVerdictWords(): Record<Verdict, string> {
  const { t } = useLingui()
  return {
    cause: t`Likely reason`,
    maybe: t`Possible reason`,
    unknown: t`Unknown`,
    reading: t`Checking…`,
    passed: t`Passed`,
  }
}

function Line({ check, why }: { check: WhyCheck; why: Why }) {
  const { title, text, more } = useWhyWords()(check, why.now)
  const verdict = useVerdictWords()[check.verdict]
  return (
    <li
      data-check={check.check}
      data-verdict={check.verdict}
      className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-t py-2 first:border-t-0"
    >
      <Icon check={check} />
      <div className="min-w-0 grow basis-52">
        <p className="text-sm font-medium break-words">
          <span className="sr-only">{verdict}: </span>
          {title}
        </p>
        <p className="text-sm break-words text-muted">
          {text} {more} <Failed check={check} why={why} />
        </p>
      </div>
      {check.verdict !== 'reading' && (
        <div className="ms-auto flex max-w-full flex-wrap items-center gap-1">
          <NextStep check={check} why={why} />
        </div>
      )}
    </li>
  )
}

/** What is fine, folded into one line. */
function Passed({ checks, why }: { checks: readonly WhyCheck[]; why: Why }) {
  const { t } = useLingui()
  const wordsOf = useWhyWords()
  const count = checks.length
  if (count === 0) return null
  return (
    <details className="group border-t pt-2">
      <summary className="flex cursor-pointer list-none items-center gap-3 rounded-sm text-sm pointer-coarse:min-h-11">
        <CircleCheck size={16} aria-hidden="true" className="text-running" />
        <span className="grow">
          {t`${plural(count, { one: '# check passed', other: '# checks passed' })}`}
        </span>
        <ChevronDown
          aria-hidden="true"
          size={16}
          className="shrink-0 text-muted group-open:rotate-180"
        />
      </summary>
      <ul className="mt-1 grid gap-2 ps-7 text-sm">
        {checks.map((check) => {
          const { title, text, more } = wordsOf(check, why.now)
          return (
            <li key={check.check} data-check={check.check} data-verdict="passed">
              <p>{title}</p>
              <p className="break-words text-muted">
                {text} {more}
              </p>
            </li>
          )
        })}
      </ul>
    </details>
  )
}

/** What people wrote about the instance may say more than any check. */
function NoteLine({ note, now }: { note: NonNullable<Why['note']>; now: number }) {
  const { text, by } = note
  const age = formatRelative(note.at, now)
  return (
    <div className="border-t py-2 text-sm">
      <p className="text-xs text-muted">
        <Trans>
          Note by {by}, {age}
        </Trans>
      </p>
      <p className="line-clamp-3 break-words whitespace-pre-line">{text}</p>
    </div>
  )
}

export function WhyChecks() {
  const why = useWhy()
  const open = why.checks.filter(({ verdict }) => verdict !== 'passed')
  const passed = why.checks.filter(({ verdict }) => verdict === 'passed')
  const isNothing = open.every(({ verdict }) => verdict === 'unknown')
  return (
    <>
      {isNothing && (
        <p className="pb-2 text-sm text-muted">
          <Trans>No reason found in what Vedette can check.</Trans>
        </p>
      )}
      {open.length > 0 && (
        <ul>
          {open.map((check) => (
            <Line key={check.check} check={check} why={why} />
          ))}
        </ul>
      )}
      {why.note && <NoteLine note={why.note} now={why.now} />}
      <Passed checks={passed} why={why} />
      <p className="pt-2 text-xs text-muted">
        <Trans>
          Vedette can’t see services, memory or disk space inside the operating system.
        </Trans>
      </p>
    </>
  )
}
