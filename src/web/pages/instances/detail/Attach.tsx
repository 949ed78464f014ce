/** Attaches and detaches groups, elastic IPs and networks, in the cards that list them. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useState, type ReactNode } from 'react'

import type { EndpointId } from '#contract/endpoints.ts'
import { refusal } from '#contract/lifecycle.ts'

import { problemOf } from '../../../api/client.ts'
import { attachInstance, detachInstance, type Attachable } from '../../../api/mutations.ts'
import { pressOf } from '../../../api/once.ts'
import { useOnce } from '../../../api/use-once.ts'
import { useProblemWords } from '../../../components/problem-words.ts'
import { useRefusalWords } from '../../../components/refusal-words.ts'
import { SendProblem } from '../../../components/SendProblem.tsx'
import { useSend } from '../../../components/use-send.tsx'
import { goesWithIt, useFocusHeir } from '../../../hooks/use-focus-heir.ts'
import { useBlock } from '../../../instance/actions.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Field } from '../../../ui/Field.tsx'
import { Select } from '../../../ui/Select.tsx'
import { TextInput } from '../../../ui/TextInput.tsx'
import { toast } from '../../../ui/toast.ts'
import { useInstance } from './instance-context.ts'

/** Why nothing can be attached or detached now by an endpoint. */
export function useAttachBlock(endpoint: EndpointId): string | null {
  const { row } = useInstance()
  const block = useBlock(row, endpoint)
  const wordsFor = useRefusalWords()
  const why = refusal('attach', row.state)
  return block ?? (why ? wordsFor(why) : null)
}

type Choice = {
  id: string
  name: string
  /** What the choice means. */
  about?: ReactNode
  /** Whether an IP address in it can be requested. */
  takesAddress?: boolean
}

type Choices = {
  to: Attachable
  /** Undefined if they aren't known. */
  choices: readonly Choice[] | undefined
  /** What is attached is being read, so that it isn't known yet which can be chosen. */
  isReading: boolean
}

/** Why nothing can be attached. The form stays then, because without it the card would be lower. */
function useFormBlock({ to, choices, isReading }: Choices): string | null {
  const { t } = useLingui()
  const refused = useAttachBlock(`attach-instance-to-${to}`)
  const nothing = choices?.length === 0 ? t`Nothing is left to choose.` : null
  return refused ?? (isReading ? t`Loading…` : nothing)
}

/** Chooses one that isn't attached yet, and attaches it. */
export function AttachForm({ to, label, choices, isReading }: Choices & { label: string }) {
  const { t } = useLingui()
  const { row } = useInstance()
  const block = useFormBlock({ to, choices, isReading })
  const [chosen, setChosen] = useState('')
  const [address, setAddress] = useState('')
  const choice = choices?.find(({ id }) => id === chosen)
  const attach = useOnce({
    send: (key, { id, ip }: { id: string; ip: string | undefined }) =>
      attachInstance(row, key, to, id, ip),
    onSuccess: () => {
      setChosen('')
      setAddress('')
    },
  })
  if (!choices && !isReading) return null
  return (
    <form
      className="mt-4 grid gap-2 border-t border-border pt-3"
      onSubmit={(event) => {
        event.preventDefault()
        if (!choice || block) return
        const ip = choice.takesAddress ? address.trim() : undefined
        attach.mutate({ id: choice.id, ip })
      }}
    >
      <div className="flex flex-wrap items-center gap-2">
        <Select
          aria-label={label}
          className="min-w-0 flex-1 basis-40"
          value={chosen}
          onChange={({ target }) => {
            setChosen(target.value)
            attach.reset()
          }}
        >
          <option value="">{label}</option>
          {!isReading &&
            choices?.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
        </Select>
        <Button
          type="submit"
          pending={attach.isPending}
          disabledReason={block ?? (choice ? null : t`Choose an item first.`)}
        >
          {to === 'security-group' ? <Trans>Add</Trans> : <Trans>Attach</Trans>}
        </Button>
      </div>
      {choice?.about && <p className="text-sm text-muted">{choice.about}</p>}
      {choice?.takesAddress && (
        <Field
          label={t`IP address in this network`}
          hint={t`Leave this field empty to assign an IP address automatically.`}
        >
          <TextInput
            translate="no"
            value={address}
            onChange={({ target }) => setAddress(target.value)}
          />
        </Field>
      )}
      <SendProblem sending={attach} />
    </form>
  )
}

/** Detaches at once, and offers to undo that. */
export function DetachButton({
  from,
  id,
  name,
  address,
}: {
  from: Attachable
  id: string
  name: string
  /** The IP address it has there, for an undo. */
  address?: string | undefined
}) {
  const { t } = useLingui()
  const { row } = useInstance()
  // An instance is in a group, and has the others attached.
  const isGroup = from === 'security-group'
  const block = useAttachBlock(`detach-instance-from-${from}`)
  const button = useFocusHeir()
  const wordsOf = useProblemWords()
  const send = useSend()
  const attachAgain = () =>
    send({
      title: name,
      press: pressOf(`attach ${row.key} ${id}`),
      send: (key) => attachInstance(row, key, from, id, address),
    })
  const detach = useOnce({
    send: (key) => detachInstance(row, key, from, id),
    onSuccess: () =>
      toast({
        kind: 'info',
        id: `detached ${id}`,
        title: isGroup ? t`Removing ${name}` : t`Detaching ${name}`,
        action: {
          label: t`Undo`,
          onSelect: attachAgain,
        },
      }),
    onError: (error) =>
      toast({ kind: 'error', title: name, body: wordsOf(problemOf(error)) }),
  })
  return (
    <Button
      ref={button}
      {...goesWithIt}
      size="sm"
      variant="ghost"
      // At the end of its line, also where it is alone on it, and no higher than the text there.
      className="-my-1 ms-auto"
      pending={detach.isPending}
      disabledReason={block}
      aria-label={isGroup ? t`Remove ${name}` : t`Detach ${name}`}
      // Where it was sent before, a second press is on purpose.
      onClick={() => (detach.sendAgain ?? detach.mutate)()}
    >
      {isGroup ? <Trans>Remove</Trans> : <Trans>Detach</Trans>}
    </Button>
  )
}
