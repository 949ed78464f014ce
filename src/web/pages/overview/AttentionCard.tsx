/** What needs attention, the most urgent first, with the next step for each; and every check with its result. */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { CircleCheck, CircleHelp, Ellipsis, EyeOff } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { Link } from 'react-router'

import { problemOf } from '../../api/client.ts'
import { formatList, formatNumber } from '../../components/format.ts'
import { ProblemText } from '../../components/ProblemText.tsx'
import { zoneCity } from '../../components/zone-city.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { NothingHappened } from '../../ui/drawings/NothingHappened.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { MenuButton } from '../../ui/MenuButton.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { StateIcon } from '../../ui/StateIcon.tsx'
import { toast } from '../../ui/toast.ts'
import { useMediaQuery } from '../../ui/use-media-query.ts'
import type { CheckResult, Finding } from './findings.ts'
import { addressOf, Mend } from './Mend.tsx'
import { useDismissed, type Dismissed } from './use-dismissed.ts'
import { useCheckWords, useFindingWords } from './use-finding-words.ts'

const shownMost = 6
const shownOnPhone = 3

const isSerious = ({ check }: Finding) => check === 'error' || check === 'zone-down'

function FindingLine({
  finding,
  onDismiss,
}: {
  finding: Finding
  /** Absent while it isn't known what was dismissed. */
  onDismiss: (() => void) | undefined
}) {
  const { t } = useLingui()
  const { title, place, text } = useFindingWords()(finding)
  const { why } = useCheckWords()[finding.check]
  const address = addressOf(finding)
  const name = <bdi className="font-medium">{title}</bdi>
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-t py-2 first:border-t-0">
      <StateIcon state={isSerious(finding) ? 'error' : 'warning'} />
      <div className="min-w-0 grow basis-52">
        <p className="flex flex-wrap items-baseline gap-x-2">
          {address ? (
            <Link
              to={address}
              className="min-w-0 no-underline hover:underline"
              translate="no"
            >
              {name}
            </Link>
          ) : (
            name
          )}
          <span className="text-xs text-muted">{place}</span>
        </p>
        <p className="text-sm text-muted">{text}</p>
      </div>
      <div className="ms-auto flex items-center gap-1">
        <Mend finding={finding} name={title} />
        <MenuButton
          label={t`More for ${title}`}
          icon={<Ellipsis />}
          variant="ghost"
          size="sm"
          items={() => [
            { heading: t`Why this matters`, detail: why },
            { separator: true },
            {
              label: t`Dismiss`,
              icon: <EyeOff />,
              disabledReason: onDismiss ? null : t`Couldn’t read what you dismissed.`,
              onSelect: () => onDismiss?.(),
            },
          ]}
        />
      </div>
    </li>
  )
}

/** A check with its result: how many it found, that it passed, or what it couldn't read. */
function CheckLine({
  result,
  dismissed,
  onRestore,
}: {
  result: CheckResult
  dismissed: readonly Finding[]
  onRestore: (finding: Finding) => void
}) {
  const { t } = useLingui()
  const { title } = useCheckWords()[result.check]
  const wordsOf = useFindingWords()
  const { findings, missing, isReading } = result
  const cities = formatList(missing.map(zoneCity))
  const count = formatNumber(findings.length)
  let icon: ReactNode = (
    <CircleCheck size={16} aria-hidden="true" className="text-running" />
  )
  let word = t`Passed`
  if (findings.length > 0) {
    icon = <StateIcon state={findings.some(isSerious) ? 'error' : 'warning'} />
    word = t`${plural(findings.length, { one: `${count} finding`, other: `${count} findings` })}`
  } else if (isReading || missing.length > 0) {
    icon = <CircleHelp size={16} aria-hidden="true" className="text-muted" />
    word = isReading ? t`Checking…` : t`Couldn’t run`
  }
  return (
    <li className="grid gap-1 border-t py-2 first:border-t-0">
      <p className="flex items-center gap-2 text-sm [&_svg]:shrink-0">
        {icon}
        <span className="min-w-0 grow">{title}</span>
        <span className="text-xs whitespace-nowrap text-muted">{word}</span>
      </p>
      {missing.length > 0 && (
        <p className="ps-6 text-xs text-muted">
          <Trans>Couldn’t be read: {cities}.</Trans>
        </p>
      )}
      {dismissed.map((finding) => {
        const name = wordsOf(finding).title
        return (
          <p key={finding.key} className="flex items-center gap-2 ps-6 text-xs text-muted">
            <span className="min-w-0 grow">
              <Trans>
                Dismissed: <bdi>{name}</bdi>
              </Trans>
            </span>
            <Button
              size="sm"
              variant="ghost"
              aria-label={t`Restore ${name}`}
              onClick={() => onRestore(finding)}
            >
              <Trans>Restore</Trans>
            </Button>
          </p>
        )
      })}
    </li>
  )
}

