import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'

import { isRunning, refusal } from '#contract/lifecycle.ts'

import { problemOf } from '../../../api/client.ts'
import { resetInstancePassword, revealInstancePassword } from '../../../api/mutations.ts'
import { useOnce } from '../../../api/use-once.ts'
import { useRoleBlock } from '../../../components/people/role-block.ts'
import { ProblemNotice } from '../../../components/ProblemNotice.tsx'
import { useRefusalWords } from '../../../components/refusal-words.ts'
import { SendProblem } from '../../../components/SendProblem.tsx'
import { useBlock } from '../../../instance/actions.tsx'
import { useOpenScreen } from '../../../screen/ScreenLink.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { CopyButton } from '../../../ui/CopyButton.tsx'
import { useInstance } from './instance-context.ts'

const shownMs = 30_000

/** Keeps a password for half a minute or until the tab is hidden, and nowhere else. */
function usePassword() {
  const [password, setPassword] = useState<string>()
  // The clock and the tab's visibility are outside React.
  useEffect(() => {
    if (password === undefined) return
    const forget = () => setPassword(undefined)
    const timer = setTimeout(forget, shownMs)
    const onHide = () => document.hidden && forget()
    document.addEventListener('visibilitychange', onHide)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', onHide)
    }
  }, [password])
  return [password, setPassword] as const
}

function Password({ text, onHide }: { text: string; onHide: () => void }) {
  const { t } = useLingui()
  const [open, setOpen] = useState(false)
  return (
    <>
      <p className="flex flex-wrap items-center gap-2">
        <code translate="no" className="font-mono text-sm break-all">
          {open ? text : '•'.repeat(12)}
        </code>
        <Button size="sm" onClick={() => setOpen(!open)}>
          {open ? <Trans context="verb">Hide</Trans> : <Trans context="verb">Show</Trans>}
        </Button>
        <CopyButton text={text} label={t`Copy password`} />
        <Button size="sm" variant="ghost" onClick={onHide}>
          <Trans context="verb">Clear</Trans>
        </Button>
      </p>
      <p className="text-sm text-muted">
        <Trans>The password is cleared after 30 seconds or when you leave this tab.</Trans>
      </p>
    </>
  )
}

/**
 * For operating systems that people log in to with a password (docs/platform.md#passwords).
 */
export function PasswordCard() {
  const { t } = useLingui()
  const { row } = useInstance()
  const block = useBlock(row, 'reset-instance-password')
  const roleBlock = useRoleBlock()
  const unread = roleBlock('reveal-instance-password')
  const openScreen = useOpenScreen()
  const wordsFor = useRefusalWords()
  const [password, setPassword] = usePassword()
  const [gone, setGone] = useState(false)
  const reveal = useMutation({
    mutationFn: () => revealInstancePassword(row),
    onSuccess: (answer) => {
      setPassword(answer.password)
      setGone(answer.password === undefined)
      // The response must not be kept longer than the password is shown.
      reveal.reset()
    },
  })
  const reset = useOnce({
    send: (key) => resetInstancePassword(row, key),
    onSuccess: () => setGone(false),
  })
  const why = refusal('reset-password', row.state)
  const screenless = isRunning(row.state) ? null : t`Start the instance to use the console.`
  const typeIt = () => {
    openScreen(row, { tool: 'password' })
  }
  const problem = reveal.error ? problemOf(reveal.error) : undefined
  return (
    <Card id="password" title={t`Password`}>
      <div className="grid gap-3">
        {password === undefined ? (
          <p className="text-sm text-muted">
            <Trans>
              Exoscale stores the password for 24 hours after it was generated. After that,
              you can only reset it.
            </Trans>
          </p>
        ) : (
          <Password text={password} onHide={() => setPassword(undefined)} />
        )}
        {(gone || problem?.status === 404) && (
          <p className="text-sm">{t`The password is no longer stored. Reset it to get a new one.`}</p>
        )}
        {problem && problem.status !== 404 && <ProblemNotice problem={problem} />}
        <SendProblem sending={reset} />
        <div className="flex flex-wrap gap-2">
          <Button
            size="sm"
            pending={reveal.isPending}
            disabledReason={unread}
            onClick={() => reveal.mutate()}
          >
            <Trans>Show password</Trans>
          </Button>
          <Button size="sm" disabledReason={unread ?? screenless} onClick={typeIt}>
            <Trans>Type into console</Trans>
          </Button>
          <Button
            size="sm"
            pending={reset.isPending}
            disabledReason={block ?? (why ? wordsFor(why) : null)}
            onClick={() => reset.mutate()}
          >
            <Trans>Reset password</Trans>
          </Button>
        </div>
      </div>
    </Card>
  )
}
