import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'

import { USER_DATA_MAX_BYTES } from '#contract/limits.ts'

import { problemOf } from '../../../api/client.ts'
import { updateInstance } from '../../../api/mutations.ts'
import { formatNumber } from '../../../components/format.ts'
import { ProblemNotice } from '../../../components/ProblemNotice.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { Field } from '../../../ui/Field.tsx'
import { TextArea } from '../../../ui/TextArea.tsx'
import { useBlock } from '../actions.tsx'
import { byteLength, decodeUserData, encodeUserData } from '../user-data.ts'
import { useInstance } from './instance-context.ts'

/** What the machine reads at its first start; later starts read it only if told to. */
export function UserDataCard() {
  const { t } = useLingui()
  const { row, detail } = useInstance()
  const block = useBlock(row)
  const [draft, setDraft] = useState<string>()
  const save = useMutation({
    mutationFn: (text: string) =>
      updateInstance(row, { 'user-data': encodeUserData(text) }),
    onSuccess: () => setDraft(undefined),
  })
  const now = decodeUserData(detail?.['user-data'])
  if (now === undefined)
    return (
      <Card title={t`User-data`}>
        <p className="text-sm text-muted">
          <Trans>What it has is no text, so it can’t be edited here.</Trans>
        </p>
      </Card>
    )
  const text = draft ?? now
  const bytes = byteLength(text)
  const used = formatNumber(bytes)
  const most = formatNumber(USER_DATA_MAX_BYTES)
  const tooLong = bytes > USER_DATA_MAX_BYTES
  return (
    <Card title={t`User-data`}>
      <Field
        label={t`For cloud-init`}
        hint={t`Normally read at the first start only, or after a reinstall.`}
        error={tooLong ? t`Shorten it to ${most} bytes.` : null}
        aside={<span className="tabular-nums">{t`${used} of ${most} bytes`}</span>}
      >
        <TextArea
          mono
          rows={6}
          value={text}
          onChange={({ target }) => setDraft(target.value)}
        />
      </Field>
      {save.error && <ProblemNotice problem={problemOf(save.error)} />}
      {draft !== undefined && draft !== now && (
        <div className="mt-2 flex gap-2">
          <Button
            variant="primary"
            pending={save.isPending}
            disabledReason={tooLong ? t`It is too long.` : block}
            onClick={() => save.mutate(draft)}
          >
            <Trans>Save user-data</Trans>
          </Button>
          <Button onClick={() => setDraft(undefined)}>
            <Trans>Discard</Trans>
          </Button>
        </div>
      )}
    </Card>
  )
}
