/**
 * Types the stored password directly from Exoscale's response. It is never in the page, so it needn't
 * be hidden or removed.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { problemOf } from '../../api/client.ts'
import type { Row } from '../../api/inventory.ts'
import { revealInstancePassword } from '../../api/mutations.ts'
import { templateQuery } from '../../api/queries.ts'
import { useRoleBlock } from '../../components/people/role-block.ts'
import { ProblemNotice } from '../../components/ProblemNotice.tsx'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import type { ToolProps } from '../tool.ts'
import { LayoutSelect } from './LayoutSelect.tsx'
import { normalise, planText } from './plan.ts'
import { isPasswordPrompt } from './prompt.ts'
import { TypingProgress } from './TypingProgress.tsx'
import { useKeyboardLayout } from './use-keyboard-layout.ts'
import { useReading } from './use-reading.ts'
import { useTypist } from './use-typist.ts'

type Trouble = 'none-stored' | 'other-layout' | 'no-prompt'

/** False only if a text screen shows no password prompt; a graphical screen can't be read. */
function usePromptCheck({ connection }: ToolProps) {
  const read = useReading(connection)
  return async () => {
    const reading = await read(isPasswordPrompt)
    return !reading || isPasswordPrompt(reading)
  }
}

function TroubleNote({ trouble }: { trouble: Trouble }) {
  switch (trouble) {
    case 'none-stored':
      return (
        <Banner kind="warning" title={<Trans>No stored password</Trans>}>
          <Trans>
            Exoscale stores a password for 24 hours. Reset it on the instance’s Overview
            tab.
          </Trans>
        </Banner>
      )
    case 'other-layout':
      return (
        <Banner
          kind="warning"
          title={<Trans>This layout can’t type every character</Trans>}
        >
          <Trans>
            Nothing was typed. Choose the keyboard layout that the instance uses.
          </Trans>
        </Banner>
      )
    case 'no-prompt':
      return (
        <Banner kind="warning" title={<Trans>No password prompt found</Trans>}>
          <Trans>
            Without a password prompt, the password may be visible on the screen. Enter the
            username first. To type the password anyway, select the button again.
          </Trans>
        </Banner>
      )
  }
}

export function PasswordPanel(props: ToolProps) {
  const { row } = props
  if (!row) return null
  return <PasswordOf {...props} row={row} />
}

function PasswordOf(props: ToolProps & { row: Row }) {
  const { row, state } = props
  const { t } = useLingui()
  const typing = useTypist(props)
  const keyboard = useKeyboardLayout(props)
  const askedForPassword = usePromptCheck(props)
  const [enter, setEnter] = useState(false)
  const [trouble, setTrouble] = useState<Trouble>()
  const { data: template } = useQuery({
    ...templateQuery(row.zone, row.template?.id ?? ''),
    enabled: Boolean(row.template),
  })
  const type = useMutation({
    // The password is local to this function; only its return value is in the query cache.
    mutationFn: async () => {
      const { method } = keyboard
      if (!method) return undefined
      // Windows has no prompt of this kind on its sign-in screen.
      const unsure = keyboard.guest === 'linux' && trouble !== 'no-prompt'
      if (unsure && !(await askedForPassword())) return 'no-prompt' as const
      const { password } = await revealInstancePassword(row)
      if (password === undefined) return 'none-stored' as const
      const { units, skipped } = planText(normalise(password, enter), method)
      if (skipped.length > 0) return 'other-layout' as const
      await typing.type(units)
      return undefined
    },
    onMutate: () => setTrouble(undefined),
    onSuccess: setTrouble,
  })
  const problem = type.error ? problemOf(type.error) : undefined
  const without = template?.['password-enabled'] === false
  const block = useRoleBlock()('reveal-instance-password')
  const why = without
    ? t`This template doesn’t use passwords. Log in with an SSH key.`
    : state.status !== 'open'
      ? t`The console isn’t connected.`
      : block
  return (
    <div className="grid gap-3 text-sm">
      <p className="text-muted">
        {without ? (
          <Trans>This template doesn’t use passwords. Log in with an SSH key.</Trans>
        ) : (
          <Trans>
            Vedette gets the stored password from Exoscale and types it into the instance.
            The password isn’t shown, copied or saved.
          </Trans>
        )}
      </p>
      <LayoutSelect keyboard={keyboard} />
      <Checkbox
        label={t`Press Enter afterward`}
        checked={enter}
        onChange={({ target }) => setEnter(target.checked)}
      />
      <Button
        variant="primary"
        className="justify-self-start"
        pending={type.isPending}
        disabledReason={why}
        onClick={() => type.mutate()}
      >
        {trouble === 'no-prompt' ? (
          <Trans>Type anyway</Trans>
        ) : (
          <Trans>Type password</Trans>
        )}
      </Button>
      {problem?.status === 404 && <TroubleNote trouble="none-stored" />}
      {problem && problem.status !== 404 && <ProblemNotice problem={problem} />}
      {trouble && <TroubleNote trouble={trouble} />}
      <TypingProgress typing={typing} />
    </div>
  )
}
