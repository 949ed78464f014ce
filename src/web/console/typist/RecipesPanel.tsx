/** Shows recovery commands line by line, to read, change and send, with their output. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { CircleAlert, CircleCheck, Send, TriangleAlert } from 'lucide-react'
import { useState } from 'react'

import { templateQuery } from '../../api/queries.ts'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import type { ToolProps } from '../tool.ts'
import { LayoutSelect } from './LayoutSelect.tsx'
import { planText } from './plan.ts'
import { complaintIn, isShellPrompt } from './prompt.ts'
import {
  recipes,
  systemOf,
  systems,
  systemWords,
  type Step,
  type System,
} from './recipes.ts'
import { TypingProgress } from './TypingProgress.tsx'
import { useKeyboardLayout } from './use-keyboard-layout.ts'
import { useReading } from './use-reading.ts'
import { useTypist } from './use-typist.ts'

type Outcome =
  | { kind: 'sent' }
  /** The shell waits for the next command, and nothing sounds like trouble. */
  | { kind: 'fine' }
  | { kind: 'asks' }
  | { kind: 'complaint'; text: string }

function OutcomeLine({ outcome }: { outcome: Outcome }) {
  const look = {
    fine: <CircleCheck size={14} className="mt-0.5 shrink-0 text-running" />,
    complaint: <CircleAlert size={14} className="mt-0.5 shrink-0 text-error" />,
    asks: <Send size={14} className="mt-0.5 shrink-0 text-muted" />,
    sent: <Send size={14} className="mt-0.5 shrink-0 text-muted" />,
  }
  return (
    <p className="flex gap-1 text-xs" data-outcome={outcome.kind}>
      {look[outcome.kind]}
      {outcome.kind === 'fine' && <Trans>Done. The prompt is back.</Trans>}
      {outcome.kind === 'asks' && <Trans>Sent. Respond on the screen.</Trans>}
      {outcome.kind === 'sent' && <Trans>Sent. Check the screen.</Trans>}
      {outcome.kind === 'complaint' && (
        <span>
          <Trans>The screen says:</Trans>{' '}
          <code translate="no" className="font-mono break-all">
            {outcome.text}
          </code>
        </span>
      )}
    </p>
  )
}

type StepProps = {
  step: Step
  number: number
  busy: boolean
  why: string | null
  outcome: Outcome | undefined
  send: (line: string) => void
}

function StepItem({ step, number, busy, why, outcome, send }: StepProps) {
  const { t } = useLingui()
  const [line, setLine] = useState(step.line)
  return (
    <li className="grid gap-1 border-t border-border pt-2">
      <p className="text-sm">{t(step.does)}</p>
      {step.danger && (
        <p className="flex gap-1 text-xs text-error">
          <TriangleAlert aria-hidden="true" size={14} className="shrink-0" />
          {t(step.danger)}
        </p>
      )}
      <form
        className="flex gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          if (!why && !busy) send(line)
        }}
      >
        <TextInput
          mono
          aria-label={t`Line ${number}`}
          translate="no"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={line}
          onChange={({ target }) => setLine(target.value)}
          className="grow"
        />
        <Button
          type="submit"
          variant={step.danger ? 'danger' : undefined}
          pending={busy}
          disabledReason={line.trim() === '' ? t`Enter some text first.` : why}
        >
          <Trans>Send</Trans>
        </Button>
      </form>
      {outcome && <OutcomeLine outcome={outcome} />}
    </li>
  )
}

function useStepSender(props: ToolProps) {
  const typing = useTypist(props)
  const keyboard = useKeyboardLayout(props)
  const read = useReading(props.connection)
  const [outcomes, setOutcomes] = useState<Record<string, Outcome>>({})
  const [sending, setSending] = useState<string>()
  const send = async (name: string, step: Step, line: string) => {
    const { method } = keyboard
    if (!method) return
    setSending(name)
    try {
      const { phase } = await typing.type(planText(`${line.trim()}\n`, method).units)
      if (phase !== 'done') return
      const outcome = step.asks ? { kind: 'asks' as const } : await outcomeOf(line)
      setOutcomes((now) => ({ ...now, [name]: outcome }))
    } finally {
      setSending(undefined)
    }
  }
  const outcomeOf = async (line: string): Promise<Outcome> => {
    const reading = await read(isShellPrompt)
    const complaint = reading && complaintIn(reading, line.trim())
    if (complaint) return { kind: 'complaint', text: complaint.trim() }
    return { kind: reading && isShellPrompt(reading) ? 'fine' : 'sent' }
  }
  return { typing, keyboard, outcomes, sending, send }
}

export function RecipesPanel(props: ToolProps) {
  const { row, state } = props
  const { t } = useLingui()
  const { typing, keyboard, outcomes, sending, send } = useStepSender(props)
  const { data: template } = useQuery({
    ...templateQuery(row?.zone ?? '', row?.template?.id ?? ''),
    enabled: Boolean(row?.template),
  })
  const [chosen, setChosen] = useState<System>()
  const [recipeId, setRecipeId] = useState(recipes[0]?.id)
  const system = chosen ?? systemOf(template?.family)
  const recipe = recipes.find(({ id }) => id === recipeId)
  const why =
    state.status === 'open'
      ? sending === undefined
        ? null
        : t`Wait until the current line has been typed.`
      : t`The console isn’t connected.`
  return (
    <div className="grid gap-3">
      <Field
        label={t`Task`}
        hint={t`Log in as root first. Nothing is sent until you select Send.`}
      >
        <Select value={recipeId} onChange={({ target }) => setRecipeId(target.value)}>
          {recipes.map(({ id, name }) => (
            <option key={id} value={id}>
              {t(name)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t`Operating system`}>
        <Select
          value={system}
          // The options are exactly the systems.
          onChange={({ target }) => setChosen(target.value as System)}
        >
          {systems.map((name) => (
            <option key={name} value={name}>
              {t(systemWords[name])}
            </option>
          ))}
        </Select>
      </Field>
      <LayoutSelect keyboard={keyboard} />
      <ol className="grid gap-3">
        {recipe?.steps(system).map((step, at) => {
          const name = `${recipe.id} ${system} ${step.line}`
          return (
            <StepItem
              key={name}
              step={step}
              number={at + 1}
              busy={sending === name}
              why={sending === name ? null : why}
              outcome={outcomes[name]}
              send={(line) => void send(name, step, line)}
            />
          )
        })}
      </ol>
      {(typing.progress.phase === 'typing' || typing.progress.phase === 'stopped') && (
        <TypingProgress typing={typing} />
      )}
    </div>
  )
}
