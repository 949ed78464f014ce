/** Types a text into the machine, and says beforehand what will not be typed. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useDeferredValue, useMemo, useState } from 'react'

import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Field } from '../../ui/Field.tsx'
import { TextArea } from '../../ui/TextArea.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import type { ToolProps } from '../tool.ts'
import { eventCount } from './chunks.ts'
import { ClipboardPaste } from './ClipboardPaste.tsx'
import { holds, lastLine, layoutsSeen } from './echo.ts'
import { EchoCheck, type Echo } from './EchoCheck.tsx'
import { LayoutDoctor } from './LayoutDoctor.tsx'
import { loadTables } from './layouts-known.ts'
import { LayoutSelect } from './LayoutSelect.tsx'
import { usualRun } from './pace.ts'
import { normalise, planText, type Plan } from './plan.ts'
import { byNumber, leftOut, pieces } from './text-notes.ts'
import { TypingProgress } from './TypingProgress.tsx'
import { useReading } from './use-reading.ts'
import { useKeyboard, useTypist } from './use-typist.ts'

/** More than this is asked for: at the usual pace it takes four minutes. */
const much = 10_000
const eventMs = 10
const previewed = 600

type Wishes = { enter: boolean; spaces: boolean; slow: boolean; instead: string }

function LeftOut({ plan, text }: { plan: Plan; text: string }) {
  const { t } = useLingui()
  const { skipped } = plan
  if (skipped.length === 0) return null
  const kinds = leftOut(skipped)
  const shown = kinds.slice(0, 12)
  return (
    <div className="grid gap-1 text-sm">
      <p className="text-warning">
        <Plural
          value={skipped.length}
          one="# character can’t be typed and is left out:"
          other="# characters can’t be typed and are left out:"
        />
      </p>
      <p translate="no" className="flex flex-wrap gap-1">
        {shown.map(({ text: character, times }) => (
          <span key={character} className="rounded-sm bg-warning-tint px-1 font-mono">
            {character}
            {times > 1 && <span className="text-muted"> ×{times}</span>}
          </span>
        ))}
        {kinds.length > shown.length && '…'}
      </p>
      <pre
        aria-label={t`Preview`}
        className="ui-scroll max-h-24 overflow-auto rounded-sm bg-sunken p-2 text-xs break-all whitespace-pre-wrap"
      >
        {pieces(text, skipped, previewed).map((piece, at) =>
          piece.out ? (
            // oxlint-disable-next-line react/no-array-index-key -- pieces have no other name
            <mark key={at} className="bg-warning-tint text-warning line-through">
              {piece.text}
            </mark>
          ) : (
            piece.text
          ),
        )}
      </pre>
    </div>
  )
}

/** Takes the place of what can't be typed; a control character has no place. */
function replaceSkipped(text: string, { skipped }: Plan, instead: string): string {
  const characters = [...text]
  for (const { at, control } of skipped) if (!control) characters[at] = instead
  return characters.join('')
}

