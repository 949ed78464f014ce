/** Shows what a screen means and what to do next. */
import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'

import { useActions } from '../../instance/actions.tsx'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import type { ToolProps } from '../tool.ts'
import { momentWords, type NextStep } from './explain-words.ts'
import type { Explanation } from './explain.ts'

type CardProps = Pick<ToolProps, 'connection' | 'state' | 'row' | 'viewOnly' | 'openTool'>

function Step({ step, ...props }: { step: NextStep } & CardProps) {
  const { t } = useLingui()
  const { connection, state, viewOnly, openTool } = props
  const noKeys =
    state.status !== 'open'
      ? t`The console isn’t connected.`
      : viewOnly
        ? t`The console is view-only.`
        : null
  const keys = (names: readonly string[], label: string) => (
    <Button
      size="sm"
      disabledReason={noKeys}
      onClick={() => {
        connection.input.press(names)
        connection.input.focus()
      }}
    >
      {label}
    </Button>
  )
  const tool = (id: string, label: string, reason: string | null) => (
    <Button size="sm" disabledReason={reason} onClick={() => openTool(id)}>
      {label}
    </Button>
  )
  switch (step) {
    case 'type-password':
      return tool('password', t`Type the password…`, noKeys)
    case 'send-text':
      return tool('send-text', t`Send text…`, noKeys)
    case 'time-machine':
      return tool('time-machine', t`See what went by`, null)
    case 'enter':
      return keys(['Enter'], t`Press Enter`)
    case 'ctrl-alt-del':
      return keys(['Control', 'Alt', 'Delete'], t`Send Ctrl+Alt+Del`)
    case 'reboot':
    case 'start':
    case 'rescue':
      return props.row ? <PowerStep step={step} row={props.row} /> : null
  }
}

function PowerStep({
  step,
  row,
}: {
  step: 'reboot' | 'start' | 'rescue'
  row: NonNullable<ToolProps['row']>
}) {
  const { label, icon, disabledReason, run } = useActions(row)[step]
  // Only one of start and reboot is possible at a time; the other is no next step.
  if (disabledReason && step !== 'rescue') return null
  return (
    <Button size="sm" icon={icon} disabledReason={disabledReason} onClick={run}>
      {label}
    </Button>
  )
}

function Part({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <div className="grid gap-0.5">
      <h3 className="text-xs font-medium text-muted">{label}</h3>
      <p>{children}</p>
    </div>
  )
}

export function ExplainCard({
  explanation,
  ...props
}: { explanation: Explanation | undefined } & CardProps) {
  const { t } = useLingui()
  if (!explanation)
    return (
      <p className="text-sm text-muted">
        <Trans>
          Nothing on this screen needs an explanation. Vedette explains boot menus, login
          prompts, crashes, disk checks and similar screens here.
        </Trans>
      </p>
    )
  const { title, meaning, advice, steps, kind } = momentWords[explanation.moment]
  return (
    <div data-moment={explanation.moment} className="grid gap-3 text-sm">
      <Banner kind={kind} title={t(title)} />
      {explanation.line && (
        <pre
          translate="no"
          className="overflow-x-auto rounded-md bg-sunken px-2 py-1 text-xs"
          // A long line is scrolled, also with the keyboard.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls
          tabIndex={0}
        >
          {explanation.line}
        </pre>
      )}
      <Part label={<Trans>What it means</Trans>}>{t(meaning)}</Part>
      <Part label={<Trans>What to do next</Trans>}>{t(advice)}</Part>
      {steps.length > 0 && (
        <div className="flex flex-wrap gap-2">
          {steps.map((step) => (
            <Step key={step} step={step} {...props} />
          ))}
        </div>
      )}
    </div>
  )
}
