/** Types a text into the instance, and first lists what can't be typed. */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useDeferredValue, useMemo, useState } from 'react'

import { formatNumber } from '../../components/format.ts'
import { useAskToLeave } from '../../hooks/use-ask-to-leave.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { TextArea } from '../../ui/TextArea.tsx'
import type { ToolProps } from '../tool.ts'
import { ClipboardPaste } from './ClipboardPaste.tsx'
import { EchoCheck } from './EchoCheck.tsx'
import { LayoutDoctor } from './LayoutDoctor.tsx'
import { LayoutSelect } from './LayoutSelect.tsx'
import { noWishes, prepareText, type PreparedText } from './prepare-text.ts'
import { CodeNote, ReplacementField, SendOptions } from './SendOptions.tsx'
import { SkippedCharacters } from './SkippedCharacters.tsx'
import { TypingProgress } from './TypingProgress.tsx'
import { useKeyboardLayout } from './use-keyboard-layout.ts'
import { useSendText } from './use-send-text.ts'
import { useTypist, type Typing } from './use-typist.ts'

const countOf = ({ plan }: PreparedText) => plan.units.length

function Estimate({ prepared }: { prepared: PreparedText }) {
  const { t } = useLingui()
  const count = countOf(prepared)
  const number = formatNumber(count)
  const seconds = formatNumber(Math.ceil(prepared.seconds))
  if (count === 0) return null
  return (
    <span className="tabular-nums">
      {t`${plural(count, {
        one: `${number} character, about ${seconds} s`,
        other: `${number} characters, about ${seconds} s`,
      })}`}
    </span>
  )
}

function LongTextWarning({ prepared }: { prepared: PreparedText }) {
  const { t } = useLingui()
  const count = countOf(prepared)
  const number = formatNumber(count)
  const seconds = formatNumber(Math.ceil(prepared.seconds))
  return (
    <Banner
      kind="warning"
      title={t`${plural(count, {
        one: `Typing ${number} character takes about ${seconds} s`,
        other: `Typing ${number} characters takes about ${seconds} s`,
      })}`}
    >
      <Trans>
        For long files, download them inside the instance instead. To type everything
        anyway, select the button again.
      </Trans>
    </Banner>
  )
}

function LightlessNote() {
  return (
    <p className="text-xs text-muted">
      <Trans>
        This instance doesn’t report its keyboard LEDs. Make sure that Caps Lock is off in
        the instance.
      </Trans>
    </p>
  )
}

/** The text, and that a reload asks first while it isn't typed. It may be a password, so it is stored nowhere. */
function useText({ progress }: Typing) {
  const [text, setText] = useState('')
  const [sent, setSent] = useState('')
  useAskToLeave(text !== '' && !(progress.phase === 'done' && text === sent))
  return { text, setText, markSent: () => setSent(text) }
}

export function SendTextPanel(props: ToolProps) {
  const { connection, state } = props
  const { t } = useLingui()
  const typing = useTypist(props)
  const keyboard = useKeyboardLayout(props)
  const sending = useSendText(props, typing, keyboard)
  const { asked, echo } = sending
  const { text, setText, markSent } = useText(typing)
  const [wishes, setWishes] = useState(noWishes)
  const [testing, setTesting] = useState(false)
  const { method, choice, choose } = keyboard
  const late = useDeferredValue(text)
  const prepared = useMemo(
    () => (method && late !== '' ? prepareText(late, wishes, method) : undefined),
    [late, wishes, method],
  )
  const isTyping = typing.progress.phase === 'typing'
  const whyNot = () => {
    if (state.status !== 'open') return t`The console isn’t connected.`
    if (testing) return t`Wait until the layout test finishes.`
    return prepared && countOf(prepared) > 0 ? null : t`Enter some text first.`
  }
  const disabledReason = whyNot()
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        if (disabledReason || isTyping || !prepared) return
        markSent()
        void sending.send(prepared, wishes.slow)
      }}
    >
      <Field label={t`Text`} aside={prepared && <Estimate prepared={prepared} />}>
        <TextArea
          mono
          data-secret
          rows={6}
          value={text}
          readOnly={isTyping}
          onChange={({ target }) => {
            setText(target.value)
            sending.forgetAsked()
          }}
        />
      </Field>
      <LayoutSelect keyboard={keyboard} />
      {prepared && <SkippedCharacters plan={prepared.plan} text={prepared.text} />}
      {prepared && (
        <ReplacementField wishes={wishes} onChange={setWishes} prepared={prepared} />
      )}
      {prepared && choice !== 'any' && choice !== 'any-fast' && (
        <CodeNote prepared={prepared} />
      )}
      <SendOptions wishes={wishes} onChange={setWishes} hasTabs={text.includes('\t')} />
      {connection.abilities?.lights === false && <LightlessNote />}
      {asked && prepared && <LongTextWarning prepared={prepared} />}
      <Button
        type="submit"
        variant="primary"
        className="justify-self-start"
        pending={isTyping}
        disabledReason={disabledReason}
      >
        {asked ? <Trans>Type everything</Trans> : <Trans>Type text</Trans>}
      </Button>
      <TypingProgress typing={typing} after={echo && <EchoCheck {...{ echo, choose }} />} />
      {!keyboard.noLayout && (
        <LayoutDoctor
          {...props}
          keyboard={keyboard}
          textIsTyped={isTyping}
          busy={testing}
          onBusy={setTesting}
        />
      )}
      <ClipboardPaste {...{ connection, text }} copied={state.copied} />
    </form>
  )
}