export function SendTextPanel(props: ToolProps) {
  const { connection, state } = props
  const { t, i18n } = useLingui()
  const typing = useTypist(props)
  const keyboard = useKeyboard(props)
  const read = useReading(connection)
  const [text, setText] = useState('')
  const [wishes, setWishes] = useState<Wishes>({
    enter: false,
    spaces: false,
    slow: false,
    instead: '',
  })
  const [asked, setAsked] = useState(false)
  const [testing, setTesting] = useState(false)
  const [echo, setEcho] = useState<Echo>()
  const { method } = keyboard
  const late = useDeferredValue(text)
  const prepared = useMemo(() => {
    const normal = normalise(late, wishes.enter)
    const wanted = wishes.spaces ? normal.replaceAll('\t', '    ') : normal
    if (!method || late === '') return undefined
    const first = planText(wanted, method)
    const replaced = wishes.instead
      ? planText(replaceSkipped(wanted, first, wishes.instead), method)
      : first
    const seconds =
      (eventCount(replaced.units, usualRun) * (wishes.slow ? 40 : eventMs)) / 1_000
    return { text: wanted, first, plan: replaced, seconds }
  }, [late, wishes, method])

  const isTyping = typing.progress.phase === 'typing'
  const count = prepared?.plan.units.length ?? 0
  const numbers = prepared ? byNumber(prepared.plan) : 0
  const seconds = i18n.number(Math.ceil(prepared?.seconds ?? 0))
  const number = i18n.number(count)

  const send = async () => {
    if (!prepared) return
    if (count > much && !asked) return setAsked(true)
    setAsked(false)
    setEcho(undefined)
    const { units } = prepared.plan
    const { phase } = await typing.type(units, { slow: wishes.slow })
    if (phase !== 'done') return
    const line = lastLine(units.map(({ character }) => character).join(''))
    const reading = await read((one) => holds(one, line))
    if (!reading || line === '') return
    if (holds(reading, line)) return setEcho({ kind: 'seen' })
    const seen = layoutsSeen(reading, units, await loadTables())
    setEcho({ kind: 'other', layouts: seen.filter((name) => name !== keyboard.choice) })
  }
  const nothing =
    state.status !== 'open'
      ? t`The console isn’t connected.`
      : testing
        ? t`Wait until the layout test finishes.`
        : count === 0
          ? t`Enter some text first.`
          : null
  const lightless = connection.abilities?.lights === false
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        if (!nothing && !isTyping) void send()
      }}
    >
      <Field
        label={t`Text`}
        aside={
          count > 0 && (
            <span className="tabular-nums">
              <Trans>
                {number} characters, about {seconds} s
              </Trans>
            </span>
          )
        }
      >
        <TextArea
          mono
          rows={6}
          value={text}
          readOnly={isTyping}
          onChange={({ target }) => {
            setText(target.value)
            setAsked(false)
          }}
        />
      </Field>
      <LayoutSelect keyboard={keyboard} />
      {prepared && <LeftOut plan={prepared.plan} text={prepared.text} />}
      {prepared && prepared.first.skipped.some(({ control }) => !control) && (
        <Field label={t`Replacement for skipped characters`} optional>
          <TextInput
            value={wishes.instead}
            maxLength={8}
            onChange={({ target }) => setWishes({ ...wishes, instead: target.value })}
          />
        </Field>
      )}
      {numbers > 0 && keyboard.choice !== 'any' && keyboard.choice !== 'any-fast' && (
        <p className="text-xs text-muted">
          <Plural
            value={numbers}
            one="# character is on no sure key and goes by its number, which only text consoles of Linux take."
            other="# characters are on no sure key and go by their numbers, which only text consoles of Linux take."
          />
        </p>
      )}
      <div className="grid gap-1">
        <Checkbox
          label={t`Press Enter afterward`}
          checked={wishes.enter}
          onChange={({ target }) => setWishes({ ...wishes, enter: target.checked })}
        />
        {text.includes('\t') && (
          <Checkbox
            label={t`Replace tabs with four spaces`}
            checked={wishes.spaces}
            onChange={({ target }) => setWishes({ ...wishes, spaces: target.checked })}
          />
        )}
        <Checkbox
          label={t`Type slowly (for boot menus and firmware)`}
          checked={wishes.slow}
          onChange={({ target }) => setWishes({ ...wishes, slow: target.checked })}
        />
      </div>
      {lightless && (
        <p className="text-xs text-muted">
          <Trans>
            This instance doesn’t report its keyboard LEDs. Make sure that Caps Lock is off
            in the instance.
          </Trans>
        </p>
      )}
      {asked && (
        <Banner kind="warning">
          <Trans>
            {number} characters take about {seconds} s. A file is better fetched over the
            network. Press the button again to type all of it.
          </Trans>
        </Banner>
      )}
      {!isTyping && (
        <Button
          type="submit"
          variant="primary"
          className="justify-self-start"
          disabledReason={nothing}
        >
          {asked ? <Trans>Type everything</Trans> : <Trans>Type text</Trans>}
        </Button>
      )}
      <TypingProgress
        typing={typing}
        after={echo && <EchoCheck echo={echo} choose={keyboard.choose} />}
      />
      {!keyboard.noLayout && (
        <LayoutDoctor
          {...props}
          keyboard={keyboard}
          textIsTyped={isTyping}
          busy={testing}
          onBusy={setTesting}
        />
      )}
      <ClipboardPaste connection={connection} copied={state.copied} text={text} />
    </form>
  )
}