/** Keeps or removes a finding; says so if it can't be stored. */
function useStoring(dismissed: Dismissed) {
  const { t } = useLingui()
  const tell = (error: unknown) =>
    toast({
      kind: 'error',
      title: t`Couldn’t save`,
      body: <ProblemText problems={[problemOf(error)]} />,
    })
  const restore = (finding: Finding) => void dismissed.restore(finding).catch(tell)
  const dismiss = (finding: Finding, name: string) => {
    dismissed
      .dismiss(finding)
      .then(() =>
        toast({
          kind: 'success',
          title: t`Dismissed: ${name}`,
          action: { label: t`Undo`, onSelect: () => restore(finding) },
        }),
      )
      .catch(tell)
  }
  return { dismiss, restore }
}

/** The open findings; on a phone only the first few until more are asked for. */
function Findings({
  findings,
  isReading,
  onDismiss,
}: {
  findings: readonly Finding[]
  isReading: boolean
  onDismiss: ((finding: Finding) => void) | undefined
}) {
  const { t } = useLingui()
  const [isMore, setMore] = useState(false)
  const isPhone = useMediaQuery('(width < 40rem)')
  const shown = isMore ? findings : findings.slice(0, isPhone ? shownOnPhone : shownMost)
  const rest = findings.length - shown.length
  const count = formatNumber(rest)
  if (findings.length === 0)
    return isReading ? (
      <Skeleton className="h-40 w-full" />
    ) : (
      <EmptyState drawing={<NothingHappened />} title={t`Nothing needs attention`} />
    )
  return (
    <>
      <ul>
        {shown.map((finding) => (
          <FindingLine
            key={finding.key}
            finding={finding}
            onDismiss={onDismiss && (() => onDismiss(finding))}
          />
        ))}
      </ul>
      {rest > 0 && (
        <Button variant="ghost" size="sm" className="mt-1" onClick={() => setMore(true)}>
          <Trans>Show {count} more</Trans>
        </Button>
      )}
    </>
  )
}

export function AttentionCard({
  results,
  className,
}: {
  results: readonly CheckResult[]
  className: string
}) {
  const { t } = useLingui()
  const dismissed = useDismissed(results)
  const { dismiss, restore } = useStoring(dismissed)
  const wordsOf = useFindingWords()
  const [isAll, setAll] = useState(false)
  const found = results.flatMap(({ findings }) => findings)
  const open = found.filter((finding) => !dismissed.has(finding))
  const isReading = dismissed.isReading || results.some((result) => result.isReading)
  const unread = results.filter(({ missing }) => missing.length > 0).length
  const checks = results.length
  const count = formatNumber(open.length)
  return (
    <Card
      className={className}
      title={
        <>
          <Trans>Needs attention</Trans>{' '}
          {!isReading && (
            <span className="text-sm font-normal text-muted tabular-nums">{count}</span>
          )}
        </>
      }
      actions={
        <Button
          variant="ghost"
          size="sm"
          aria-expanded={isAll}
          onClick={() => setAll(!isAll)}
        >
          {isAll ? <Trans>Show findings</Trans> : <Trans>All {checks} checks</Trans>}
        </Button>
      }
    >
      {isAll ? (
        <ul>
          {results.map((result) => (
            <CheckLine
              key={result.check}
              result={result}
              dismissed={result.findings.filter((finding) => dismissed.has(finding))}
              onRestore={restore}
            />
          ))}
        </ul>
      ) : (
        <Findings
          // What was dismissed would be there for a moment.
          findings={dismissed.isReading ? [] : open}
          isReading={isReading}
          onDismiss={
            dismissed.isKnown
              ? (finding) => dismiss(finding, wordsOf(finding).title)
              : undefined
          }
        />
      )}
      {!isAll && unread > 0 && !isReading && (
        <p className="mt-2 text-xs text-muted">
          {t`${plural(unread, {
            one: '# check couldn’t read everything.',
            other: '# checks couldn’t read everything.',
          })}`}
        </p>
      )}
    </Card>
  )
}
