/** Shows both changes when someone else changed the labels during an edit, and offers the choice. */
import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'

import { mergeLabels } from '#contract/merge.ts'
import type { Labels } from '#contract/trace.ts'

import { formatList } from '../../../components/format.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { labelChanges } from './label-changes.ts'

/** Lines of a diff, `+` and `−` colored. */
export function ChangeLines({ lines, label }: { lines: readonly string[]; label: string }) {
  return (
    <ul className="font-mono text-xs break-all" translate="no" aria-label={label}>
      {lines.map((line) => (
        <li key={line} className={line.startsWith('+') ? 'text-running' : 'text-error'}>
          {line}
        </li>
      ))}
    </ul>
  )
}

function Column({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <p className="mb-1 text-xs font-medium">{title}</p>
      {children}
    </div>
  )
}

export function LabelConflict({
  shown,
  mine,
  theirs,
  onChoose,
}: {
  /** As they were when the editing began. */
  shown: Labels
  mine: Labels
  theirs: Labels
  /** The labels to continue with; they are not sent yet. */
  onChoose: (labels: Labels) => void
}) {
  const { t } = useLingui()
  const { both, disputed } = mergeLabels(shown, mine, theirs)
  const keys = formatList(disputed)
  const nothing = <p className="text-xs text-muted">{t`No changes`}</p>
  const lines = (label: string, changes: readonly string[]) =>
    changes.length > 0 ? <ChangeLines label={label} lines={changes} /> : nothing
  const result = Object.entries(both).map(([key, value]) => `${key}=${value}`)
  return (
    <Banner kind="warning" title={t`Someone else changed these labels at the same time`}>
      <div className="mt-1 grid gap-3 text-text sm:grid-cols-3">
        <Column title={t`Their changes`}>
          {lines(t`Their changes`, labelChanges(shown, theirs))}
        </Column>
        <Column title={t`Your changes`}>
          {lines(t`Your changes`, labelChanges(shown, mine))}
        </Column>
        <Column title={t`Merged result`}>
          {result.length === 0 ? (
            nothing
          ) : (
            <ul
              className="font-mono text-xs break-all"
              translate="no"
              aria-label={t`Merged result`}
            >
              {result.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          )}
        </Column>
      </div>
      {disputed.length > 0 && (
        <p className="mt-2">
          <Trans>You both changed {keys}. The merged result uses your values.</Trans>
        </p>
      )}
      <div className="mt-3 flex flex-wrap gap-2">
        <Button size="sm" onClick={() => onChoose(both)}>
          <Trans>Use merged result</Trans>
        </Button>
        <Button size="sm" onClick={() => onChoose(theirs)}>
          <Trans>Use their changes</Trans>
        </Button>
        <Button size="sm" onClick={() => onChoose(mine)}>
          <Trans>Use only my changes</Trans>
        </Button>
      </div>
    </Banner>
  )
}
