import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'

import { NAME_MAX } from '#contract/limits.ts'
import type { Problem } from '#contract/problem.ts'
import { VOLUME_MAX_GIB, VOLUME_MIN_GIB } from '#contract/volumes.ts'

import { problemOf } from '../../../api/client.ts'
import { createVolumeCall, sendCall } from '../../../api/mutations.ts'
import { useOnce } from '../../../api/use-once.ts'
import { gibUnit } from '../../../components/format.ts'
import { useEntryWords } from '../../../components/problem-words.ts'
import { SameAs } from '../../../components/SameAs.tsx'
import { SendProblem } from '../../../components/SendProblem.tsx'
import { Button } from '../../../ui/Button.tsx'
import { CancelButton } from '../../../ui/CancelButton.tsx'
import { Card } from '../../../ui/Card.tsx'
import { Field } from '../../../ui/Field.tsx'
import { NumberInput } from '../../../ui/NumberInput.tsx'
import { TextInput } from '../../../ui/TextInput.tsx'

const ordinaryGib = 100

const isSize = (gib: number) => Number.isInteger(gib) && gib >= 1

function SizeField({
  typed,
  problem,
  onChange,
}: {
  typed: number
  problem: Problem | undefined
  onChange: (gib: number) => void
}) {
  const { t } = useLingui()
  const entryWords = useEntryWords()
  // A limit on a size is only documented, so the zone decides
  // (docs/platform.md#block-storage).
  const unusual = isSize(typed) && (typed < VOLUME_MIN_GIB || typed > VOLUME_MAX_GIB)
  const wrongSize = problem?.errors?.find(({ path }) => path === 'size')
  const refusedSize = wrongSize && entryWords(wrongSize)
  return (
    <Field
      label={t({ message: 'Size', context: 'volume' })}
      error={
        isSize(typed)
          ? refusedSize && t`The zone rejected this size: ${refusedSize}`
          : t`Enter a whole number of GiB.`
      }
      hint={
        unusual
          ? t`The documented range is ${VOLUME_MIN_GIB} to ${VOLUME_MAX_GIB} GiB, so the zone may reject this.`
          : t`You can make the volume larger later, but not smaller.`
      }
    >
      <NumberInput
        unit={gibUnit()}
        min={1}
        value={Number.isFinite(typed) ? typed : ''}
        onChange={({ target }) => onChange(target.valueAsNumber)}
      />
    </Field>
  )
}

/** Creates a volume in the zone; once created, it can be attached in a second step. */
export function NewVolume({ zone, onClose }: { zone: string; onClose: () => void }) {
  const { t } = useLingui()
  const [text, setText] = useState('')
  const [typed, setTyped] = useState<number>(ordinaryGib)
  const name = text.trim()
  const call = createVolumeCall(zone, { name, size: typed })
  const create = useOnce({
    send: (key) => sendCall(call, key),
    closes: true,
    onSuccess: onClose,
  })
  const problem = create.error ? problemOf(create.error) : undefined
  const tooLong = name.length > NAME_MAX
  const why = !name
    ? t`Enter a name.`
    : tooLong
      ? t`Use at most ${NAME_MAX} characters.`
      : isSize(typed)
        ? null
        : t`Enter a whole number of GiB.`
  return (
    <Card title={t`New volume`}>
      <form
        aria-label={t`New volume`}
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          if (!why) create.mutate()
        }}
      >
        <div className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_12rem]">
          <Field
            label={t`Name`}
            error={tooLong ? why : null}
            hint={t`A new volume is empty. Format it in the operating system after you attach it.`}
          >
            <TextInput
              // The form has just been opened, and this is its first field.
              ref={focusFirst}
              translate="no"
              value={text}
              onChange={({ target }) => setText(target.value)}
            />
          </Field>
          <SizeField typed={typed} problem={problem} onChange={setTyped} />
        </div>
        <SameAs calls={[call]} />
        <SendProblem sending={create} />
        <div className="flex flex-wrap gap-2">
          <Button
            type="submit"
            variant="primary"
            pending={create.isPending}
            disabledReason={why}
          >
            <Trans>Create volume</Trans>
          </Button>
          <CancelButton pending={create.isPending} onClick={onClose} />
        </div>
      </form>
    </Card>
  )
}

const focusFirst = (input: HTMLInputElement | null) => input?.focus()
